"""FEATURES: the one list of everything that is compared in a pair.

It drives the extraction, the model's trends, the table of docs/features.md, the report, the reasons, the property
tests and the schema check of a stored model. To add a feature, add a line.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from papertwin.data.arrays import Floats, Mask, Vectors
from papertwin.features import measures as m
from papertwin.features import set_measures as s
from papertwin.features.measures import Measure


class Trend(IntEnum):
    """How the probability may move when the feature grows; scikit-learn's own coding of monotone constraints."""

    FALLS = -1
    FREE = 0
    RISES = 1


FALLS, FREE, RISES = Trend.FALLS, Trend.FREE, Trend.RISES

GROUPS = ("title", "authors", "date", "identifiers", "abstract", "venue", "kind")


@dataclass(frozen=True, slots=True)
class Feature:
    """One column of the similarity vector: a measure of one or more fields of both records.

    NaN where a field is missing on either side; with `measure=None` the feature says on how many sides (0, 1, 2) the
    field is missing. `low` and `high` bound the values.
    """

    name: str
    group: str
    fields: tuple[str, ...]
    measure: Measure | None
    meaning: str
    trend: Trend = RISES
    low: float = 0.0
    high: float = 1.0
    # Fields that must not differ: two titles in two languages cannot be compared, nor a group with persons, which is not
    # the same as unlike.
    within: tuple[str, ...] = ()
    # The value from which on, the way the probability falls, two records contradict each other, so that a merge needs
    # more than the usual evidence.
    conflict: float | None = None
    # The value from which on what names a work agrees, so that it does without a title.
    naming: float | None = None

    def contradicts(self, values: Floats | Vectors) -> Mask:
        """Where two records contradict each other in this feature; nowhere if that says too little."""
        if self.conflict is None:
            return np.zeros(len(values), dtype=bool)
        found: Mask = values >= self.conflict if self.trend is Trend.FALLS else values <= self.conflict
        return found


def _missing(name: str, group: str, of: str, meaning: str) -> Feature:
    return Feature(name, group, (of,), None, meaning, FREE, 0, 2)


INF = float("inf")
TITLE, ABSTRACT = ("title_script", "title_language"), ("abstract_language",)
AUTHORS = ("group_authors",)  # a group and its members have no name in common

_EACH_ITS_OWN = 0.51  # of set_conflict: at most a half is what only one of them has

FEATURES: tuple[Feature, ...] = (
    # title
    Feature("title_ratio", "title", ("folded_title",), m.ratio, "how much of the titles is the same, letter by letter", within=TITLE),
    Feature("title_words_ratio", "title", ("sorted_title",), m.ratio, "the same with the words in any order", within=TITLE),
    Feature("title_compact_ratio", "title", ("compact_title",), m.ratio, "the same without spaces and hyphens", within=TITLE),
    Feature("title_jaro_winkler", "title", ("folded_title",), m.jaro_winkler, "the titles, their beginnings counting most", within=TITLE),
    Feature("title_word_overlap", "title", ("title_words",), s.jaccard, "share of all title words that both have", within=TITLE),
    Feature("title_containment", "title", ("title_words",), s.containment, "share of the shorter title's words in the other", within=TITLE),
    Feature("title_rare_overlap", "title", ("title_words",), s.rare_jaccard, "shared title words, rare words counting more", within=TITLE),
    Feature("title_words_exchanged", "title", ("title_words",), s.lesser_surplus, "rare words that stand on one side for others on the other", FALLS, 0, INF, within=TITLE),
    Feature("title_words_added", "title", ("title_words",), s.greater_surplus, "rare words that only one title has", FALLS, 0, INF, within=TITLE),
    Feature("title_rest_ratio", "title", ("folded_title",), m.rest_ratio, "the words that only one title has, letter by letter", within=TITLE),
    Feature("title_prefix", "title", ("folded_title",), m.prefix, "how far the titles begin alike", within=TITLE),
    Feature("title_suffix", "title", ("folded_title",), m.suffix, "how far the titles end alike", within=TITLE),
    Feature("title_main_ratio", "title", ("main_title",), m.ratio, "the titles before their colon or dash", within=TITLE),
    Feature("title_subtitle_ratio", "title", ("subtitle",), m.ratio, "the subtitles, where both have one", within=TITLE),
    Feature("title_main_or_whole", "title", ("main_title", "folded_title"), m.best_ratio, "one title against the other's main title", within=TITLE),
    Feature("title_information", "title", ("title_words", "title_heading"), s.information, "how telling the less telling title is", FREE, 0, INF),
    Feature("title_length", "title", ("title_length",), m.smaller, "words in the shorter title", FREE, 0, INF),
    Feature("title_languages_agree", "title", ("title_language",), m.same, "both titles are in one language, where that is clear", FREE),
    _missing("titles_missing", "title", "folded_title", "sides without a title"),
    # authors
    Feature("author_surnames", "authors", ("surnames",), s.jaccard, "share of all surnames that both have", within=AUTHORS),
    Feature("author_containment", "authors", ("surnames",), s.containment, "share of the shorter list's surnames in the other", within=AUTHORS),
    Feature("author_token_overlap", "authors", ("author_words",), s.containment, "share of the words of the shorter list of names in the other", within=AUTHORS),
    Feature("author_token_jaccard", "authors", ("author_words",), s.jaccard, "share of all words of the names that both have", within=AUTHORS),
    Feature("author_ratio", "authors", ("sorted_names",), m.ratio, "the names letter by letter, in any order", within=AUTHORS),
    Feature("author_sequence", "authors", ("name_sequence",), m.ratio, "the surnames in their order", within=AUTHORS),
    Feature("author_initials_differ", "authors", ("names", "initialled"), s.disagreeing, "shared surnames with another initial", FALLS, within=AUTHORS),
    Feature("author_first", "authors", ("first_author",), m.jaro_winkler, "the first authors' surnames", within=AUTHORS),
    Feature("author_first_listed", "authors", ("first_author_word", "surnames"), s.first_in_list, "first authors who are in the other list", within=AUTHORS),
    Feature("author_last", "authors", ("last_author",), m.same, "the same last author", within=AUTHORS),
    Feature("author_shared_information", "authors", ("surnames",), s.shared_information, "how rare the shared surnames are", RISES, 0, INF, within=AUTHORS),
    Feature("author_count", "authors", ("author_count",), m.smaller, "authors in the shorter list", FREE, 0, INF, within=AUTHORS),
    Feature("author_count_share", "authors", ("author_count",), m.smaller_share, "length of the shorter list beside the longer", FREE, within=AUTHORS),
    _missing("authors_missing", "authors", "surnames", "sides without authors"),
    # date
    Feature("year_gap", "date", ("year",), m.gap(10), "years apart", FALLS, 0, 10),
    Feature("day_gap", "date", ("day",), m.log_gap, "days apart (log2), where both give a day", FALLS, 0, INF),
    _missing("years_missing", "date", "year", "sides without a year"),
    Feature("preprint_years", "date", ("preprint", "year"), m.lead(10), "years from the preprint to the publication", FREE, -10, 10),
    Feature("preprint_days", "date", ("preprint", "day"), m.lead(4000), "days from the preprint to the publication", FREE, -4000, 4000),
    # identifiers
    Feature("doi_same", "identifiers", ("work_doi",), m.same, "the same DOI, versions aside", within=("second_registrant",), conflict=0, naming=1),
    Feature("doi_registrant_same", "identifiers", ("registrant",), m.same, "DOIs of the same publisher", FREE, within=("second_registrant",)),
    _missing("dois_missing", "identifiers", "work_doi", "sides without a DOI"),
    Feature("preprint_id_same", "identifiers", ("preprint_id",), m.same, "the same arXiv id or preprint DOI, versions aside", conflict=0, naming=1),
    _missing("preprint_ids_missing", "identifiers", "preprint_id", "sides without an arXiv id or preprint DOI"),
    Feature("pubmed_same", "identifiers", ("pubmed",), m.same, "the same PubMed number", conflict=0, naming=1),
    Feature("pmc_same", "identifiers", ("pmc",), m.same, "the same PubMed Central number", conflict=0, naming=1),
    Feature("review_update_same", "identifiers", ("review_update",), m.same, "the same update of a Cochrane review", naming=1),
    Feature("registration_same", "identifiers", ("registration_set",), s.any_shared, "a trial registration in common", conflict=0, naming=1),
    Feature("registry_same", "identifiers", ("entry_numbers",), s.any_shared, "a registration in common of two entries of trial registries", conflict=0, naming=1),
    Feature("listing_shared", "identifiers", ("listings", "address_count"), s.listed_together, "an address, a catalogue's number or an ISBN in common", naming=1),
    # abstract
    Feature("abstract_word_overlap", "abstract", ("abstract_words",), s.jaccard, "share of all words of the abstracts that both have", within=ABSTRACT, naming=0.8),
    Feature("abstract_containment", "abstract", ("abstract_words",), s.containment, "share of the shorter abstract's words in the other", within=ABSTRACT),
    Feature("abstract_rare_overlap", "abstract", ("abstract_words",), s.rare_jaccard, "shared words of the abstracts, rare ones counting more", within=ABSTRACT),
    Feature("abstract_beginning", "abstract", ("abstract_head",), m.ratio, "the first 250 letters of the abstracts", within=ABSTRACT),
    Feature("abstract_numbers", "abstract", ("abstract_numbers",), s.containment, "numbers in the abstracts that both have"),
    Feature("abstract_length_share", "abstract", ("abstract_length",), m.smaller_share, "length of the shorter abstract beside the longer", FREE),
    Feature("abstract_length", "abstract", ("abstract_length",), m.smaller, "letters in the shorter abstract", FREE, 0, INF),
    _missing("abstracts_missing", "abstract", "abstract_words", "sides without an abstract"),
    # venue
    Feature("venue_ratio", "venue", ("venue",), m.ratio, "the journals' names, letter by letter"),
    Feature("venue_stems", "venue", ("venue_stems",), s.containment, "words of the journals' names that begin alike"),
    Feature("venue_initials", "venue", ("venue_initials",), m.ratio, "the initials of the journals' names"),
    _missing("venues_missing", "venue", "venue", "sides without a journal"),
    Feature("volume_same", "venue", ("volume_number",), m.same, "the same volume"),
    Feature("issue_same", "venue", ("issue_number",), m.same, "the same issue"),
    Feature("first_page_same", "venue", ("first_page",), m.same, "the same first page"),
    Feature("last_page_same", "venue", ("last_page",), m.same, "the same last page"),
    Feature("places_agreeing", "venue", ("places",), s.shared, "how many of volume, issue, first and last page agree", RISES, 0, 4),
    Feature("places_differing", "venue", ("places", "place_kinds"), s.differing, "how many of them differ", FALLS, 0, 4),
    Feature("page_distance", "venue", ("page_start",), m.gap(1000), "pages between the first pages", FALLS, 0, 1000),
    Feature("page_count_share", "venue", ("page_count",), m.smaller_share, "length of the shorter beside the longer, in pages"),
    _missing("volumes_missing", "venue", "volume_number", "sides without a volume"),
    _missing("pages_missing", "venue", "first_page", "sides without pages"),
    Feature("proceedings", "venue", ("proceedings",), m.total, "sides that are conference papers", FREE, 0, 2),
    Feature("supplements", "venue", ("supplement",), m.total, "sides in a supplement", FREE, 0, 2),
    # kind
    Feature("part_conflict", "kind", ("title_parts",), m.part_conflict, "part or report numbers that differ", FALLS, conflict=1),
    Feature("year_in_title_conflict", "kind", ("title_years",), m.conflict, "years in the titles that differ", FALLS, conflict=1),
    Feature("number_conflict", "kind", ("title_number_words",), s.set_conflict, "numbers, months and contraries, such as male and female, that only one title has", FALLS, within=TITLE, conflict=_EACH_ITS_OWN),
    Feature("things_apart", "kind", ("title_things",), s.things_apart, "kinds of things, such as countries or crops, of which each title names one that the other does not", FALLS, 0, INF, within=TITLE, conflict=1),
    Feature("notice_conflict", "kind", ("title_notice",), m.conflict, "one is an erratum, reply, review or the like", FALLS),
    Feature("notices", "kind", ("title_notice",), m.said_by, "sides that are a notice", FREE, 0, 2),
    Feature("headings", "kind", ("title_heading",), m.total, "sides titled with a mere heading", FREE, 0, 2),
    Feature("periodicals", "kind", ("title_periodical",), m.total, "sides that are one of a series of reports, such as a quarterly one", FREE, 0, 2),
    Feature("republications", "kind", ("title_republished",), m.total, "sides that say they are a reprint or a translation", FREE, 0, 2),
    Feature("data_deposits_apart", "kind", ("data_deposit",), m.gap(2), "only one lies in an archive of data (2), or in figshare (1)", FALLS, 0, 2),
    Feature("book_parts", "kind", ("book_part",), m.total, "sides whose DOI is that of a part of a book", FREE, 0, 2),
    Feature("book_beside_article", "kind", ("book",), m.gap(1), "one is a book, the other stands in a book or a journal", FALLS, 0, 1),
    Feature("theses", "kind", ("thesis",), m.total, "sides that say they are a thesis", FREE, 0, 2),
    Feature("preprints", "kind", ("preprint",), m.total, "sides that are preprints", FREE, 0, 2),
    Feature("registry_entries", "kind", ("registry_entry",), m.total, "sides that are a registry's entry of a trial", FREE, 0, 2),
    Feature("sources_same", "kind", ("origin",), m.same, "both from the same source", FREE),
)

PLACE = {feature.name: place for place, feature in enumerate(FEATURES)}  # its column in a similarity vector
# What names a work only together: of one of these lists, one of the features in each place must be 1.
_JOURNAL = ("venue_stems", "venue_initials")
NAMING_TOGETHER = (
    (_JOURNAL, ("volume_same",), ("first_page_same",)),
    (_JOURNAL, ("volume_same",), ("issue_same",), ("author_surnames",)),
)
# The fields that any feature reads: what must be kept of a prepared record.
COMPARED = frozenset(name for feature in FEATURES for name in (*feature.fields, *feature.within))
