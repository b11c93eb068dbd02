"""papertwin importances: what every feature and group is worth to a model, as a table and as a picture."""

import importlib.util
import json
from pathlib import Path

import pytest

from papertwin.features import FEATURES, GROUPS
from papertwin.importances import main
from papertwin.models import load
from papertwin.pages.importances import table

SHIPPED = ("work", "record")
DRAWS = importlib.util.find_spec("matplotlib") is not None


@pytest.mark.parametrize("name", SHIPPED)
def test_the_table_lists_every_feature_and_group(name, capsys):
    """Each once, with its number and what it compares, the largest first; the numbers are the card's."""
    assert main(["--model", name]) == 0
    out = capsys.readouterr().out
    model = load(name)
    assert out.strip() == table(model)
    groups, features = out.strip().split("\n\n")[1:]
    for block, values in (
        (groups, model.card.measured.group_importances),
        (features, model.card.measured.feature_importances),
    ):
        listed = [line.split()[0] for line in block.splitlines()]
        assert sorted(listed) == sorted(values)
        assert listed == sorted(values, key=lambda key: (-values[key], key))
    assert all(feature.meaning in features for feature in FEATURES)
    assert set(model.card.measured.group_importances) == set(GROUPS)
    assert f"model {name} {model.short_hash}" in out


@pytest.mark.parametrize("name", SHIPPED)
def test_groups_that_are_read_are_worth_something(name):
    """Titles and authors matter to every model; no feature is measured as NaN."""
    measured = load(name).card.measured
    assert measured.group_importances["title"] > 0
    assert measured.group_importances["authors"] > 0
    assert json.dumps(measured.feature_importances, allow_nan=False)


def test_a_plot_is_drawn_or_the_way_to_it_is_told(tmp_path, capsys):
    """Without matplotlib the sentence says what to install."""
    file = tmp_path / "importances.png"
    code = main(["--plot", str(file)])
    err = capsys.readouterr().err
    if DRAWS:
        assert code == 0
        assert file.read_bytes().startswith(b"\x89PNG")
    else:
        assert code == 2
        assert 'pip install ".[plot]"' in err
        assert not file.exists()


def test_a_plot_of_another_kind_is_refused_before_anything_is_said(tmp_path, capsys):
    assert main(["--plot", str(tmp_path / "a.xyz")]) == 2
    said = capsys.readouterr()
    assert (said.out, "a plot is a .png, .svg or .pdf" in said.err) == ("", True)


def test_without_matplotlib_the_way_to_it_is_told(tmp_path, capsys, monkeypatch):
    """One sentence, exit code 2, no file."""
    monkeypatch.setitem(__import__("sys").modules, "matplotlib", None)
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)
    assert main(["--plot", str(tmp_path / "a.png")]) == 2
    assert 'pip install ".[plot]"' in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_plot_is_not_overwritten(tmp_path, capsys):
    """Without --force."""
    file = tmp_path / "mine.png"
    file.write_text("mine")
    assert main(["--plot", str(file)]) == 2
    assert "--force" in capsys.readouterr().err
    assert file.read_text() == "mine"


def test_an_unknown_model_is_named(capsys):
    """With the way out."""
    assert main(["--model", str(Path("no") / "model")]) == 2
    assert "there is no such model: give work, record, or a folder" in capsys.readouterr().err
