"""Card: everything known about a stored model, in three groups by who fills it in.

`given` by the maintainer, `measured` in training, `computed` when the model is stored. As JSON the card is made for
diffs: sorted keys, one short item a line, measured numbers rounded. Left out: dates, so that the same input and seed
give the same file.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike

from papertwin.data.arrays import Mask
from papertwin.models.scores import Scores

DIGITS = 6  # significant digits of a measured number
DUPLICATES, DISTINCT, REVIEW = "DUPLICATES", "NOT DUPLICATES", "REVIEW"
ALL = "all"  # the row of a metrics table that is about all sets together
CROSS_VALIDATION = "cross-validation"
BEFORE = "before"  # the metrics of the model that a retraining began with
YOURS = "your cases"  # the name of the set of cases that a user has trained with
LINE = 120  # a flat object of so many characters stays on one line

Numbers = Mapping[str, float | int | None]  # None where a measure is undefined, e.g. precision without any positive


@dataclass(frozen=True, slots=True)
class Given:
    """What the maintainer says about the model."""

    name: str
    convention: str  # "work" or "record": what counts as a duplicate
    description: str = ""
    intended_use: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class TrainingSet:
    """One set of labelled pairs that the model was trained on; `sha256` is the hex hash of what was read."""

    name: str
    pairs: int
    duplicates: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The probabilities that part the answers, 0 <= distinct <= duplicate <= conflict <= 1.

    At `duplicate` and above a pair is DUPLICATES, below `distinct` it is NOT DUPLICATES, between them it is for a
    person: REVIEW. A pair whose identifiers or numbers in the titles conflict needs `conflict` to be DUPLICATES,
    so that nothing is merged in silence against the evidence. Raises ValueError when they are out of order.
    """

    duplicate: float
    distinct: float
    conflict: float

    def __post_init__(self) -> None:
        if not 0 <= self.distinct <= self.duplicate <= self.conflict <= 1:
            raise ValueError(
                "thresholds need 0 <= distinct <= duplicate <= conflict <= 1, not "
                f"{self.distinct}, {self.duplicate}, {self.conflict}"
            )

    def merges(self, probabilities: ArrayLike, conflicting: ArrayLike) -> Mask:
        """Which pairs are called DUPLICATES; `conflicting` tells those that contradict each other."""
        needed = np.where(np.asarray(conflicting, dtype=bool), self.conflict, self.duplicate)
        called: Mask = np.asarray(probabilities, dtype=np.float64) >= needed
        return called

    def decide(self, probabilities: ArrayLike, conflicting: ArrayLike) -> list[str]:
        """The answer to each pair."""
        values = np.asarray(probabilities, dtype=np.float64)
        rest = np.where(values < self.distinct, DISTINCT, REVIEW)
        answers: list[str] = np.where(self.merges(values, conflicting), DUPLICATES, rest).tolist()
        return answers


@dataclass(frozen=True, slots=True)
class Measured:
    """What training found out."""

    training: list[TrainingSet]
    thresholds: Thresholds
    prevalence: float  # share of duplicates among the pairs that the thresholds and probabilities hold for, 0 to 1
    metrics: dict[str, dict[str, Numbers]]  # {"cross-validation": {"set or set/slice": {"f1": 0.98, "pairs": 500}}}
    feature_importances: dict[str, float]
    group_importances: dict[str, float]
    recipe: dict[str, int | float] = field(default_factory=dict)  # how the forest was fitted
    scores: dict[str, Scores] = field(default_factory=dict)  # cross-validated, of all pairs and of each set


@dataclass(frozen=True, slots=True)
class SelfTest:
    """A few vectors and the probabilities that they had where the model was stored; None is NaN."""

    vectors: list[list[float | None]]
    probabilities: list[float]


@dataclass(frozen=True, slots=True)
class Computed:
    """What storing the model adds."""

    format: int
    features: list[dict[str, Any]]  # features.schema() at training, as it comes back from JSON
    fingerprint: str  # features.fingerprint() at training
    model_sha256: str  # of model.onnx, hex
    selftest: SelfTest
    versions: dict[str, str]  # of Python and the libraries
    seed: int | None


@dataclass(frozen=True, slots=True)
class Card:
    """The three groups; `computed` is None until the model is stored."""

    given: Given
    measured: Measured
    computed: Computed | None = None

    def json(self) -> str:
        """The card as JSON text; measured numbers rounded, a number that is not finite written as null."""
        groups = asdict(self) | {"measured": json_value(asdict(self.measured), DIGITS)}
        return _indented(json_value(groups)) + "\n"

    @classmethod
    def from_json(cls, text: str | bytes) -> "Card":
        """The card that `json` wrote. Raises msgspec.DecodeError, which names the unreadable place."""
        return msgspec.json.decode(text, type=cls)

    def markdown(self) -> str:
        """The card as a page of Markdown, for people."""
        from papertwin.models.card_text import markdown

        return markdown(self)


def json_value(value: Any, digits: int | None = None) -> Any:
    """The value as JSON has it: numpy's numbers as Python's, what is not finite as None; floats to so many digits."""
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if not math.isfinite(value) else float(f"{value:.{digits}g}") if digits else value
    if isinstance(value, Mapping):
        return {key: json_value(item, digits) for key, item in value.items()}
    return [json_value(item, digits) for item in value] if isinstance(value, (list, tuple)) else value


def _indented(value: Any, indent: str = "") -> str:
    """JSON with sorted keys; a line for each item of a list, each short flat object, each list of numbers."""
    line = _line(value)
    if not isinstance(value, (dict, list)):
        return line
    flat = not any(isinstance(item, (dict, list)) for item in (value.values() if isinstance(value, dict) else value))
    if flat and (isinstance(value, list) or len(indent) + len(line) <= LINE):
        return line
    deeper = indent + "  "
    if isinstance(value, list):
        return "[\n" + ",\n".join(deeper + _line(item) for item in value) + f"\n{indent}]"
    lines = [f"{deeper}{_line(key)}: {_indented(value[key], deeper)}" for key in sorted(value)]
    return "{\n" + ",\n".join(lines) + f"\n{indent}}}"


def _line(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False)
