"""Dependencies point one way: a package imports from those before it, and nothing from those after it."""

import ast
from pathlib import Path

import pytest

import papertwin
from papertwin.cli import COMMANDS

ROOT = Path(papertwin.__file__).parent  # of the checkout or of an installed package
PACKAGES = ("data", "features", "models", "works")
BETWEEN = ("training", "scoring", "evaluating", "findings", "checking")  # what stands between files and models
PROGRAMS = ("cli", "arguments", *COMMANDS, "rebuild", "refitting")
LAYERS = [*PACKAGES, BETWEEN, "pages", PROGRAMS, "__init__"]
LAYER = {name: place for place, names in enumerate(LAYERS) for name in ([names] if isinstance(names, str) else names)}
SEES_RECORDS = {"model", "explanation", "estimators"}  # of models
ABOVE_FILES = tuple(
    f"data.{name}" for name in ("shapes", "forms", "output", "readable", "records", "pairs", "labels", "cases")
)
FILES = sorted({*ROOT.glob("*.py"), *(path for name in (*PACKAGES, "pages") for path in (ROOT / name).rglob("*.py"))})


def imported(path):
    """The modules of ours that a file imports wherever, in functions and for types too: "data.fields", "training"."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are written from papertwin on"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.removeprefix("papertwin.") for name in names if name.startswith("papertwin."))


def place(path):
    """The file as what it is part of: a package, or a module of the top level."""
    return path.relative_to(ROOT).with_suffix("").parts[0]


def test_every_module_has_its_layer():
    assert {place(path) for path in FILES} == set(LAYER)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_point_down(path):
    """Towards data, or to a neighbour in the same layer."""
    upwards = [name for name in imported(path) if LAYER[name.split(".")[0]] > LAYER[place(path)]]

    assert upwards == []


@pytest.mark.parametrize("path", sorted((ROOT / "models").glob("*.py")), ids=lambda path: path.stem)
def test_models_see_vectors_and_no_records(path):
    """But for those that answer pairs of records."""
    records = {name for name in imported(path) if name.startswith(("data.fields", "data.frames", "data.cases"))}

    assert not records or path.stem in SEES_RECORDS


@pytest.mark.parametrize("path", sorted((ROOT / "features").glob("*.py")), ids=lambda path: path.stem)
def test_features_know_columns_and_no_files(path):
    files = ("data.files", "data.exports", "data.records", "data.lookup", "data.pairs", "data.cases")

    assert [name for name in imported(path) if name.startswith(files)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("values/*.py")), ids=lambda path: path.stem)
def test_values_know_no_records(path):
    """What a text, a name or a date means is asked of it alone."""
    assert [name for name in imported(path) if not name.startswith(("data.arrays", "data.values", "data.errors"))] == []


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("columns/*.py")), ids=lambda path: path.stem)
def test_columns_are_made_of_values_alone(path):
    """Which fields there are, and which files they come from, is said above."""
    assert [
        name for name in imported(path) if not name.startswith(("data.arrays", "data.values", "data.columns"))
    ] == []


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("files/*.py")), ids=lambda path: path.stem)
def test_files_know_no_exports(path):
    """Exports stand on files, and what tells the form of a file stands on both: nobody imports in a circle."""
    assert [name for name in imported(path) if name.startswith(("data.exports", *ABOVE_FILES))] == []


@pytest.mark.parametrize("path", sorted((ROOT / "data").glob("exports/*.py")), ids=lambda path: path.stem)
def test_exports_do_not_know_who_reads_them(path):
    assert [name for name in imported(path) if name.startswith(ABOVE_FILES)] == []
