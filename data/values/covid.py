"""The disease of 2019 and its virus: titles name them in many ways, and their numbers tell no title from another.

The preprint says "2019-nCoV", its article "COVID-19", a database "coronavirus disease 2019".
"""

import re

SIGNS = ("cov", "corona")  # what a folded title holds that names them
_VIRUS = r"corona ?virus"
_ABBREVIATED = r"(?:2019 ?n ?cov|n ?cov ?2019|covid ?(?:20)?19)"
_DISEASE = re.compile(
    rf"\b(?:(?:2019 )?(?:(?:novel|new) )?{_VIRUS} (?:(?:diseases?|infection|pneumonia) )?2019(?: n ?cov)?|"
    rf"2019 (?:(?:novel|new) )?{_VIRUS}(?: diseases?)?|{_ABBREVIATED})(?: {_ABBREVIATED})*\b"
)
_SARS = re.compile(rf"\b(?:sars|severe acute respiratory syndrome) ?(?:cov|{_VIRUS}) ?2(?: sars cov 2)?\b")
_NAMES = re.compile(r"\b(?:covid 19|sars cov 2)\b")


def in_one_spelling(folded: str) -> str:
    """A folded title with both under one name each: "covid 19" and "sars cov 2"."""
    if not any(sign in folded for sign in SIGNS):
        return folded
    return _SARS.sub("sars cov 2", _DISEASE.sub("covid 19", folded))


def without(folded: str) -> str:
    """A folded title without these names, whose numbers count for nothing."""
    return _NAMES.sub(" ", folded) if " cov" in f" {folded}" else folded
