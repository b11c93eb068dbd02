"""Features: a pair of prepared records to its similarity vector.

`table` is the list, `measures` and `set_measures` what it is made of, `vectors` the loop over it, `schema` what a
stored model checks.
In words: `evidence` (two records beside each other), `facts` with `title_facts`, `author_facts` and `kind_facts` (what
is true of them), `reasons` (what is said of it).
"""

from papertwin.features.schema import fingerprint, schema
from papertwin.features.table import COMPARED, FEATURES, GROUPS, PLACE, Feature, Trend
from papertwin.features.vectors import conflicting, switch_off, unnamed, vectors

__all__ = [
    "COMPARED",
    "FEATURES",
    "GROUPS",
    "PLACE",
    "Feature",
    "Trend",
    "conflicting",
    "fingerprint",
    "schema",
    "switch_off",
    "unnamed",
    "vectors",
]
