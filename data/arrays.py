"""Types of the arrays that travel between modules, named by what their numbers are."""

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]  # places of records or of pairs, from 0
Mask = NDArray[np.bool_]  # which of them
Floats = NDArray[np.float64]  # a number for each
Keys = NDArray[np.uint64]  # words, names or blocking keys as numbers
Vectors = NDArray[np.float32]  # similarity vectors of pairs: (pairs, features)
