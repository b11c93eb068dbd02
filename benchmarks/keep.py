"""Results of slow steps, kept in the output folder until what they were made from changes."""

import ast
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

import numpy as np

from papertwin.data.labelled import sets
from papertwin.models import binning, build, fit, metrics
from papertwin.models.training_vectors import TrainingVectors
from scored import BySet, Scored

HERE = Path(__file__).parent
CODE = (
    *(Path(module.__file__ or "") for module in (fit, binning, metrics, build, sets)),
    *(HERE / name for name in ("leave_out.py", "unseen.py", "judged.py", "public_splits.py")),
)


def digest(training: TrainingVectors, *more: object) -> str:
    """Hex hash of the pairs, of the code that fits and judges, and of whatever else the results depend on."""
    made = hashlib.sha256(repr(more).encode())
    for field in fields(training):
        column = getattr(training, field.name)
        texts = column.dtype == object
        made.update(repr(column.tolist()).encode() if texts else np.ascontiguousarray(column).tobytes())
    for path in CODE:
        made.update(code(path))
    return made.hexdigest()[:16]


def code(path: Path) -> bytes:
    """What a Python file does, whatever its layout and comments."""
    return ast.dump(ast.parse(path.read_bytes())).encode()


def kept(folder: Path, name: str, key: str, make: Callable[[], BySet]) -> BySet:
    """What `make` returns, or returned for the same key before; older results of the name are removed."""
    path = folder / f"{name}-{key}.npz"
    if not path.is_file():
        made = make()
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob(f"{name}-{'?' * 16}.npz"):
            old.unlink()
        names = [field.name for field in fields(Scored)]
        columns = {f"{one}|{name}": getattr(scored, name) for one, scored in made.items() for name in names}
        np.savez_compressed(path, **columns)
        return made
    with np.load(path) as stored:
        names = list(dict.fromkeys(column.partition("|")[0] for column in stored.files))
        result: Mapping[str, Scored] = {
            one: Scored(*(stored[f"{one}|{field.name}"] for field in fields(Scored))) for one in names
        }
    return result
