"""papertwin report and train --report: one page that needs nothing else, and says what the card says."""

import json
import re
import sys
from dataclasses import replace
from functools import partial
from xml.etree import ElementTree as ET

import numpy as np
import pytest

import papertwin
from papertwin import report, training
from papertwin.data.cases import CHALLENGE, Case, Judged, read_cases
from papertwin.features import FEATURES, GROUPS
from papertwin.findings import Finding
from papertwin.models.build import build
from papertwin.models.card import ALL, DISTINCT, DUPLICATES, REVIEW
from papertwin.models.fit import Recipe
from papertwin.train import main as train

pytest.importorskip("jinja2")
from papertwin.pages import report_contents

HOSTILE = "</title></bdi><script>alert('1')</script>\"'& <img src=x onerror=alert(2)> {{ 7 * 7 }} \x00\x1b \ud800"
ELEMENT = "{http://www.w3.org/1999/xhtml}"
FEW = Recipe(trees=20, leaves=7, smallest_leaf=5, folds=3)  # trees: what is tried here is the page
NOUNS = ("maize", "wheat", "barley", "clover", "lupin", "millet", "sorghum", "flax", "hemp", "rice")


def record(number, title=""):
    return {
        "title": title or f"The roots of {NOUNS[number % 10]} in {NOUNS[number // 10 % 10]} fields, survey {number}",
        "authors": [f"{NOUNS[number % 7].title()}, {chr(65 + number % 26)}."],
        "publication_date": str(1960 + number % 60),
    }


def some_cases():
    """Thirty copies and thirty distinct pairs; the first of each kind carries the wrong label."""
    found = []
    for n in range(30):
        found.append({"id": f"same-{n}", "doc_1": record(n), "doc_2": record(n), "decision": "DUPLICATES"})
        other = {"title": record((n + 7) % 30)["title"].upper(), "authors": ["Vetch, Q."], "publication_date": "1950"}
        found.append({"id": f"other-{n}", "doc_1": record(n), "doc_2": other, "decision": "NOT DUPLICATES"})
    found[0]["decision"], found[1]["decision"] = found[1]["decision"], found[0]["decision"]
    return found


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with a small model of a user's own and its page, as train --report writes them."""
    folder = tmp_path_factory.mktemp("trained")
    file = folder / "cases.json"
    file.write_text(json.dumps({"cases": some_cases()}), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("papertwin.models.build.build", partial(build, candidates=[FEW]))
        arguments = [str(file), "--base", "none", "--output", str(folder / "mine"), "--report", "--quiet"]
        assert train(arguments) == 0
    return folder / "mine"


@pytest.fixture(scope="module")
def pages(trained, tmp_path_factory):
    """A page of every kind: both shipped models', a user's own with cases, and the same from the stored model."""
    found = {"trained": (trained / "report.html").read_text(encoding="utf-8")}
    for name, model in (("work", "work"), ("record", "record"), ("stored", str(trained))):
        file = tmp_path_factory.mktemp("pages") / "page.html"
        assert report.main([model, "--output", str(file), "--quiet"]) == 0
        found[name] = file.read_text(encoding="utf-8")
    return found


KINDS = ("trained", "work", "record", "stored")


@pytest.fixture(params=KINDS)
def page(request, pages):
    return pages[request.param]


def parsed(text):
    """The page as a tree; it is as strict as XML, so that a tag left open is an error."""
    return ET.fromstring(text.removeprefix("<!DOCTYPE html>\n"))


def words(text):
    """What a reader sees, on one line."""
    tree = parsed(text)
    return " ".join(" ".join(tree.find(f"{ELEMENT}body").itertext()).split())


def test_a_page_is_well_formed(page):
    """Every tag is closed, every id is there once, every link inside the page has its target."""
    tree = parsed(page)
    ids = [node.get("id") for node in tree.iter() if node.get("id")]

    assert len(ids) == len(set(ids))
    targets = [node.get("href") for node in tree.iter(f"{ELEMENT}a")]
    assert targets
    assert {target.removeprefix("#") for target in targets} <= set(ids)


def test_a_page_needs_nothing_but_itself(page):
    """No address in any attribute or style that a browser would fetch, no script, and a policy that forbids both."""
    tree = parsed(page)
    fetched = [
        value
        for node in tree.iter()
        for name, value in node.attrib.items()
        if name.rpartition("}")[2] in {"src", "srcset", "data", "poster", "action"} or node.tag.endswith("}link")
    ]

    assert fetched == []
    assert not list(tree.iter(f"{ELEMENT}script"))
    assert [name for node in tree.iter() for name in node.attrib if name.lower().startswith("on")] == []
    style = "".join(node.text for node in tree.iter(f"{ELEMENT}style"))
    assert "@import" not in style
    assert "url(" not in style
    assert "default-src 'none'" in page


def test_a_page_can_be_read_aloud(page):
    """One h1, a heading for each section, a title and a description for each plot, heads for the cells of a table."""
    tree = parsed(page)
    plots = list(tree.iter("{http://www.w3.org/2000/svg}svg"))

    assert len(list(tree.iter(f"{ELEMENT}h1"))) == 1
    assert all(section.find(f"{ELEMENT}h2") is not None for section in tree.iter(f"{ELEMENT}section"))
    assert plots
    for plot in plots:
        texts = {node.get("id"): node.text for node in plot if node.get("id")}
        assert all(texts[name] for name in plot.get("aria-labelledby").split())
    assert all(table.find(f"{ELEMENT}thead") is not None for table in tree.iter(f"{ELEMENT}table"))


@pytest.mark.parametrize("name", ["work", "record"])
def test_a_shipped_model_is_told_whole(name, pages):
    """Its hash, convention, sets with counts and licences, thresholds, features, metrics, and the hard cases."""
    card, said = papertwin.load(name).card, words(pages[name])
    measured = card.measured

    assert card.computed.model_sha256 in said
    assert card.computed.fingerprint in said
    assert report_contents.DEFINITIONS[name] in said
    for one in measured.training:
        assert re.search(rf"{one.name} {one.pairs:,} {one.duplicates:,} ", said), one.name
    assert all(
        entry.licence in said for entry in report_contents.SETS if entry.name in {one.name for one in measured.training}
    )
    for threshold in (measured.thresholds.duplicate, measured.thresholds.distinct, measured.thresholds.conflict):
        assert f"{threshold:.3f}" in said
    assert all(f"{feature.name}" in said and feature.meaning in said for feature in FEATURES)
    assert all(group in said for group in GROUPS)
    assert "are not shipped, so their errors cannot be shown" in said
    decided = [case for case in read_cases(CHALLENGE, convention=name) if case.label is not None]
    assert f"Of {len(decided):,} hard cases it decides" in said


def test_what_a_contradiction_needs_is_told_where_it_is_more(trained, pages):
    """A model of few cases has one threshold for all pairs."""
    at = papertwin.load(trained).thresholds
    assert at.conflict == at.duplicate
    assert "needs no more to be called duplicates" in pages["trained"]
    assert "needs no more" not in pages["work"]
    assert f"is called duplicates from {papertwin.load('work').thresholds.conflict:.3f}" in pages["work"]


def test_curves_are_drawn_of_a_card_that_has_them(trained, pages):
    """Precision and recall, reliability, and the pairs by probability; and what a threshold costs."""
    said = words(pages["trained"])
    table = papertwin.load(trained).card.measured.metrics["cross-validation"]["all"]

    for name in ("precision-recall", "reliability", "histogram", "dependence-"):
        assert f'id="{name}' in pages["trained"]
    assert "wrong merges" in said
    assert f"{table['recall']:.3f}" in said


def test_a_users_cases_are_shown_with_their_differences(pages):
    """Side by side and marked, those that were held out on the wrong side; from the stored model they cannot be."""
    tree = parsed(pages["trained"])
    shown = {node.find(f".//{ELEMENT}h3").find(f"{ELEMENT}bdi").text for node in tree.iter(f"{ELEMENT}article")}
    said = words(pages["trained"])

    assert {"same-0", "other-0"} <= shown
    assert "Of your 60 cases, held out, it decides" in said
    assert list(tree.iter(f"{ELEMENT}mark"))
    assert "Your cases are not stored with the model" in words(pages["stored"])
    assert "same-0" not in pages["stored"]


def test_wrong_labels_are_suspected(pages):
    """Both labels that were turned around are listed, with the place of the case in its file."""
    said = words(pages["trained"])

    assert re.search(r"\d+ of your labels may be wrong", said)
    for place in (1, 2):
        assert re.search(rf"cases\.json, case {place} (NOT )?DUPLICATES 0\.\d\d\d", said)


def test_the_same_model_and_cases_give_the_same_bytes(trained, pages, tmp_path):
    """No date, no path, no order of a set."""
    assert report.main([str(trained), "--output", str(tmp_path / "again.html"), "--quiet"]) == 0
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == pages["stored"]


def test_a_page_on_standard_output_is_no_file_to_open(trained, pages, capsys):
    assert report.main([str(trained), "--output", "-"]) == 0
    out, err = capsys.readouterr()
    assert out == pages["stored"]
    assert err == ""


@pytest.fixture
def hostile():
    """Cases whose every text tries to break out."""
    side = {"id": HOSTILE, "title": HOSTILE, "authors": [HOSTILE], "journal": HOSTILE, "abstract": HOSTILE}
    other = side | {"title": f"{HOSTILE} too", "urls": ["javascript:alert(3)"]}
    row = {"kind": HOSTILE, "note": HOSTILE}
    return [
        Judged(Case(side, other, label, HOSTILE, HOSTILE, row), probability, decision)
        for label, probability, decision in ((True, 0.01, DISTINCT), (False, 0.99, DUPLICATES), (True, 0.5, REVIEW))
    ]


def test_hostile_text_stays_text(trained, hostile):
    """Titles, ids, notes and file names are shown as they are, neither run nor taken for markup, and can be encoded."""
    model = papertwin.load(trained)
    object.__setattr__(model.card.given, "name", HOSTILE)
    object.__setattr__(model.card.given, "description", HOSTILE)
    text = report_contents.page(model, hostile, [Finding(one.case, one.probability, 0.9) for one in hostile])
    tree = parsed(text)

    assert text.encode()
    assert not list(tree.iter(f"{ELEMENT}script"))
    assert not list(tree.iter(f"{ELEMENT}img"))
    assert "alert('1')" in words(text)
    assert "{{ 7 * 7 }}" in words(text)
    assert [node for node in tree.iter(f"{ELEMENT}a") if not node.get("href").startswith("#")] == []


def test_a_case_without_titles_and_a_long_text_are_shown(trained):
    """What is missing is a dash, what is too long is cut and says so."""
    case = Case({"abstract": "word " * 4000}, {"doi": "10.1/x"}, True, None, "a.json, case 1", {})
    judged, doubted = [Judged(case, 0.01, DISTINCT)], [Finding(case, 0.01, 0.9)]
    said = words(report_contents.page(papertwin.load(trained), judged, doubted))

    assert "a.json, case 1" in said
    assert "(no title)" in said
    assert "(19,999 letters)" in said


def test_a_page_is_written_where_it_is_wanted_and_not_over_another(tmp_path, capsys):
    """The sentence names the way out; standard output is a place as well."""
    file = tmp_path / "page.html"
    file.write_text("mine")
    assert report.main(["--output", str(file)]) == 2
    assert "--force" in capsys.readouterr().err
    assert file.read_text() == "mine"


def test_without_jinja2_the_way_to_it_is_told(tmp_path, capsys, monkeypatch):
    """One sentence, exit code 2, no file; train says so before it trains."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps({"cases": some_cases()}), encoding="utf-8")
    assert report.main(["--output", str(tmp_path / "page.html")]) == 2
    assert 'pip install ".[report]"' in capsys.readouterr().err
    assert train([str(cases), "--report", "--output", str(tmp_path / "model")]) == 2
    assert 'pip install ".[report]"' in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cases.json"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "–"), (float("nan"), "–"), (0.0, "0.000"), (1e-6, "<0.001"), (0.9996, ">0.999"), (1.0, "1.000")],
)
def test_a_measure_is_not_rounded_to_what_it_is_not(value, shown):
    """Only what is perfect reads 1.000."""
    assert report_contents.digits(value) == shown


def test_a_share_is_not_rounded_to_what_it_is_not():
    """Likewise."""
    assert [report_contents.share(value) for value in (None, 0.0, 1e-6, 0.123, 0.9996, 1.0)] == [
        "–", "0.0%", "<0.1%", "12.3%", ">99.9%", "100.0%",
    ]  # fmt: skip


def test_judged_cases_are_out_of_fold_and_in_their_order(tmp_path, monkeypatch):
    """The probabilities come back to the cases that they are of, whatever order the pairs were learned in."""
    monkeypatch.setattr("papertwin.models.build.build", partial(build, candidates=[FEW]))
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"cases": some_cases()}), encoding="utf-8")
    cases = list(read_cases(file))
    judged = training.train_and_judge(cases, "none", tmp_path / "one").judged
    turned = training.train_and_judge(cases[::-1], "none", tmp_path / "two").judged

    assert [one.case.id for one in judged] == [case.id for case in cases]
    np.testing.assert_array_equal([one.probability for one in judged], [one.probability for one in turned[::-1]])
    right = [(one.probability >= 0.5) == one.case.label for one in judged[2:]]
    assert np.mean(right) > 0.9
    assert not any((one.probability >= 0.5) == one.case.label for one in judged[:2])


@pytest.mark.parametrize("name", ["work", "record"])
def test_the_shipped_models_have_what_the_curves_are_drawn_of(name):
    """Counts by probability of all pairs and of every set that the model learned from."""
    measured = papertwin.load(name).card.measured
    assert set(measured.scores) == {ALL, *(one.name for one in measured.training)}


@pytest.mark.parametrize(("sets", "base"), [(["your cases"], "none"), (["your cases", "asysd_diabetes"], "record")])
def test_the_command_that_gives_the_model_again_names_its_base(trained, sets, base):
    """Without it, cases by record would be added to pairs by work, or those alone to any."""
    model = papertwin.load(trained)
    card = model.card
    learned = [replace(card.measured.training[0], name=name) for name in sets]
    measured = replace(card.measured, training=learned)
    model = replace(model, card=replace(card, measured=measured, given=replace(card.given, convention="record")))

    assert f"papertwin train CASES --base {base} --seed 0</code>" in report_contents.page(model)


def test_how_many_pairs_are_judged_and_how_many_learned_from_is_told(trained):
    """They differ where a base is so large that parts of it are only learned from."""
    model = papertwin.load(trained)
    (own,) = model.card.measured.training
    training = [own, replace(own, name="asysd_diabetes", pairs=1000)]
    model = replace(model, card=replace(model.card, measured=replace(model.card.measured, training=training)))
    said = report_contents.page(model)

    assert f"Cross-validated on {own.pairs} labelled pairs" in said
    assert f"The other 1,000 of the {own.pairs + 1000:,} that it learned from" in said
