"""Forest: a stored tree ensemble, ready to score. Needs onnxruntime alone; never imports scikit-learn or onnx."""

import os
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from papertwin.data.arrays import Floats, Vectors
from papertwin.data.errors import ModelError

FARTHEST = 20.0  # log-odds beyond which all is equally sure


class Forest:
    """The bytes of a model.onnx and the session that runs them.

    Each process opens a session of its own at its first scoring, and never pickles it, so that a Forest can be sent to
    worker processes or shared with them by fork. A session runs on one thread: many rows are scored by many processes,
    and the sums of a row have the same order in any batch.
    """

    def __init__(self, onnx_bytes: bytes) -> None:
        self.onnx_bytes = onnx_bytes
        self._sessions: dict[int, Any] = {}  # by process

    def __reduce__(self) -> tuple[type["Forest"], tuple[bytes]]:
        return Forest, (self.onnx_bytes,)

    def __repr__(self) -> str:
        return f"Forest({len(self.onnx_bytes):,} bytes)"

    def log_odds(self, vectors: Vectors) -> Floats:
        """The calibrated log-odds of each row: (rows, features) float32, NaN is missing -> (rows,) float64.

        A row's answer does not depend on the rows beside it. Raises ModelError when onnxruntime cannot read the
        bytes, ValueError when the vectors have another number of columns than the model has features.
        """
        process = os.getpid()
        if process not in self._sessions:
            self._sessions[process] = _open(self.onnx_bytes)
        session = self._sessions[process]
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        width = session.get_inputs()[0].shape[1]
        if vectors.ndim != 2 or vectors.shape[1] != width:
            raise ValueError(f"vectors of shape (rows, {width}) are scored, not {vectors.shape}")
        if not len(vectors):
            return np.empty(0)
        (answer,) = session.run(["log_odds"], {"vectors": vectors})
        return np.asarray(answer, dtype=np.float64)[:, 0]


def probability(log_odds: ArrayLike) -> Floats:
    """The sigmoid in float64, without overflow at either end: any shape -> the same shape, 0 to 1; NaN stays NaN."""
    odds = np.asarray(log_odds, dtype=np.float64)
    small = np.exp(-np.abs(odds))
    return np.where(odds >= 0, 1 / (1 + small), small / (1 + small))


def log_odds(probabilities: ArrayLike) -> Floats:
    """The other way round, no farther than FARTHEST from 0: any shape, 0 to 1 -> the same shape."""
    likely = np.asarray(probabilities, dtype=np.float64)
    with np.errstate(divide="ignore"):
        odds: Floats = np.log(likely) - np.log1p(-likely)
    return np.clip(odds, -FARTHEST, FARTHEST)


def _open(onnx_bytes: bytes) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what goes wrong is raised; nothing else is to reach stderr
    try:
        return onnxruntime.InferenceSession(onnx_bytes, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's errors share no base class
        raise ModelError(
            f"onnxruntime {onnxruntime.__version__} cannot read this model ({str(error).splitlines()[0]}): "
            "copy the model's folder again, or retrain with papertwin train"
        ) from error
