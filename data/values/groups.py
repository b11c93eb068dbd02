"""Groups as authors: how the name of a collaboration, a ministry or a society is told from a person's, and read."""

from collections.abc import Sequence

# Folded words that names of groups hold and names of persons do not, in the languages of most groups.
_GROUP = frozenset({
    "academy", "administration", "advisory", "agency", "alliance", "association", "associations", "authority",
    "centre", "centres", "coalition", "collab", "collaboration", "collaborations", "collaborative", "collaborators",
    "commission", "committee", "committees", "conference", "consortia", "consortium", "corporation", "department",
    "departments", "directorate", "division", "editors", "faculty", "federation", "foundation", "gmbh",
    "government", "group", "groups", "initiative", "institute", "institutes", "institution", "institutions",
    "investigators", "laboratories", "laboratory", "library", "members", "ministry", "museum", "network",
    "nhs", "organisation", "organisations", "organization", "organizations", "parliament", "partnership", "program",
    "programme", "project", "secretariat", "societies", "society", "subcommittee", "survey", "taskforce", "team",
    "trialists", "universities", "university",
    "academie", "agence", "comite", "ecole", "equipe", "fondation", "groupe", "institut", "laboratoire",
    "ministere", "societe", "universite", "akademie", "arbeitsgemeinschaft", "arbeitsgruppe", "arbeitskreis",
    "bundesamt", "bundesministerium", "fakultat", "gesellschaft", "kommission", "ministerium", "stiftung",
    "universitat", "universitaet", "verein", "academia", "agencia", "asociacion", "associacao", "centro", "comisao",
    "comision", "comissao", "consorcio", "departamento", "escuela", "facultad", "faculdade", "fundacao",
    "fundacion", "grupo", "instituto", "laboratorio", "ministerio", "organizacao", "organizacion", "sociedad",
    "sociedade", "universidad", "universidade", "accademia", "agenzia", "associazione", "commissione",
    "dipartimento", "facolta", "fondazione", "gruppo", "istituto", "ministero", "societa", "universita",
})  # fmt: skip
_LARGE = frozenset({"american", "deutsche", "european", "intergovernmental", "international", "national", "united"})
# The same where "of" or "for" stands beside them: there are persons called Bank, Bureau and Center.
_GROUP_OF = frozenset({
    "bank", "board", "bureau", "center", "centers", "chamber", "church", "college", "council", "court", "force",
    "hospital", "office", "school", "service", "services", "trust", "union", "unit",
})  # fmt: skip
_OF = frozenset(["of", "for"])
# What only says that there are several: the ATLAS collaboration goes by the name of ATLAS.
_SEVERAL = frozenset({
    "collab", "collaboration", "collaborations", "collaborative", "collaborators", "consortia", "consortium", "group",
    "groups", "investigators", "members", "study", "team", "trialists", "working", "writing",
})  # fmt: skip
GROUP_WORDS = _GROUP | _GROUP_OF | _LARGE
_SMALL = frozenset({
    "a", "and", "behalf", "corporate", "da", "de", "del", "della", "der", "des", "di", "die", "do", "dos", "du", "e",
    "et", "for", "fuer", "fur", "in", "la", "le", "los", "of", "on", "per", "pour", "the", "und", "y", "zu", "zum",
    "zur",
})  # fmt: skip
_SPELT = {
    "organisation": "organization", "centre": "center", "centers": "center", "centres": "center",
    "programme": "program",
}  # fmt: skip
# Groups that are as often called by letters, which are mostly not those that their words begin with.
_CALLED = {
    "cdc": "centers for disease control and prevention",
    "cern": "european organization for nuclear research",
    "ema": "european medicines agency",
    "epa": "environmental protection agency",
    "eurostat": "statistical office of the european communities",
    "fao": "food and agriculture organization",
    "fda": "food and drug administration",
    "iaea": "international atomic energy agency",
    "icmje": "international committee of medical journal editors",
    "iea": "international energy agency",
    "ieee": "institute of electrical and electronics engineers",
    "ilo": "international labour organization",
    "imf": "international monetary fund",
    "ipcc": "intergovernmental panel on climate change",
    "iso": "international organization for standardization",
    "iucn": "international union for conservation of nature",
    "nasa": "national aeronautics and space administration",
    "nice": "national institute for health and care excellence",
    "nist": "national institute of standards and technology",
    "noaa": "national oceanic and atmospheric administration",
    "oecd": "organisation for economic co operation and development",
    "undp": "united nations development programme",
    "unep": "united nations environment programme",
    "usda": "united states department of agriculture",
    "usgs": "united states geological survey",
    "who": "world health organization",
    "wto": "world trade organization",
}


def is_group(words: Sequence[str]) -> bool:
    """Whether the folded words name a group."""
    if _GROUP.isdisjoint(words) and _LARGE.isdisjoint(words):
        return not (_GROUP_OF.isdisjoint(words) or _OF.isdisjoint(words))
    return True


def group_key(words: Sequence[str]) -> str:
    """One word for a group's name of these folded words, in whatever order they stand."""
    joined = _joined(words)
    return _LETTERS.get(joined, joined)


def _joined(words: Sequence[str]) -> str:
    telling = {_SPELT.get(word, word) for word in words} - _SMALL
    named = "".join(sorted(telling - _SEVERAL))
    return named if len(named) > 2 else "".join(sorted(telling)) or "".join(words)


def goes_on(before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether words before and behind an "and" are one group's name: "Food and Agriculture Organization"."""
    if is_group(before) and not is_group(behind):
        return not _OF.isdisjoint(before[1:])
    if not _LARGE.isdisjoint(before) and _GROUP.isdisjoint(before):
        return True
    # Two or three words may be a person, and "the" begins another name.
    return (len(before) == 1 or len(before) > 3) and is_group(behind) and behind[0] != "the"


_LETTERS = {_joined(name.split()): letters for letters, name in _CALLED.items()}
