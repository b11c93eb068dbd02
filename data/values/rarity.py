"""How rare a word is in titles, from a shipped table, so that a score never depends on the other pairs of a file.

The table holds document frequencies by hash bucket, no words: it was computed from the titles and names of the
training records. A word that shares its bucket with a commoner one counts as common, which errs on the safe side.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from papertwin.data.arrays import Floats

TABLE = Path(__file__).parent.parent / "rarity.npy"
BUCKETS = 1 << 17  # a power of two
STEPS = 255  # rarity is stored in this many steps from 0 to 1


@cache
def _table() -> NDArray[np.uint8]:
    table: NDArray[np.uint8] = np.load(TABLE, allow_pickle=False)
    return table


def rarity(keys: NDArray[np.uint64]) -> Floats:
    """Rarity of each token key, 0 (in every title) to 1 (never seen)."""
    values: Floats = _table()[(keys & np.uint64(BUCKETS - 1)).astype(np.int64)] / np.float64(STEPS)
    return values


def build(keys: NDArray[np.uint64], records: int) -> NDArray[np.uint8]:
    """The table from the keys of all records' words, each once a record: log(records / seen) over log(records)."""
    seen = np.bincount((keys % np.uint64(BUCKETS)).astype(np.int64), minlength=BUCKETS)
    share = np.log(records / np.maximum(seen, 1)) / np.log(records)
    share[seen == 0] = 1
    table: NDArray[np.uint8] = np.round(np.clip(share, 0, 1) * STEPS).astype(np.uint8)
    return table


def forget() -> None:
    """Read the table anew at the next use."""
    _table.cache_clear()
