"""What is shipped is all that is needed, under one name, and nothing else."""

import os
import pickle
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import papertwin

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
CONFIG = tomllib.loads(TEXT)
SETUPTOOLS = CONFIG["tool"]["setuptools"]
STAYS = {"tests", "benchmarks", "build", "dist"}  # folders of the checkout that are not part of the package
MODULES = sorted(path.stem for path in ROOT.glob("*.py") if path.stem != "__init__")
PIN = re.compile(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.!+]+)")


def files(folder):
    """The files below a folder, without what Python and the system leave."""
    below = [path for path in folder.rglob("*") if path.is_file()]
    return [
        path
        for path in below
        if not any(part.startswith((".", "__pycache__")) for part in path.relative_to(ROOT).parts)
    ]


def folder_of(package):
    """The folder of "papertwin.data"."""
    return ROOT.joinpath(*package.split(".")[1:])


def pins():
    """Each locked library with its version."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return {canonicalize_name(pin[1]): pin[2] for line in lines if (pin := PIN.fullmatch(line))}


def requirements():
    """Every library that pyproject.toml asks for, in whichever list."""
    project = CONFIG["project"]
    lists = [project["dependencies"], *project["optional-dependencies"].values(), *CONFIG["dependency-groups"].values()]
    return [Requirement(line) for each in lists for line in each]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The names in a wheel that is built from a copy of the checkout, so that nothing is left behind in it."""
    folder = tmp_path_factory.mktemp("wheel")
    leave = shutil.ignore_patterns(".*", "build", "dist", "tests", "benchmarks", "*.egg-info", "__pycache__")
    shutil.copytree(ROOT, folder / "source", ignore=leave)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, folder / "source"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"`make test` installs what this needs:\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built).namelist()


def test_every_folder_with_python_files_is_a_declared_package():
    folders = [path for path in ROOT.iterdir() if path.is_dir() and path.name not in STAYS and path.name[0] != "."]
    found = {ROOT} | {path.parent for folder in folders for path in files(folder) if path.suffix == ".py"}
    names = [".".join(("papertwin", *folder.relative_to(ROOT).parts)) for folder in found]

    assert sorted(names) == sorted(SETUPTOOLS["packages"])
    assert all((folder / "__init__.py").exists() for folder in found)


@pytest.mark.parametrize("package", SETUPTOOLS["packages"])
def test_every_module_has_its_place_in_the_reading_order(package):
    """The docstring of a package names what lies in it, in the order in which a stranger reads it."""
    folder = folder_of(package)
    text = (folder / "__init__.py").read_text(encoding="utf-8").partition('"""\n\n')[0]
    here = [path.stem for path in folder.glob("*.py")] + [
        name for name in SETUPTOOLS["packages"] if name.rpartition(".")[0] == package
    ]
    names = {name.rpartition(".")[2] for name in here} - {"__init__", "__main__"}

    assert sorted(name for name in names if f"`{name}`" not in text) == []


@pytest.mark.parametrize("package", SETUPTOOLS["packages"][1:])
def test_every_data_file_is_declared(package):
    """A file that lies in a package is shipped with it, or does not belong there."""
    declared = SETUPTOOLS["package-data"].get(package, [])
    folder = folder_of(package)
    inner = [folder_of(other) for other in SETUPTOOLS["packages"] if other.startswith(f"{package}.")]
    own = [path for path in files(folder) if not any(map(path.is_relative_to, inner))]
    names = [path.relative_to(folder).as_posix() for path in own if path.suffix != ".py"]

    assert [name for name in names if not any(fnmatch(name, pattern) for pattern in declared)] == []


@pytest.mark.parametrize(
    ("package", "pattern"),
    [(package, pattern) for package, patterns in SETUPTOOLS["package-data"].items() for pattern in patterns],
)
def test_every_declared_data_file_is_there(package, pattern):
    assert list(folder_of(package).glob(pattern))


def test_the_wheel_puts_one_name_into_site_packages(wheel):
    assert {name.split("/")[0] for name in wheel if ".dist-info/" not in name} == {"papertwin"}


def test_the_wheel_holds_what_the_package_folders_hold(wheel):
    """Every module and every data file; neither tests nor benchmarks, nor anything else that lies in the checkout."""
    below = [path for package in SETUPTOOLS["packages"][1:] for path in files(folder_of(package))]
    held = [ROOT / "py.typed", *ROOT.glob("*.py"), *below]

    assert sorted(name for name in wheel if ".dist-info/" not in name) == sorted(
        {f"papertwin/{path.relative_to(ROOT).as_posix()}" for path in held}
    )


def test_modules_of_the_top_level_are_imported_from_papertwin(tmp_path):
    """In a process of their own, which has imported nothing before."""
    script = "import papertwin, importlib; print(papertwin.__path__[0])\n" + "".join(
        f"print(importlib.import_module('papertwin.{module}').__file__)\n" for module in MODULES
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    home, *places = done.stdout.splitlines()

    assert places == [str(Path(home) / f"{module}.py") for module in MODULES]


def test_commands_do_not_hide_the_functions_of_their_names():
    """Whatever is imported, and in whichever way, papertwin.dedupe and papertwin.train are the library's functions."""
    script = (
        "import inspect, papertwin\n"
        "from papertwin.works.library import dedupe\n"
        "from papertwin.training import train\n"
        "before = papertwin.dedupe, papertwin.train\n"
        "import papertwin.dedupe, papertwin.train\n"
        "assert (papertwin.dedupe, papertwin.train) == before == (dedupe, train)\n"
        "assert inspect.signature(papertwin.dedupe) == inspect.signature(dedupe)\n"
        "from papertwin.dedupe import main\n"
        "assert main.__module__ == 'papertwin.dedupe'\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_bare_names_of_the_checkout_are_banned():
    """`import features` works while the checkout is on sys.path, as a second copy, and breaks once installed."""
    folders = {package.split(".")[1] for package in SETUPTOOLS["packages"][1:]} | {"benchmarks"}

    assert set(CONFIG["tool"]["ruff"]["lint"]["flake8-tidy-imports"]["banned-api"]) == folders | set(MODULES)


@pytest.mark.parametrize("requirement", requirements(), ids=lambda requirement: requirement.name)
def test_the_locked_version_is_one_that_is_asked_for(requirement):
    assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)])


def test_the_lock_holds_pinned_versions_and_nothing_else():
    """No addresses, paths or options: it serves on every machine and with every index."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()

    assert [line for line in lines if not line.startswith("#") and not PIN.fullmatch(line)] == []


def test_every_dependency_and_every_exception_to_a_rule_has_its_reason():
    """In pyproject.toml, on its line."""
    alone = re.compile(r'\s+"[^"]+",\s*')
    exceptions = re.compile(
        r'(ignore|exclude|filterwarnings|include-package-data|extend-ignore-names|src|"[\w*]+/[\w*.]+") = .*[^\[]'
    )
    lines = TEXT[TEXT.index("dependencies = [") :].splitlines()

    assert [line for line in lines if alone.fullmatch(line)] == []
    assert [line for line in lines if exceptions.fullmatch(line) and "#" not in line and "error" not in line] == []


def test_the_package_says_its_version():
    assert papertwin.__version__ == CONFIG["project"]["version"]


def test_the_package_shows_its_public_names_alone():
    """Each of them is there, and what is needed to make them is not among them."""
    assert set(dir(papertwin)) == {*papertwin.__all__, "__version__"}
    assert all(hasattr(papertwin, name) for name in papertwin.__all__)


def test_a_type_checker_knows_the_public_names_and_no_others(tmp_path):
    """A function of the user's can name the types that it takes, and a misspelt name is found before it runs."""
    names = "".join(f"papertwin.{name}\n" for name in [*papertwin.__all__, "__version__"])
    user = tmp_path / "user.py"
    user.write_text(
        f"import papertwin\n{names}"
        "def first(model: papertwin.Model, cases: list[papertwin.Case]) -> str:\n"
        "    return model.predict(cases)[0]\n"
        "papertwin.laod()\n"
    )
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--cache-dir", tmp_path / "cache", user],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"MYPYPATH": str(ROOT / ".typing")},
        cwd=tmp_path,
    )

    errors = checked.stdout.splitlines()[:-1]
    assert len(errors) == 1, checked.stdout + checked.stderr
    assert 'Module has no attribute "laod"' in errors[0]


def test_errors_can_be_caught_by_their_public_names(tmp_path):
    """Whoever catches one needs no name of a module within."""
    with pytest.raises(papertwin.InputError, match="no such file"):
        papertwin.read_cases(tmp_path / "none.json")
    (tmp_path / "card.json").write_text("{")
    with pytest.raises(papertwin.ModelError):
        papertwin.load(tmp_path)
    for error in (papertwin.InputError, papertwin.ModelError, papertwin.OutputError):
        assert issubclass(error, papertwin.PapertwinError)


def test_the_changelog_tells_of_the_version():
    assert f"## {CONFIG['project']['version']}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").replace("[", "")


def test_the_package_travels_to_other_processes():
    """A function that uses `papertwin` can be sent to joblib's workers: the module is pickled by its name."""
    assert pickle.loads(pickle.dumps(papertwin)) is papertwin
