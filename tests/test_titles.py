"""What a title says beside its words: parts, years, notices, marks, headings, subtitles."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from papertwin.data.fields import prepare
from papertwin.data.values import covid, numbering, titles
from papertwin.data.values.notices import notice
from papertwin.data.values.text import fold


@pytest.mark.parametrize(
    "title",
    [
        "Roots of maize. Part II", "Roots of maize: part 2", "Roots of maize (part two)", "Roots of maize, Pt. II",
        "Roots of maize II",
        "Roots of maize. II. Depth", "Roots of maize, second edition", "2nd edition of Roots of maize",
        "Roots of maize, Vol. 2", "Roots of maize, v. 2", "Roots of maize. V.2", "Roots of maize - 2",
        "Roots of maize, report no. 2", "Additional file 2 of Roots of maize", "Roots of maize (2)",
        "Part Ⅱ: roots of maize", "Roots of maize （Ⅱ）", "Part 02", "Part ٢", "Part २",
    ],
)  # fmt: skip
def test_part_two_however_it_is_written(title):
    """Arabic, roman, in words, as an ordinal, in another script's signs: one number."""
    assert numbering.parts(title) == "2"


@pytest.mark.parametrize(
    "title",
    [
        "Part of the whole",
        "Type I diabetes in maize",
        "On vitamin C",
        "Interleukin-2",
        "Trends after COVID-19",
        "Paper presented at a meeting",
        "I am a strange loop",
        "A section through soil",
        "1. Introduction",
        "Moore im 19. Jahrhundert",
        "Rašeliniště v 19. století: Šumava",
    ],
)
def test_what_is_no_part(title):
    """The word without a number, a number that names a thing, the pronoun, a century."""
    assert numbering.parts(title) == ""


def test_parts_with_letters_and_parts_of_parts():
    """Part IIa is not part II, nor IIb; a volume's part keeps both numbers in order."""
    assert numbering.parts("Roots, part IIa") == numbering.parts("Roots, part 2a") == "2a"
    assert numbering.parts("Roots, Part II") != numbering.parts("Roots, Part IIb") != numbering.parts("Roots, Part IIa")
    assert numbering.parts("Volume I, part 2") == "1 2"


@given(st.integers(1, 20))
def test_every_roman_numeral_is_its_number(number):
    """From I to XX, in either case."""
    numeral = next(numeral for numeral, value in numbering.ROMAN.items() if value == number)
    assert numbering.parts(f"Roots, part {numeral.upper()}") == numbering.parts(f"Roots, part {numeral}") == str(number)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Report 1998", "1998"),
        ("1999-1998", "1998 1999"),
        ("20190", ""),
        ("In 2100", ""),
        ("1799", ""),
        ("", ""),
        ("Harvest, 2019/20", "2019 2020"),
        ("Harvest, 1999-00", "1999 2000"),
        ("Sonnets 1590/91 and 1815-19", "1815"),
        ("In 2013 14 patients", "2013"),
    ],
)
def test_years_in_titles(title, years):
    """Sorted, from 1800 to 2099, not inside longer numbers; of a span such as 2019/20 both."""
    assert numbering.years(title) == years


def test_numbers_and_months_of_a_folded_title():
    """Numerals of one letter are too often words; "may" is too often a verb."""
    assert numbering.numbers("report xii of march may 2001 on 14c") == "12 14c 2001 march"
    assert numbering.numbers("i v x") == ""
    assert numbering.numbers("harvest of 14 farms 1") == numbering.numbers("harvest of 14 farms") == "14"
    assert numbering.numbers("harvest 1 of 14 farms", "1") == "14"
    assert numbering.numbers("harvest 2019 20 of 14 farms") == numbering.numbers("harvest 2019 2020 of 14 farms")


NOTICES = {
    "erratum": ["Erratum", "Erratum: roots", "Erratum to: roots", "Corrigendum to “Roots”", "Correction: roots",
    "Correction to: Roots", "Author Correction: roots", "Publisher's note: roots", "Addendum to roots",
    "Roots (vol 44, pg 702, 2014)", "Roots (vol 9, e1234, 2019).",
    "Berichtigung zu: Roots", "Korrektur: Roots", "Rectificatif à « Roots »", "Corrección: roots",
    "Fe de erratas: Roots", "訂正:三陸沿岸の津波", "[정정] 뿌리", "更正：根系研究", "勘误", "正誤表", "Поправка: корни",
    "Исправление к статье «Корни»", "Sprostowanie: roots", "Rättelse: roots", "Düzeltme: roots",
    "Roots (Erratum)", "Roots: Correction", "Roots: an erratum", "Errata", "Amendment"],
    "retraction": ["Retraction", "Retraction: roots", "Retraction notice to “Roots”", "Notice of retraction: roots",
    "Retraction of: Roots", "Roots [retraction]", "Retraction for Weiss et al., Roots", "Removal notice to “Roots”",
    "Withdrawal notice: roots", "Notice of withdrawal: roots"],
    "concern": ["Expression of concern: roots", "Editorial expression of concern"],
    "reply": ["Reply", "Reply: roots", "Reply to comments on roots", "Author's reply", "Authors’ reply: roots",
    "The authors respond", "Author response: roots", "Response to letter: roots", "Response to the editor",
    "Response: roots", "A response to Dr Berg", "In reply", "Rejoinder: roots", "Roots: reply",
    "Roots: Author's reply", "Roots - response", "Closure to “Roots” by A. Berg", "In response to: Roots",
    "Response by Weiss and Tanaka to letter regarding article, “Roots”", "Weiss and Tanaka reply:", "Berg et al. reply",
    "Roots—Reply", "Roots: reply.", "Réplica: roots", "AC2: 'Reply on RC1', Weiss"],
    "comment": ["Comment on roots", "Comments on “Roots”", "Comment: roots", "Comment", "Commentary",
    "Commentary on roots", "Re: Roots", "Letter to the editor: roots", "Discussion of “Roots”", "Discussion: roots",
    "Roots: comment", "Roots: A Comment", "Interactive comment on roots", "Review for \"Roots\"",
    "Decision letter for \"Roots\"", "Decision letter: Roots", "Peer Review #2 of \"Roots (v0.1)\"",
    "eLife assessment: Roots", "Reviewer #1 (Public Review): Roots", "Faculty Opinions recommendation of Roots.",
    "RC1: 'Comment on egusphere-2022-1', Anonymous Referee #1", "Letter by Novak et al regarding article, “Roots”",
    "Re. Roots", "Concerning: roots", "To the Editor: roots", "Journal club: roots", "Kommentar zu: Roots",
    "Leserbrief: roots", "Carta al editor",
    "Roots: a systematic review (Structured abstract)", "Roots (provisional abstract)"],
    "review": ["Book review: roots", "Book Reviews", "Review of “Roots”", "Review: roots", "Reviewed work: roots",
    "Roots [book review]", "Roots (Rezension)", "Roots [Compte-rendu]", "Roots (reseña)", "Roots (recensione)",
    "Рецензия на книгу: Корни", "Recenzja: roots", "书评:根", "[서평] 뿌리",
    "Roots. By A. Berg. London: Fox Press, 2000. Pp. x, 382. $39.95.", "Roots, Fox Press, 1999, 245 pp., £20",
    "Roots. Fox Press, 2000. Pp. 382. 39.95",
    "Rezension von Roots", "Compte rendu de Roots", "Reseña: roots"],
    "companion": ["Student solutions manual for Roots", "Roots: student solutions manual", "Roots. Solutions manual.",
    "Solution Manual: Roots", "Study guide to Roots", "Roots (Instructor's manual)", "Test bank for Roots",
    "Workbook for Roots", "Roots – Workbook", "Roots. Teachers’ guide", "Roots: study guide",
    "Teacher's guide to Roots"],
    "protocol": ["Roots (Protocol)", "Roots [study protocol]."],
    "supplement": ["Additional file 1 of roots", "Supplementary material for roots", "Supporting information",
    "Data from: roots", "Replication data for: roots", "Dataset for roots", "Code and data for: roots",
    "Data and code for: Roots",
    "Supplementary materials for roots", "Electronic supplementary material for roots", "MOESM2 of Roots",
    "Table_1_Roots of maize.docx", "Data_Sheet_12_Roots of maize.pdf", "DataSheet_1_Roots.zip",
    "Front Cover: Roots (X 2/2015)", "Inside Back Cover: Roots", "Cover Feature: Roots", "Titelbild: Roots",
    "Frontispiece: Roots", "Graphical Abstract: Roots", "Table 2: Roots", "Figure 1: roots", "Podcast: Roots",
    "Plain Language Summary: roots", "Summaries for Patients: roots", "Roots: executive summary"],
}  # fmt: skip


@pytest.mark.parametrize(("kind", "title"), [(kind, title) for kind, found in NOTICES.items() for title in found])
def test_notices_at_the_start_and_at_the_end(kind, title):
    """In any case, with and without quotes."""
    assert notice(title) == kind
    assert notice(title.upper()) == kind


@pytest.mark.parametrize(
    "title",
    [
        "Study guides in law", "A study guide", "The nurse's manual", "Roots: a guide", "Peat-cutter's manual",
        "Response of maize to drought", "Response to drought in maize", "A response surface method",
        "In response to rain", "Our response",
        "A model of the dose-response", "Modelling the dose–response", "Response-time analysis",
        "Discussion-based teaching", "Review-based recommendation",
        "Comments in source code", "Commenting on code", "Correction of scoliosis",
        "Corrections of vision in children", "Correction for multiple testing",
        "Error-correction", "Self-correction", "Retraction of the lower eyelid", "Review of maize roots",
        "A review of maize", "Amendment of poor soils",
        "Letters from Paris", "Re-use of water", "Discussion groups in class",
        "Discussion of the results of three harvests", "Data for science", "Réponse à la sécheresse",
        "Decision letters in trade", "Table 2 in the standards", "How roots reply", "Cover crops: a review of use",
        "Reviewer fatigue", "Concerning roots", "Retraction for cause", "Editorial: roots in soil",
        "Peer review in trade",
        "Peer review of the pesticide risk assessment of thiram",
        "Korrektur der Skoliose", "Review for nurses", "Figure skating: a history", "Code and data privacy in farming",
        "Collected sonnets (vol. 2, 1985)", "Data and code in farming", "Replying to mail",
        "Table tennis and roots", "Data sheets for farmers", "Image 1 of Rome", "Code and law",
        "Supplementary feeding of calves", "Correctional facilities", "The reply", "RETRACTED: Roots of maize",
        "訂正版国語辞典", "更正教育の研究", "Поправки к оценке урожая", "Oprava mostů v Praze", "书评的历史",
        "RC4: a cipher", "EC2: a cloud", "AC3: consistent arcs",
        "Roots (a protocol)", "Roots: study protocol", "The Kyoto protocol", "Jets in pp collisions at 13.60 TeV",
        "The price of peat: $3 in 1900", "The kitchen—a reply machine",
    ],
)  # fmt: skip
def test_ordinary_words_are_no_notices(title):
    """A notice's word begins or ends each and means something else; RETRACTED is a mark on the article itself."""
    assert notice(title) == ""


ROOTS = "Roots of maize"


@pytest.mark.parametrize(
    "title",
    [
        "RETRACTED: Roots of maize", "Retracted Article: Roots of maize", "WITHDRAWN: Roots of maize",
        "Withdrawn - Roots of maize", "Roots of maize (retracted)",
        "Roots of maize RETRACTED ARTICLE", "Roots of maize [Erratum appears in Soil 2001]",
        "Roots of maize. [see comment]", "Roots of maize [letter]",
        "Roots of maize [Article in French]", "Roots of maize (in German)", "[Roots of maize]", "[Roots of maize].",
        "[Roots of maize] [Article in Polish]",
        "Roots of maize (author's transl)", "Roots of maize [version 1; peer review: 2 approved]",
        "Roots of maize (v2)", "Preprint: Roots of maize",
        "Draft: Roots of maize", "Reprint of: Roots of maize", "Article in press: Roots of maize",
        "Temporary removal: RETRACTED: Roots of maize",
        "[Roots of maize] TO: Raíces de maíz",
        "Roots of maize (in: Handbook of Soils)", "Roots of maize. In: Handbook of Soils",
        "Roots of maize (reprinted from Soil, vol. 3, 1948)",
        "Roots of maize (vol 44, pg 702, 2014)", "Roots of maize (Soil Science (2014) 44:8 (702-710))",
        "Roots of maize [Soil Sci. 321 (2006) 1–2]", "Roots of maize (Soil (2020) 3 (12) DOI: 10.1234/soil)",
        "Roots of maize. [Review] [33 refs]", "Roots of maize (Structured abstract)",
        "Roots of maize [12 refs, German]",
        "[BOOK] Roots of maize", "[PDF][B] Roots of maize", "Roots of maize [Texte imprimé]",
        "Roots of maize / by A. Berg ; with maps", "Roots of maize / Anna Berg", "Roots of maize / Л. Н. Берг",
        "Roots of maize / Émile Berg", "Roots of maize / I\ufe20U\ufe21. E. Berg", "Roots of maize | Soil Science",
        "Roots of maize - PubMed", "Original article: Roots of maize", "Case report - Roots of maize",
        "arXiv:1305.2897v2 [math.CO] 14 May 2013 Roots of maize", "arXiv:math/0309136 Roots of maize",
        "Roots of maize [Reprint]", "Roots of maize (translated from the French, Sols 3)",
        "Roots of maize. Soil Science 8: 33-41 (2000)", "Roots of maize. Soil Sci. 2000;8(1):33-41.",
        "Roots of maize, Soil Science, vol. 8, no. 1, pp. 33-41, 2000",
        "M F ] 1 8 M ar 2 01 9 Roots of maize", "ST ] 1 7 May 2 01 9 Roots of maize", "Fe b 20 20 Roots of maize",
        "0 Ju l 2 00 1 Roots of maize", "3 Oct 2 01 9 Roots of maize", "[eBook] Roots of maize",
    ],
)  # fmt: skip
def test_marks_are_stripped(title):
    """What systems add to the title of one article: its state, its language, notes on it, several at a time."""
    assert titles.strip_marks(title).strip(" .") == ROOTS


def test_the_mark_of_a_footnote_is_no_part_of_a_title():
    """It is glued to the last word, which begins with a capital; small letters with a number may be a gene."""
    assert titles.strip_marks("The Roots of Maize: A Field Study1") == "The Roots of Maize: A Field Study"
    assert titles.strip_marks("Does Maize Pay?1, 2") == "Does Maize Pay?"
    assert titles.strip_marks("Roots of maize and the role of notch1") == "Roots of maize and the role of notch1"


@pytest.mark.parametrize(
    "title",
    [
        ROOTS,
        "[Maize] and [wheat]",
        "Draft-tube reactors",
        "Preprints in agronomy",
        "RETRACTED",
        "[]",
        "Growth of maize [seedlings]",
        "The French",
        "Removed-leaf experiments",
        "Roots of maize. TO: a memory",
        "Lost in (translation)",
        "Men and women / sex and power",
        "Client / Server Computing",
        "Estimating P(Y | X) from data",
        "Case reports in agronomy",
        "Maize [a book of roots]",
        "Collected sonnets (vol. 2, 1985)",
        "Maize in Kenya (2003)",
        "Maize [a crop of 1900 (2003)]",
        "Maize as it grows (in silico)",
        "A critical edition",
        "The first American edition",
        "Tadalafil in phase 2 ED",
        "Third edition",
        "Maize in Kenya, 1919-1939",
        "Diaries of a farmer. Volume 5, 1936-1941",
        "Yields. Report 8, 12-24",
        "Letters of a peat cutter, Volume 3, 1936-1941 (2001)",
        "A commentary on the New Testament. Romans 9:30-33 (2003)",
        "History of the moors. War Years 5: 1936-1941 (2001)",
        "Treaty of peace, Article 12(3): 1-5",
        "Vol. 3, Debates 12, 1-20 (1999)",
        "Soil in the U.S. Forest Service 12: 1-30 (1950)",
        "Heat of water, ice at 25 C, 1-60",
        "May 2019 in Kenya",
        "Signals of BRCA1",
        "Loss of Smad1",
        "Treaty of peace, part 1",
        "3 March 2014, a day in the field",
    ],
)
def test_what_belongs_to_the_title_stays(title):
    """Brackets in chemistry, words that begin like a mark, and a title that is nothing but one."""
    assert titles.strip_marks(title) == title


@pytest.mark.parametrize(
    "title",
    [
        "Journal of Soil, Vol. 3",
        "R E S E A R C H",
        "Research article",
        "Untitled",
        "No title available",
        "[Not Available].",
        "http://example.org/a",
        "doi:10.1000/abc",
        "Page 3",
        "Volume 3",
        "Copyright 1998",
        "Copyright (c) by the publisher",
        "All rights reserved",
        "Microsoft Word - roots.doc",
        "ISSN 1234-5678",
    ],
)
def test_page_furniture_is_no_title(title):
    """Running heads, licence lines and placeholders took the title's place."""
    assert titles.is_furniture(title)


@pytest.mark.parametrize(
    "title",
    [
        ROOTS,
        "Journal of Soil",
        "Journal of Soil: a history",
        "Research articles in agronomy",
        "Untitled poems",
        "Not available in stores",
        "Copyright law in Europe",
        "Copyrights and wrongs",
        "Volume 3 of the roots",
        "Page 3 and after",
    ],
)
def test_titles_that_begin_like_furniture(title):
    """They are about it."""
    assert not titles.is_furniture(title)


@pytest.mark.parametrize(
    "title",
    [
        "Editorial",
        "Title page iii",
        "Message from the General Chairs",
        "What is your diagnosis?",
        "Nécrologie",
        "От редакции",
        "編集後記",
        "EDITORIAL.",
        "Editorial: roots",
        "Editorial 3",
        "Remarks from the Soil Quarterly editor",
        "A word from our president",
        "2019 editorial",
        "Preface",
        "In this issue",
        "Letters to the Editor",
        "Book Reviews",
        "Editor's Comments",
        "Roots of maize: Editorial",
        "President's message",
        "Vorwort",
        "Comptes rendus",
        "卷首语",
        "권두언",
        "От редколлегии",
        "Önsöz",
        "Paakirjoitus",
        "Carta do editor",
        "Panel 2019",
        "Perspectives",
        "From the Editor’s Desk",
        "Treasurer's Message",
        "Secretary’s report 1998",
        "Editor-in-Chief's note",
        "Guest Editors' Introduction",
    ],
)
def test_headings_are_known(title):
    """Thousands of works share them, with a year, a number or a roman page, too."""
    assert heading(title)


@pytest.mark.parametrize(
    "title",
    [
        ROOTS,
        "",
        "2019",
        "Editorial policies of journals",
        "Letter from the Birmingham jail",
        "Notes from the editor's grave in Rome",
        "Introduction to maize",
        "Roots of maize: an introduction",
        "Roots of maize: are we ready? (panel)",
        "Roots of maize: program",
        "Editors' choice of reviewers",
        "Directors and stocks",
    ],
)
def test_titles_that_hold_a_headings_word(title):
    """A heading stands alone."""
    assert not heading(title)


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Moorstudien. Zweite Mitteilung", "2"),
        ("Moor, zweiter Teil", "2"),
        ("La tourbe, deuxième partie", "2"),
        ("La turba. Segunda parte", "2"),
        ("Торф. Часть вторая", "2"),
        ("La turba. Tomo segundo", "2"),
        ("La torba. Libro terzo", "3"),
        ("Der Torf. Zweiter Band", "2"),
        ("El libro segundo de la turba", "2"),
        ("El libro blanco", ""),
        ("泥炭の研究 第2報", "2"),
        ("泥炭の研究 その二", "2"),
        ("泥炭の研究（下）", "2"),
        ("泥炭の研究（中）", "中"),
        ("泥炭の研究 上", "1"),
        ("泥炭の研究　下巻", "2"),
        ("泥炭の研究 中", "中"),
        ("泥炭の上", ""),
        ("P124 Peat", "p124"),
        ("SAT0123: Peat", "sat0123"),
        ("Abstract 3456: Peat", "3456"),
        ("1234P Peat", "1234"),
        ("P53 mutations in peat", ""),
        ("Peat. Restoration Ecology 8: 33-41", ""),
    ],
)
def test_instalments_in_other_languages_and_abstracts_of_meetings_are_parts(title, part):
    """A gene's name is none, nor the volume of a journal that was cited behind the title."""
    assert numbering.parts(title) == part
    assert prepare([{"title": title}]).columns["title_parts"].tolist() == [part]


@pytest.mark.parametrize(
    "title",
    [
        "Roots, part two", "Roots, part iib", "Roots, part b", "Roots vol.3 of many", "Roots, no. 4 of many",
        "Roots, second edition", "Roots, 2nd revised edition", "Third quarterly of roots", "Roots, new edition",
        "Roots, Asia Pacific edition", "Roots, teacher's edition", "Roots, l'edition 2", "Racines, deuxième partie",
    ],
)  # fmt: skip
def test_a_part_is_found_whatever_stands_beside_its_word(title):
    """Titles are only searched where something that may be a number stands beside a word such as part."""
    assert prepare([{"title": title}]).columns["title_parts"].tolist() == [numbering.parts(title)] != [""]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Eighteenth-century peat", "18th century peat"),
        ("La tourbe au XVIIIe siècle", "La tourbe au 18e siècle"),
        ("La turba en el siglo XVIII", "La turba en el siglo 18"),
        ("Torf im 18. Jahrhundert", "Torf im achtzehnten Jahrhundert"),
        ("Peat in the nineteenth and twentieth centuries", "Peat in the 19th and 20th centuries"),
        ("Peat in the twenty-first century", "Peat in the 21st century"),
        ("Twenty-five years of peat", "25 years of peat"),
        ("The thirty years' peat", "The 30 Years Peat"),
        ("Peat: ninety-nine bogs", "Peat: 99 bogs"),
        ("The third and the eleventh bog", "The 3rd and the 11th bog"),
        ("The thirteenth, the thirtieth and the twenty-fifth bog", "The 13th, the 30th and the 25th bog"),
        ("One-year and sixteen-month changes of peat", "1-year and 16-month changes of peat"),
        ("Three hundred sixty days of peat, a hundred bogs", "360 days of peat, 100 bogs"),
        ("The hundred and one bogs", "The 101 bogs"),
        ("A threefold growth of peat", "A 3-fold growth of peat"),
        ("Soils of type one and peat", "Soils of type I and peat"),
        ("Peat bogs of phase II", "Peat bogs of phase 2"),
        ("Type I peat", "Type 1 peat"),
        ("Peat of class X", "Peat of class 10"),
        ("Peat under Henry VIII and Louis XIV", "Peat under Henry 8 and Louis 14"),
    ],
)
def test_centuries_counts_and_roman_numerals_are_compared_as_numbers(one, other):
    """However they are written; and the next century is another number."""
    columns = prepare([{"title": one}, {"title": other}]).columns
    for name in ("folded_title", "title_numbers"):
        assert columns[name][0] == columns[name][1]
    assert columns["title_numbers"][0]


@pytest.mark.parametrize(
    "title",
    [
        "Rain of 30 second bursts",
        "Peat in the roaring twenties",
        "Seventysix bogs",
        "Second-hand peat",
        "No one and one bog",
    ],
)
def test_what_only_looks_like_a_count_stays_as_it_is(title):
    """Nor is the second a count where it is a unit of time, or what is second-hand."""
    assert numbering.numerals(numbering.counts(fold(title))) == fold(title)


def test_two_second_bursts_are_bursts_of_two_seconds():
    """In words as in figures."""
    assert numbering.counts("two second bursts") == "2 second bursts"


def test_an_ordinal_is_another_number_than_a_count():
    """The fifth of five bogs is not the five bogs."""
    assert numbering.numbers(numbering.counts("the fifth bog")) != numbering.numbers(numbering.counts("five bogs"))


def test_a_number_counts_as_often_as_it_stands():
    """Of two isomers, one has a number twice that the other has once."""
    assert numbering.numbers("2 2 dimethyl") != numbering.numbers("2 dimethyl")
    assert numbering.numbers("2 2 dimethyl") != numbering.numbers("2 3 dimethyl")


def test_a_number_is_the_same_within_a_word_and_beside_it():
    """What hyphens and blanks part differs from source to source; a letter behind it is a part of it."""
    assert numbering.numbers("pm10 and il6") == numbering.numbers("pm 10 and il 6") == "10 6"
    assert numbering.numbers("group 2a") != numbering.numbers("group 2b")


@pytest.mark.parametrize(
    "name",
    [
        "2019-nCoV", "2019 novel coronavirus", "novel coronavirus (2019-nCoV)", "coronavirus disease 2019 (COVID-19)",
        "Corona Virus Disease-2019", "COVID19", "Covid-2019", "new coronavirus pneumonia 2019",
        "2019 novel coronavirus disease",
    ],
)  # fmt: skip
def test_covid_19_however_it_is_named(name):
    """A preprint and its article name it as the World Health Organization did when each came out."""
    for one, other in (("Peat in the time of {}", "In 2020"), ("{} and peat", "2013/14")):
        first, second = ({"title": f"{one.format(called)}: {other}"} for called in (name, "COVID-19"))
        columns = prepare([first, second]).columns
        for field in ("folded_title", "title_numbers", "title_years"):
            assert columns[field][0] == columns[field][1]


def test_the_numbers_of_a_virus_and_its_disease_are_none_of_the_title():
    """Nor are they one word: papers on the one are not always on the other."""
    disease, virus = prepare([{"title": "COVID-19 in 14 farms"}, {"title": "SARS-CoV2 in 14 farms"}]).columns[
        "title_numbers"
    ]
    assert disease == virus == "14"
    assert (
        covid.in_one_spelling("sars cov2 in farms")
        == covid.in_one_spelling("sarscov 2 in farms")
        == "sars cov 2 in farms"
    )
    for name in ("sars coronavirus 2", "severe acute respiratory syndrome coronavirus 2 sars cov 2"):
        assert covid.in_one_spelling(name) == "sars cov 2"
    for name in ("sars cov", "mers cov", "coronavirus 229e", "corona 2019", "covid 19 in 2019"):
        assert covid.in_one_spelling(name) == name


def test_thousands_are_one_number_with_and_without_a_comma():
    """A comma is folded away, as is the blank that stands for one."""
    assert numbering.numbers(fold("10,000 farms")) == numbering.numbers(fold("10000 farms")) == "10000"
    assert numbering.numbers(fold("1 234 567 farms")) == "1234567"
    assert numbering.numbers("2019 100 farms") == "100 2019"


def test_contraries_count_as_numbers():
    """Titles of two studies, of men and of women, are alike to the letter but for them."""
    found = [
        numbering.numbers(text) for text in ("peat in men", "peat in women", "male peat", "microeconomics", "mankind")
    ]
    assert found == ["man", "woman", "male", "microeconomics", ""]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("symptomatic stenosis", "asymptomatic stenosis"),
        ("small cell lung cancer", "non-small cell lung cancer"),
        ("invasive ventilation", "non-invasive ventilation"),
        ("pre-operative pain", "postoperative pain"),
        ("burnout of trainees", "burnout of trainers"),
        ("intracellular calcium", "extracellular calcium"),
        ("benign tumours", "malignant tumours"),
        ("unilateral loss", "bilateral loss"),
    ],
)
def test_words_that_differ_in_their_beginning_tell_two_studies(one, other):
    """Letter by letter they are misprints of each other."""
    assert numbering.numbers(fold(one)) != numbering.numbers(fold(other))
    told = [prepare([{"title": f"A cohort study of {text}"}]).columns["title_numbers"][0] for text in (one, other)]
    assert told == [numbering.numbers(fold(text)) for text in (one, other)]


@pytest.mark.parametrize(
    ("apart", "joined"),
    [
        ("pre-operative", "preoperative"),
        ("non invasive", "noninvasive"),
        ("post-partum", "postpartum"),
        ("hyper-tension", "hypertension"),
        ("preoperatively", "pre operative"),
        ("hyperglycaemic", "hyperglycemia"),
    ],
)
def test_a_beginning_may_stand_apart(apart, joined):
    """Whether a hyphen, a blank or nothing is between, and in whatever form, it is one word."""
    assert numbering.numbers(fold(apart)) == numbering.numbers(fold(joined)) != ""


def test_a_word_of_its_own_is_no_beginning():
    """Care of a patient is not that of inpatients, and a symptomatic stenosis not an asymptomatic one."""
    assert numbering.numbers("errors in patient care") == ""
    assert numbering.numbers("a symptomatic stenosis") == "symptomatic"


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Farm accounting (Asian edition)", "asian"),
        ("Farm accounting, Global Edition", "global"),
        ("Farm accounting: revised and enlarged edition", "enlarged"),
        ("Farm accounting (2nd Indian ed.)", "2 indian"),
        ("Farm accounting, third international edition", "3 international"),
        ("Farm accounting, instructor’s edition", "instructor's"),
        ("Farm accounting, 2nd revised edition", "2"),
        ("The new edition of Homer", ""),
        ("Farm accounting, paperback edition", ""),
        ("The Asian editions of Homer", ""),
    ],
)
def test_an_edition_of_other_contents_is_a_part(title, part):
    """A paperback is no other text."""
    assert numbering.parts(title) == numbering.parts(title.lower()) == part


def announced(name, title):
    return prepare([{"title": title}]).columns[name].tolist() == [1]


@pytest.mark.parametrize(
    "title",
    [
        "Erosion of boiler tubes: semiannual technical report",
        "Erosion of boiler tubes. Quarterly progress report, April-June 1985",
        "Semi-annual report of the board",
        "WHO weekly epidemiological report",
        "Progress reports on tubes",
        "Report for the period ending March",
        "Newsletter of tube makers",
    ],
)
def test_reports_that_come_again(title):
    """One title for all of them is the rule, so that the day or the number tells."""
    assert announced("title_periodical", title)


@pytest.mark.parametrize(
    "title", ["Report on tubes", "Progress in tubes", "Case report", "Annual plants", "The reporter", "Monthly rain"]
)
def test_other_reports_come_once(title):
    """The word alone says nothing."""
    assert not announced("title_periodical", title)


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("The lamp (Reprinted from Oral History, vol 16, 1988)", True),
        ("The lamp (translated from the German)", True),
        ("The lamp. Republished in 2001", True),
        ("Translation of the lamp", True),
        ("Translational medicine", False),
        ("The lamp", False),
    ],
)
def test_what_a_title_says_of_its_origin(title, said):
    """Wherever it stands, the marks included that are stripped before titles are compared."""
    assert announced("title_republished", title) is said


def heading(title):
    """What the field says of the title."""
    return prepare([{"title": title}]).columns["title_heading"][0] == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CO(2) in vitamin B(12)", "CO2 in Vitamin B12"),
        ("Ca(2+) and H(2)O", "Ca2+ and H2O"),
        ("HbA(1c) or PM(2.5)", "HbA1c or PM2.5"),
    ],
)
def test_what_stands_below_the_line(one, other):
    """PubMed wrote it in brackets for decades."""
    folded = prepare([{"title": one}, {"title": other}]).columns["folded_title"]
    assert folded[0] == folded[1]


@pytest.mark.parametrize("sign", [": ", " - ", " – ", " — ", ". ", "? ", " : ", "; "])
def test_a_subtitle_follows_a_colon_a_dash_or_a_stop(sign):
    """Sources exchange these signs."""
    main, sub = titles.split_subtitle(f"Roots of maize{sign}depth and age")
    assert (main.strip(), sub) == (ROOTS, "depth and age")


@pytest.mark.parametrize(
    "title",
    [
        "Roots of maize. Second edition", "Roots of maize (2nd ed.)", "Roots of maize, 2nd rev. edn",
        "Roots of maize [2nd edition]", "Roots of maize - second, enlarged edition.",
        "Roots of maize. 2a ed.", "Roots of maize, 2ª edição", "Roots of maize (2e éd.)",
        "Roots of maize, 2ème édition",
        "Roots of maize. 2e druk", "Roots of maize. 2. uppl.", "Roots of maize. 2-е изд.",
        "Roots of maize. 2-е изд., испр. и доп.", "Roots of maize. 2-ое изд",
        "Roots of maize, 2., überarbeitete und erweiterte Auflage", "Roots of maize. 2. Aufl.",
        "Roots of maize (second edition) [electronic resource]",
    ],
)  # fmt: skip
def test_an_edition_is_written_in_one_way(title):
    """Catalogues differ in how they write it, and another edition is another number."""
    assert fold(titles.strip_marks(title)) == "roots of maize edition 2"
    assert fold(str(prepare([{"title": title}]).columns["folded_title"][0])) == "roots of maize edition 2"


@pytest.mark.parametrize("part", ["Chapter Four. ", "Part II: ", "Vol. 3 - ", "Lecture 12: ", "No. 4: "])
def test_a_mere_part_is_no_main_title(part):
    """One source puts the chapter's number before its title, the other leaves it out: the main titles agree."""
    main, sub = titles.split_subtitle(f"{part}Roots of maize")
    assert (main, sub) == (ROOTS, part.strip(" .:-"))


@pytest.mark.parametrize("title", [ROOTS, "", "Maize: roots", "E. coli in soil", "A-B x - y"])
def test_halves_too_short_are_no_title_of_their_own(title):
    """An abbreviation's point ends nothing."""
    assert titles.split_subtitle(title) == (title, "")


@given(st.text())
def test_no_title_raises(title):
    """Any text may stand there, and something is left of it."""
    assert titles.strip_marks(title) or not title
    for read in (
        notice,
        numbering.parts,
        numbering.years,
        titles.is_furniture,
        titles.split_subtitle,
    ):
        read(title)


TELLING_WORDS = """
    retraction notice of expression concern redundant erratum errata eratum corrigendum corrigenda correction
    corrections to for author authors author's publisher's publisher note addendum amendment the reply in a our response
    respond rejoinder comment comments commentary on re discussion letter letters regarding editor invited editorial
    referee interactive remarks paper article peer review report book reviews reviewed work additional file
    supplementary supplemental supporting information material data dataset from replication code retracted withdrawn
    removed temporary removal press reprint reprinted preprint wip draft english translation journal ournal copyright
    all rights reserved downloaded research original special issue mis http://x doi 10.1/x untitled no title microsoft
    word page vol volume issn not available part ii IV iv v X 2 12 2b 2019 first second twelfth 3rd quarterly study
    semi annual monthly newsletter bulletin status for period asian revised edition reprinted translated from originally
    published republished international new 44, (vol pg 2014) (2014) [12 century eighteenth 18th siglo xviii / | chapter
    kapitel men left case report: abstract p123 moesm1 table image data_sheet _1_ code electronic section nr no5 #5
    march winter preface index news tel J O U R N roots maize Editorial2005 2a 2e ed. druk
    uppl. изд. tomo libro segundo rezension reseña 訂正 поправка oprava twenty five thirty group hepatitis type b i"""
TELLING = st.sampled_from(TELLING_WORDS.split())
READ = ("title_notice", "title_parts", "title_years", "title_numbers")
SIGNS = st.sampled_from(
    [" ", " ", " ", ": ", ". ", " - ", "-", " (", ") ", " [", "] ", "? ", "! ", "; ", "_", "'", "", "é ", " – "]
)


@example([("case", " "), ("report:", " "), ("maize", "")], str.title)
@example([("full", " "), ("article", ": "), ("maize", "")], str.title)
@example([("oct", " "), ("20", " "), ("19", " "), ("maize", "")], str.title)
@given(st.lists(st.tuples(TELLING, SIGNS), max_size=7), st.sampled_from([str, str.upper, str.title]))
def test_a_quick_look_at_a_title_misses_nothing(pieces, spelled):
    """Patterns are tried only where a look at a title's words says that they may match: the fields are the same."""
    columns = prepare([{"title": spelled("".join(word + sign for word, sign in pieces))}]).columns
    found = {name: columns[name][0] for name in ("title", "bare_title", *READ)}
    if (title := found["title"]) is None:
        return
    assert found["title_notice"] == notice(title)
    bare = None if titles.is_furniture(title) else titles.strip_marks(title)
    assert found["bare_title"] == bare
    folded = fold(title)
    for name, announcement in (("title_periodical", titles.PERIODICAL), ("title_republished", titles.REPUBLISHED)):
        assert columns[name][0] == (announcement.pattern.search(folded) is not None)
    if bare is not None:
        assert found["title_parts"] == numbering.parts(bare)
        assert found["title_years"] == numbering.years(bare)
        spoken = numbering.numerals(numbering.counts(numbering.centuries(covid.in_one_spelling(fold(bare)))))
        assert found["title_numbers"] == (numbering.numbers(spoken, found["title_parts"]) if spoken else None)
