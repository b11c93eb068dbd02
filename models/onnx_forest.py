"""A fitted gradient-boosted classifier as ONNX: one tree ensemble that returns calibrated log-odds.

The graph is `vectors` (float32, rows x features, NaN is missing) -> Cast to float64 -> TreeEnsembleRegressor ->
`log_odds` (float32, rows x 1). Thresholds and leaves stay float64, as scikit-learn has them, so no value changes side,
and the only rounding is that of the answer: half a float32 step, below 1e-6 for log-odds up to 16. The calibration is
folded into the leaves and the base value. Left out: categorical features and more than two classes.
"""

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

IR_VERSION = 8  # what onnxruntime reads since 2022
OPSETS = {"": 17, "ai.onnx.ml": 3}  # 3 is the first whose trees take float64


class Line(Protocol):
    """A calibration: calibrated log-odds = slope * raw log-odds + intercept, slope > 0."""

    @property
    def slope(self) -> float: ...
    @property
    def intercept(self) -> float: ...


def to_onnx(classifier: "HistGradientBoostingClassifier", calibration: Line) -> bytes:
    """The classifier and its calibration as the bytes of an ONNX file; the same bytes every time.

    Raises ValueError for a classifier of more than two classes or with categorical features, and for a calibration
    whose slope is not positive (it would turn the trends of the features around).
    """
    from onnx import TensorProto, helper, numpy_helper

    if classifier.n_trees_per_iteration_ != 1:
        raise ValueError("only a classifier of two classes can be stored")
    if not calibration.slope > 0:
        raise ValueError(f"the slope of a calibration is positive, not {calibration.slope}")
    trees = [predictor.nodes for (predictor,) in classifier._predictors]
    if any(tree["is_categorical"].any() for tree in trees):
        raise ValueError("only a classifier without categorical features can be stored")

    base = calibration.slope * np.ravel(classifier._baseline_prediction) + calibration.intercept
    nodes = [
        helper.make_node("Cast", ["vectors"], ["wide"], to=TensorProto.DOUBLE),
        helper.make_node(
            "TreeEnsembleRegressor",
            ["wide"],
            ["log_odds"],
            domain="ai.onnx.ml",
            n_targets=1,
            base_values_as_tensor=numpy_helper.from_array(base, "base_values"),
            **_tree_attributes(trees, calibration.slope),
        ),
    ]
    width = int(classifier.n_features_in_)
    graph = helper.make_graph(
        nodes,
        "papertwin",
        [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["n", width])],
        [helper.make_tensor_value_info("log_odds", TensorProto.FLOAT, ["n", 1])],
    )
    opsets = [helper.make_opsetid(domain, version) for domain, version in OPSETS.items()]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION, producer_name="papertwin")
    return bytes(model.SerializeToString(deterministic=True))


def _tree_attributes(trees: list[Any], slope: float) -> dict[str, Any]:
    """The nodes of all trees as the attributes of one TreeEnsembleRegressor; leaves are multiplied by the slope."""
    from onnx import numpy_helper

    nodes = np.concatenate(trees)
    leaf = nodes["is_leaf"].astype(bool)
    tree_of = np.repeat(np.arange(len(trees)), [len(tree) for tree in trees])
    place_of = np.concatenate([np.arange(len(tree)) for tree in trees])

    def inner(name: str) -> np.ndarray:
        """A column of the nodes, 0 at the leaves."""
        return np.where(leaf, 0, nodes[name])

    return {
        "nodes_treeids": tree_of.tolist(),
        "nodes_nodeids": place_of.tolist(),
        "nodes_featureids": inner("feature_idx").tolist(),
        "nodes_modes": np.where(leaf, "LEAF", "BRANCH_LEQ").tolist(),
        "nodes_values_as_tensor": numpy_helper.from_array(inner("num_threshold"), "thresholds"),
        "nodes_truenodeids": inner("left").tolist(),
        "nodes_falsenodeids": inner("right").tolist(),
        "nodes_missing_value_tracks_true": inner("missing_go_to_left").tolist(),
        "target_treeids": tree_of[leaf].tolist(),
        "target_nodeids": place_of[leaf].tolist(),
        "target_ids": [0] * int(leaf.sum()),
        "target_weights_as_tensor": numpy_helper.from_array(slope * nodes["value"][leaf], "leaves"),
    }
