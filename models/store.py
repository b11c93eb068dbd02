"""The folder that a model is stored in: model.onnx for machines, card.json for machines and people.

`load` believes nothing before it has checked it: the card's format, the features, the hash of model.onnx, and a
self-test. Nothing is pickled, so a folder from elsewhere runs no code.
"""

import hashlib
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from papertwin import features
from papertwin.data.arrays import Floats, Vectors
from papertwin.data.conventions import CONVENTIONS
from papertwin.data.errors import InputError, ModelError, OutputError
from papertwin.data.files.atomic import why_unwritten
from papertwin.models.card import Card, Computed, SelfTest, json_value
from papertwin.models.model import Model
from papertwin.models.scorer import Forest, probability

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

    from papertwin.models.onnx_forest import Line

FORMAT = 1
MODEL_FILE, CARD_FILE = "model.onnx", "card.json"
_WAY_OUT = "give work, record, or a folder that papertwin train wrote"
SHIPPED = CONVENTIONS  # a model for each
TOLERANCE = 1e-6  # of the probabilities of the self-test
LIBRARIES = (  # on which vectors and probabilities depend
    "anyascii", "ftfy", "numpy", "onnx", "onnxruntime", "papertwin", "pylatexenc", "rapidfuzz", "scikit-learn",
)  # fmt: skip


def save(
    folder: str | os.PathLike[str],
    classifier: "HistGradientBoostingClassifier",
    calibration: "Line",
    card: Card,
    selftest_vectors: Vectors,
) -> Model:
    """Store a fitted classifier with its card and return the model as stored. Raises as `as_stored` and `write` do."""
    model = as_stored(classifier, calibration, card, selftest_vectors)
    write(model, folder)
    return model


def as_stored(
    classifier: "HistGradientBoostingClassifier",
    calibration: "Line",
    card: Card,
    selftest_vectors: Vectors,
) -> Model:
    """A fitted classifier as a model in the form in which it is stored, with the computed part of its card filled in.

    `selftest_vectors`, (a few, features), are kept in the card, rounded to 4 places, with their probabilities. Raises
    ValueError for a classifier that was fitted on other features or whose ONNX form answers differently.
    """
    from papertwin.models.onnx_forest import to_onnx

    schema = json_value(features.schema())
    names = [feature["name"] for feature in schema]
    if classifier.n_features_in_ != len(names) or list(getattr(classifier, "feature_names_in_", names)) != names:
        raise ValueError("the classifier was fitted on other features than features.FEATURES lists")
    forest = Forest(to_onnx(classifier, calibration))
    vectors = np.round(np.asarray(selftest_vectors, dtype=np.float64), 4)
    log_odds = forest.log_odds(vectors.astype(np.float32))
    _compare(classifier, calibration, vectors.astype(np.float32), log_odds)
    computed = Computed(
        format=FORMAT,
        features=schema,
        fingerprint=features.fingerprint(),
        model_sha256=hashlib.sha256(forest.onnx_bytes).hexdigest(),
        selftest=SelfTest(json_value(vectors.tolist()), [round(float(value), 9) for value in probability(log_odds)]),
        versions=_versions(),
        seed=classifier.random_state if isinstance(classifier.random_state, int) else None,
    )
    text = replace(card, computed=computed).json()
    stored = Card.from_json(text)
    return Model(stored, forest, stored.measured.thresholds, computed.model_sha256[:8])


def write(model: Model, folder: str | os.PathLike[str]) -> None:
    """Store a model as it is. Raises OutputError when the folder cannot be written.

    The files of an earlier model in the folder are replaced, others are left alone. The card comes last, so that
    writing that is cut off leaves a folder that `load` refuses, never half a model.
    """
    _write(Path(folder), {MODEL_FILE: model.forest.onnx_bytes, CARD_FILE: model.card.json().encode()})


def _compare(classifier: Any, calibration: "Line", vectors: Vectors, log_odds: Floats) -> None:
    if not len(vectors):
        raise ValueError("a model is stored with at least one vector to test it by")
    table: Any = vectors
    if hasattr(classifier, "feature_names_in_"):
        import pandas as pd

        table = pd.DataFrame(vectors, columns=classifier.feature_names_in_)
    expected = calibration.slope * classifier.decision_function(table) + calibration.intercept
    if not np.allclose(log_odds, expected, rtol=1e-6, atol=1e-5):
        raise ValueError(f"the ONNX form differs from scikit-learn by {np.abs(log_odds - expected).max():.2g}")


def _write(folder: Path, contents: dict[str, bytes]) -> None:
    """The files, complete on the same disk first, then moved into place in their order."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with TemporaryDirectory(dir=folder, prefix=".saving-") as staging:
                for name, content in contents.items():
                    Path(staging, name).write_bytes(content)
                for name in contents:
                    Path(staging, name).replace(folder / name)
        except OSError:
            with suppress(OSError):
                folder.rmdir()  # works on an empty folder only
            raise
    except OSError as error:
        raise OutputError(f"{folder}: {why_unwritten(error)}") from error


def check_folder(folder: str | os.PathLike[str], force: bool) -> None:
    """Raises InputError where a model cannot be stored: what is there already, without `force`; a shipped model's name.

    By such a name `load` would find the shipped model again, not the stored one.
    """
    path = Path(folder)
    if os.fspath(folder) in SHIPPED:
        raise InputError(
            f"{folder}: this names a shipped model: choose another name for the folder, or write ./{folder}"
        )
    if path.exists() and not path.is_dir():
        raise InputError(f"{folder}: this is a file: name a folder for the model")
    if path.is_dir() and not force and any(path.iterdir()):
        raise InputError(
            f"{folder}: it exists: name another folder, or add --force (in Python force=True) to replace it"
        )


def load(name_or_folder: str | os.PathLike[str] = "work") -> Model:
    """A shipped model, "work" or "record", or the one in a folder that `papertwin train` wrote.

    (A folder of your own called work is "./work".) Raises InputError when there is no such folder, and ModelError, one
    sentence that says what to do, when its model belongs to another version of Papertwin or of its features, or was
    damaged.
    """
    folder = _folder(name_or_folder)
    card = _read_card(folder)
    computed = card.computed
    assert computed is not None  # _read_card has seen its format
    onnx_bytes = _read(folder / MODEL_FILE)
    if hashlib.sha256(onnx_bytes).hexdigest() != computed.model_sha256:
        raise ModelError(
            f"{folder / MODEL_FILE}: this is not the file that {CARD_FILE} describes (its sha256 differs): "
            "copy the whole folder again, or retrain with papertwin train"
        )
    forest = Forest(onnx_bytes)
    _self_test(folder, forest, computed.selftest)
    return Model(card, forest, card.measured.thresholds, computed.model_sha256[:8])


def read_unchecked(name_or_folder: str | os.PathLike[str]) -> Card | None:
    """The card of a model that is not to be used, to see what it says of itself; None where it cannot be read.

    Raises InputError when there is no such folder.
    """
    try:
        return Card.from_json(_read(_folder(name_or_folder) / CARD_FILE))
    except (ModelError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _folder(name_or_folder: str | os.PathLike[str]) -> Path:
    if not isinstance(name_or_folder, (str, os.PathLike)):
        raise InputError(f"{name_or_folder!r} names no model: {_WAY_OUT}")
    shipped = name_or_folder in SHIPPED
    folder = Path(__file__).parent / name_or_folder if shipped else Path(name_or_folder)
    if not folder.is_dir():
        way_out = "install Papertwin again" if shipped else _WAY_OUT
        raise InputError(f"{name_or_folder}: there is no such model: {way_out}")
    if not (folder / CARD_FILE).exists() and not (folder / MODEL_FILE).exists():
        raise InputError(f"{name_or_folder}: there is no model in this folder: name one that papertwin train wrote")
    return folder


def _versions() -> dict[str, str]:
    """Of Python and of LIBRARIES, as they are installed."""
    from importlib.metadata import version
    from platform import python_version

    return {"python": python_version()} | {library: version(library) for library in LIBRARIES}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path}: cannot be read ({error.strerror}): copy the model's folder again, or retrain with papertwin train"
        ) from error


def _read_card(folder: Path) -> Card:
    """The card of a folder, if this Papertwin understands its format and computes the same features in the same way."""
    path = folder / CARD_FILE
    content = _read(path)
    damaged = "copy the model's folder again, or retrain with papertwin train"
    try:
        found = msgspec.json.decode(content)["computed"]["format"]
    except (msgspec.DecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise ModelError(f"{path}: this is not the card of a stored model: {damaged}") from error
    if found != FORMAT:
        raise ModelError(
            f"{path}: written in format {found}, while this Papertwin reads format {FORMAT}: "
            "retrain with papertwin train, or install the Papertwin that wrote it"
        )
    try:
        card = Card.from_json(content)
    except msgspec.DecodeError as error:
        raise ModelError(f"{path}: the card is damaged ({error}): {damaged}") from error
    assert card.computed is not None
    if difference := _difference(card.computed.features, json_value(features.schema())):
        raise ModelError(f"{folder}: trained on other features ({difference}): retrain with papertwin train")
    if card.computed.fingerprint != features.fingerprint():
        moved = [
            f"{library} {then} (now {now})"
            for library, then in card.computed.versions.items()
            if (now := _versions().get(library)) != then
        ]
        known = f"; it was trained with {', '.join(moved)}" if moved else ""
        raise ModelError(
            f"{folder}: the features are computed differently now{known}: install what it was trained with, or retrain "
            "with papertwin train"
        )
    return card


def _difference(stored: list[dict[str, Any]], current: list[dict[str, Any]]) -> str:
    """In which features two schemas differ, in words; empty when they are equal."""
    old, new = ({str(feature.get("name")): feature for feature in schema} for schema in (stored, current))
    kinds = {
        "gone": [name for name in old if name not in new],
        "new": [name for name in new if name not in old],
        "changed": [name for name in new if name in old and new[name] != old[name]],
    }
    words = "; ".join(f"{kind}: {', '.join(names)}" for kind, names in kinds.items() if names)
    return words or ("in another order" if stored != current else "")


def _self_test(folder: Path, forest: Forest, test: SelfTest) -> None:
    try:
        now = probability(forest.log_odds(np.array(test.vectors, dtype=np.float32)))
        largest = float(np.abs(now - np.array(test.probabilities)).max())
    except ValueError as error:
        raise ModelError(f"{folder}: the self-test cannot be run ({error}): retrain with papertwin train") from error
    if not largest <= TOLERANCE:
        raise ModelError(
            f"{folder}: the self-test fails, probabilities differ by {largest:.2g} from those at training: "
            "install another onnxruntime, or retrain with papertwin train"
        )
