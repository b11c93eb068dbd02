"""Papertwin tells whether two publication records describe the same work.

The map of the package, in reading order:

- `data`      records, pairs and cases: FIELDS, reading, normalising, writing; the shipped cases and training vectors
- `features`  FEATURES: a pair of records to its similarity vector
- `models`    fit, calibrate, evaluate, store; the shipped models
- `works`     records to works: candidates, clusters, merged records with their versions
- `pages`     what people see, in a browser or a terminal
- `train`, `predict`, `dedupe`, `explain`, `evaluate`, `check`, `model`, `review`, `importances`,
  `report`, `rebuild`, `refitting`   the commands, each a table of contents
- `training`, `scoring`, `evaluating`, `findings`, `checking`   what stands between files and models for `train`,
  `predict`, `evaluate` and `check`
- `cli`, `arguments`   the command papertwin; the options that several commands have

As a library:

    model = papertwin.load("work")
    model.predict_proba(pairs)          # a list of (dict, dict) or of cases, or a frame with title_1, title_2, ...
    model.explain(pairs)                # a frame: what each kind of evidence added, and the reasons in words
    cases = papertwin.read_cases("cases.json")
    model = papertwin.train(cases, base="work")
    model.save("my_model")              # papertwin.load("my_model") is the same model
    works = papertwin.dedupe(records)   # a list of dict, or a frame

What goes wrong is a PapertwinError, whose message is a sentence for whoever gave the input.

Nothing heavy is imported before it is used.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from papertwin.data.cases import Case, read_cases
    from papertwin.data.errors import InputError, ModelError, OutputError, PapertwinError
    from papertwin.models.estimators import DuplicateClassifier, PairFeatures
    from papertwin.models.model import Model
    from papertwin.models.store import load
    from papertwin.training import train
    from papertwin.works.library import dedupe

    __version__: str

__all__ = [
    "Case",
    "DuplicateClassifier",
    "InputError",
    "Model",
    "ModelError",
    "OutputError",
    "PairFeatures",
    "PapertwinError",
    "dedupe",
    "load",
    "read_cases",
    "train",
]

_WHERE = {
    "Case": "data.cases",
    "DuplicateClassifier": "models.estimators",
    "InputError": "data.errors",
    "Model": "models.model",
    "ModelError": "data.errors",
    "OutputError": "data.errors",
    "PairFeatures": "models.estimators",
    "PapertwinError": "data.errors",
    "dedupe": "works.library",
    "load": "models.store",
    "read_cases": "data.cases",
    "train": "training",
}


if not TYPE_CHECKING:  # which would take any name for one of the package

    def __getattr__(name: str) -> Any:
        if name == "__version__":
            from importlib.metadata import version

            return version("papertwin")
        if name not in _WHERE:
            raise AttributeError(f"module 'papertwin' has no attribute {name!r}")
        return getattr(import_module(f"papertwin.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


class _Package(ModuleType):
    """This package: its names stay what they are when the commands of the same names, train and dedupe, are imported.

    These modules are in sys.modules, where `from papertwin.train import main` finds them.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name not in _WHERE or not isinstance(value, ModuleType):
            super().__setattr__(name, value)

    def __reduce__(self) -> tuple[Any, ...]:
        # joblib and cloudpickle send functions of a notebook to other processes with the modules that they use.
        return import_module, (self.__name__,)


sys.modules[__name__].__class__ = _Package
