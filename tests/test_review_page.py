"""The review page in a browser: what a person at the keyboard does, and what is on disk afterwards."""

import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Thread

import pytest

from papertwin import cli
from papertwin.data.cases import read_cases
from papertwin.models import load
from papertwin.models.build import build
from papertwin.models.fit import Recipe
from papertwin.pages.journal import Journal
from papertwin.pages.pairs import pairs_of
from papertwin.pages.refits import Refits
from papertwin.pages.scored import Scored
from papertwin.pages.server import Server
from papertwin.pages.session import Session

pytestmark = pytest.mark.browser

YES, NO = "DUPLICATES", "NOT DUPLICATES"
TITLES = ("Foxes", "Badgers", "Otters", "Herons", "Newts", "Voles")
# What must be shown as text: tags, entities, marks that turn the direction, a terminal's control characters.
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">&lt;b&gt; \u202eevil\u2066 \x1b]0;x\x07'
HEBREW = "\u05e9\u05d5\u05e2\u05dc\u05d9\u05dd \u05d1\u05e2\u05de\u05e7"


def pair(number, **more):
    title = f"{TITLES[number % 6]} of the lower valley: a census, part {number}"
    other = title.upper() if number % 2 else title.replace(f"part {number}", f"part {number + 1}")
    abstract = f"We counted in {number} fields. " * 40
    first = {
        "id": f"a{number}",
        "title": title,
        "authors": ["Io Marsh"],
        "publication_date": "2001",
        "abstract": abstract,
    }
    second = {"id": f"b{number}", "title": other, "authors": ["Marsh, I."], "urls": [f"https://example.org/{number}"]}
    return {"id": number, "doc_1": first, "doc_2": second | {"abstract": abstract.upper()}} | more


class Decided:
    """What is on disk of the decisions on a file."""

    def __init__(self, path):
        self.path = path
        self.labels = path.with_suffix(".labels.jsonl")

    def lines(self):
        return [json.loads(line) for line in self.labels.read_text(encoding="utf-8").splitlines()]

    def decisions(self):
        return [(line["id"], line["decision"]) for line in self.lines()]


class Served(Decided):
    """The server of `papertwin review` in a thread: a process of its own takes a second to start."""

    def __init__(self, path, base="work", every=0):
        super().__init__(path)
        model = load("work")
        pairs = pairs_of(read_cases(path), model)
        self.session = Session(Scored(pairs, model, "file"), "file", Journal(self.labels), Refits("work", base, every))
        self.server = Server(self.session)
        self.address = self.server.address
        self.thread = Thread(target=self.server.run)
        self.thread.start()

    def stop(self):
        """From within its loop, which ends when nothing is left to listen to."""
        waitress = self.server._server

        def end():
            for channel in list(waitress.active_channels.values()):
                channel.handle_close()
            waitress.asyncore.close_all(waitress._map)

        waitress.trigger.pull_trigger(end)
        self.thread.join()
        waitress.task_dispatcher.shutdown()
        self.session.close()


class Process(Decided):
    """A `papertwin review` in a process of its own, which can be killed and started again."""

    def __init__(self, path, limit=None):  # of blocks of 512 bytes in a file: as good as a full disk
        super().__init__(path)
        self.limit = limit
        self.start()

    def start(self):
        command = [sys.executable, "-m", "papertwin.cli", "review", str(self.path), "--order", "file"]
        self.process = subprocess.Popen(
            command
            if self.limit is None
            else ["sh", "-c", f"trap '' XFSZ; ulimit -f {self.limit}; exec \"$@\"", "-", *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.address = self.process.stdout.readline().strip()
        assert self.address.startswith("http://127.0.0.1:")

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def stop(self):
        if self.process.poll() is None:
            self.kill()


@pytest.fixture
def serve(tmp_path):
    running = []

    def serve(cases, by=Served, **more):
        path = tmp_path / "scored.jsonl"
        path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
        running.append(by(path, **more))
        return running[-1]

    yield serve
    for server in running:
        server.stop()


@pytest.fixture
def context(chromium):
    """A browser without a past; whatever a page complains of, scripts and policy alike, fails the test."""
    opened = chromium.new_context(viewport={"width": 1280, "height": 860})
    opened.set_default_timeout(20_000)
    complaints = []
    opened.on("weberror", lambda error: complaints.append(str(error.error)))
    opened.on(
        "console",
        lambda said: complaints.append(said.text) if said.type == "error" and "status of" not in said.text else None,
    )
    opened.on("dialog", lambda dialog: (complaints.append(f"a dialog: {dialog.message}"), dialog.dismiss()))
    yield opened
    opened.close()
    assert [text for text in complaints if "ERR_CONNECTION_REFUSED" not in text] == []


def look_often(context):
    """Let the pages of a browser look for news at ten times their pace."""
    context.add_init_script("const every = setInterval; window.setInterval = (look, time) => every(look, time / 10);")


def visit(context, address):
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector(".records, .ending")
    return page


def press(page, key, then):
    """Press a key and wait until the page says so, anew."""
    page.evaluate("() => { document.getElementById('said').textContent = ''; }")
    page.keyboard.press(key)
    page.wait_for_function("text => document.getElementById('said').textContent.includes(text)", arg=then)


def shown(page):
    return page.inner_text("#place")


def test_ten_cases_are_labelled_by_the_keyboard_alone_and_a_model_learns_from_them(
    context, serve, tmp_path, monkeypatch, capsys
):
    server = serve([pair(number) for number in range(12)], Process)
    page = visit(context, server.address)
    for number in range(10):
        press(page, "d" if number % 2 else "n", f"Pair {number + 2} of 12")
        assert len(server.lines()) == number + 1
    assert "10 of 12: 5 duplicates, 5 not, 0 unsure; 2 left" in page.inner_text("#count")
    assert server.decisions() == [(number, YES if number % 2 else NO) for number in range(10)]
    assert [case.label for case in read_cases(server.labels)] == [bool(number % 2) for number in range(10)]

    more = tmp_path / "more.jsonl"
    more.write_text(
        "".join(json.dumps(pair(number, decision=YES if number % 2 else NO)) + "\n" for number in range(20, 40)),
        encoding="utf-8",
    )
    monkeypatch.setattr(
        "papertwin.models.build.build", partial(build, candidates=(Recipe(trees=5, leaves=7, folds=3),))
    )
    command = ["train", str(server.labels), str(more), "--base", "none", "--jobs", "1"]
    assert cli.main([*command, "--output", str(tmp_path / "model")]) == 0
    assert "5 duplicates, 5 distinct" in capsys.readouterr().err


def test_all_keys(context, serve):
    server = serve([pair(number) for number in range(5)])
    page = visit(context, server.address)
    press(page, "u", "Saved: unsure")
    press(page, "ArrowLeft", "Pair 1 of 5")
    assert page.inner_text("#answer") == "you said: unsure"
    press(page, "d", "Saved: duplicate")
    press(page, "ArrowRight", "Pair 3 of 5")
    press(page, "z", "Undone. Pair 1 of 5")
    assert page.inner_text("#answer") == "you said: unsure"
    press(page, "z", "Undone. Pair 1 of 5")
    assert page.inner_text("#answer") == "not decided yet"
    press(page, "z", "nothing to undo")
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.keyboard.press("d")  # a dialog is open: nobody sees the pair
    page.keyboard.press("?")
    assert not page.locator("#help").is_visible()
    assert [decision for _, decision in server.decisions()] == [None, YES, None, None]
    assert [bool(line.get("unsure")) for line in server.lines()] == [True, False, True, False]
    fold = page.locator("tr.field-abstract .fold")
    assert fold.get_attribute("aria-expanded") == "false"
    page.keyboard.press("a")
    assert fold.get_attribute("aria-expanded") == "true"


def test_keys_do_nothing_in_the_search_box_and_a_hit_is_shown(context, serve):
    server = serve([pair(number) for number in range(6)])
    page = visit(context, server.address)
    page.keyboard.press("/")
    page.keyboard.type("newts undzr")
    assert page.inner_text("#hits") == "0 pairs"
    page.keyboard.press("Control+a")
    page.keyboard.type("newts")
    page.wait_for_function("() => document.getElementById('hits').textContent === '1 pair:'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.getElementById('place').textContent === 'Pair 5 of 6'")
    assert not server.labels.exists() or server.lines() == []
    press(page, "d", "Saved")
    assert server.decisions() == [(4, YES)]


def test_keys_can_be_switched_off_and_the_buttons_do_the_same(context, serve):
    server = serve([pair(number) for number in range(3)])
    page = visit(context, server.address)
    page.click("#explain")
    page.uncheck("#letters")
    page.click("#help button")
    page.keyboard.press("d")
    page.click("#distinct")
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('Saved')")
    page.click("#undo")
    page.wait_for_function("() => document.getElementById('said').textContent.startsWith('Undone')")
    assert server.decisions() == [(0, NO), (0, None)]


def test_a_reload_shows_what_was_saved_and_goes_on(context, serve):
    server = serve([pair(number) for number in range(6)])
    page = visit(context, server.address)
    press(page, "d", "Pair 2")
    press(page, "n", "Pair 3")
    page.reload()
    page.wait_for_selector(".records")
    assert shown(page) == "Pair 3 of 6"
    press(page, "z", "Undone. Pair 2 of 6")
    press(page, "z", "Undone. Pair 1 of 6")
    assert server.decisions() == [(0, YES), (1, NO), (1, None), (0, None)]


def test_a_killed_server_loses_nothing_that_was_shown_as_saved(context, serve):
    """The page says that an answer is not saved; the next server goes on behind the last that was."""
    server = serve([pair(number) for number in range(6)], Process)
    page = visit(context, server.address)
    press(page, "d", "Pair 2")
    press(page, "n", "Pair 3")
    server.kill()
    page.keyboard.press("d")
    page.wait_for_selector("#problem:not([hidden])")
    assert page.inner_text("#problem").startswith("Not saved. The server does not answer.")
    assert shown(page) == "Pair 3 of 6"
    assert page.inner_text("#answer") == "not decided yet"
    assert "2 of 6" in page.inner_text("#count")
    server.start()
    again = visit(context, server.address)
    assert shown(again) == "Pair 3 of 6"
    press(again, "d", "Pair 4")
    assert server.decisions() == [(0, YES), (1, NO), (2, YES)]


def test_a_full_disk_is_said_and_the_answer_is_not_shown_as_saved(context, serve):
    """Files of the server may not grow beyond what two answers need; once there is room, it goes on."""
    server = serve([pair(number) for number in range(6)], Process, limit=16)
    page = visit(context, server.address)
    saved = 0
    for _ in range(6):
        before = shown(page)
        page.keyboard.press("d")
        page.wait_for_function(
            "place => !document.getElementById('problem').hidden"
            " || document.getElementById('place').textContent !== place",
            arg=before,
        )
        if page.locator("#problem").is_visible():
            break
        saved += 1
    assert 0 < saved < 6
    assert page.inner_text("#problem").startswith("Not saved.")
    assert shown(page) == f"Pair {saved + 1} of 6"
    assert f"{saved} of 6" in page.inner_text("#count")
    assert len(server.lines()) == saved
    os.truncate(server.labels, 0)  # room is made in the crudest way
    press(page, "n", f"Pair {saved + 2}")
    assert not page.locator("#problem").is_visible()
    assert server.decisions() == [(saved, NO)]


def test_two_tabs_see_each_others_answers(context, serve):
    look_often(context)
    server = serve([pair(number) for number in range(6)])
    one, two = visit(context, server.address), visit(context, server.address)
    press(one, "d", "Pair 2")
    press(one, "n", "Pair 3")
    two.wait_for_function("() => document.getElementById('count').textContent.startsWith('2 of 6')")
    assert two.inner_text("#answer") == "you said: duplicate"
    press(two, "n", "Pair 3 of 6")  # the first pair is decided anew, and those decided in the other tab are passed over
    one.wait_for_function("() => document.getElementById('count').textContent.includes('0 duplicates, 2 not')")
    assert server.decisions() == [(0, YES), (1, NO), (0, NO)]


def test_hostile_text_is_shown_as_text(context, serve):
    cases = [
        pair(0)
        | {
            "id": HOSTILE,
            "doc_1": {
                "id": HOSTILE,
                "title": HOSTILE,
                "authors": [HOSTILE],
                "urls": ["javascript:alert(1)", "https://example.org/a b"],
                "doi": HOSTILE,
            },
            "doc_2": {"title": f"{HEBREW} {HOSTILE}", "abstract": HOSTILE * 50, "journal": HEBREW},
        },
        pair(1) | {"doc_1": {"title": "long " * 200_000}, "doc_2": {"title": "x" * 1_000_000}},
    ]
    server = serve(cases)
    page = visit(context, server.address)
    title = page.locator("tr.field-title td").first
    assert title.locator("script, img, b").count() == 0
    seen = re.sub(r"U\+[0-9A-F]{4}", "", title.locator(".text").text_content())
    assert seen.strip() == re.sub(r"[\u202e\u2066\x1b\x07]", "", HOSTILE)
    assert {"U+202E", "U+001B"} <= set(title.locator(".invisible").all_text_contents())
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("tr.field-urls").inner_text().count("javascript:alert(1)") == 1
    for link in page.locator("main a").all():
        assert link.get_attribute("rel") == "noopener noreferrer"
    assert page.locator("tr.field-journal td bdi").last.evaluate("cell => getComputedStyle(cell).direction") == "rtl"
    press(page, "n", "Pair 2 of 2")
    assert len(page.locator("tr.field-title td").last.inner_text()) < 10_000
    page.locator("tr.field-title .fold").click()
    assert len(page.locator("tr.field-title td .text").last.text_content()) == 1_000_000
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")


def test_other_fields_are_folded_and_text_alone(context, serve):
    """Key a opens them with the abstracts; what looks like markup is none."""
    case = pair(0) | {"Remark": "<img src=x onerror=alert(1)>"}
    case["doc_1"] = case["doc_1"] | {"DT": "<b>Letter</b>"}
    page = visit(context, serve([case, pair(1)]).address)
    assert not page.locator(".others table").is_visible()
    page.keyboard.press("a")
    assert "<img src=x onerror=alert(1)>" in page.inner_text(".others")
    assert "<b>Letter</b>" in page.inner_text("tr.field-kind")
    assert page.locator("main img").count() == page.locator("main b").count() == 0
    press(page, "n", "Pair 2 of 2")
    assert page.locator(".others").count() == 0


def test_the_end_says_how_to_go_on_and_leads_back_to_the_unsure(context, serve):
    server = serve([pair(number) for number in range(3)])
    page = visit(context, server.address)
    press(page, "d", "Pair 2")
    press(page, "u", "Pair 3")
    press(page, "n", "All 3 pairs")
    assert "papertwin train scored.labels.jsonl" in page.inner_text("main")
    page.click("main button")
    page.wait_for_function("() => document.getElementById('place').textContent === 'Pair 2 of 3'")
    press(page, "d", "All 3 pairs")
    assert server.decisions()[-1] == (1, YES)


@pytest.mark.usefixtures("quick_refit")
def test_a_refit_shows_before_and_after_and_reorders(context, serve):
    """By the decisions alone, so that it is quick; on demand, while the page can be used."""
    look_often(context)
    server = serve([pair(number) for number in range(30)], base="none")
    page = visit(context, server.address)
    press(page, "r", "")
    page.wait_for_selector("#learned:not([hidden])")
    assert "both kinds" in page.inner_text("#learned")
    for number in range(24):
        press(page, "d" if number % 2 else "n", f"Pair {number + 2} of 30")
    press(page, "r", "go on meanwhile")
    press(page, "d", "Saved: duplicate")
    page.wait_for_function("() => document.getElementById('learned').textContent.includes('log loss')", timeout=300_000)
    table = page.inner_text("#learned")
    assert "On your 24 decided pairs" in table
    assert re.search(r"F1\s+[\d.]+\s+[\d.]+", table)
    assert "Model refitted" in page.inner_text("#sure")
    press(page, "n", "Saved")
    assert server.lines()[-1]["model"].startswith("refitted ")


def test_the_static_page_keeps_answers_in_the_browser_and_saves_a_case_file(context, tmp_path):
    path, out = tmp_path / "scored.jsonl", tmp_path / "review.html"
    cases = [*(pair(number) for number in range(5)), pair(5) | {"doc_1": {"title": HOSTILE}}]
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    command = [sys.executable, "-m", "papertwin.cli", "review", str(path), "--static", str(out), "--order", "file"]
    subprocess.run([*command, "--labeller", "Ada"], check=True, capture_output=True)
    assert str(tmp_path) not in out.read_text(encoding="utf-8")
    page = visit(context, out.as_uri())
    press(page, "d", "Pair 2")
    press(page, "n", "Pair 3")
    press(page, "u", "Pair 4")
    press(page, "d", "Pair 5")
    press(page, "z", "Undone. Pair 4")
    other = visit(context, out.as_uri())
    assert "3 of 6" in other.inner_text("#count")
    press(other, "n", "Saved")
    page.reload()
    page.wait_for_selector(".records")
    with page.expect_download() as download:
        page.keyboard.press("s")
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    assert saved.name == "scored.labels.jsonl"
    lines = [json.loads(line) for line in saved.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["decision"]) for line in lines] == [
        (0, YES),
        (1, NO),
        (2, None),
        (3, YES),
        (3, None),
        (3, NO),
    ]
    assert all(line["labeller"] == "Ada" and line["model"].startswith("work ") for line in lines)
    assert lines[0]["doc_1"] == cases[0]["doc_1"]
    page.keyboard.press("/")
    page.keyboard.type("alert")
    page.wait_for_function("() => document.getElementById('hits').textContent === '1 pair:'")
    assert page.locator("#learn").is_hidden()


def test_what_is_decided_before_counts_on_the_static_page_and_is_in_its_case_file(context, tmp_path):
    """Hard because the page that is made anew meets answers that were given on the one before, and saved since."""
    path, out, labels = tmp_path / "scored.jsonl", tmp_path / "review.html", tmp_path / "scored.labels.jsonl"
    cases = [pair(number) for number in range(3)]
    path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    first = cases[0] | {"decision": YES, "labelled_at": "2024-01-02T03:04:05.678901+00:00", "labeller": "Bo"}
    labels.write_text(json.dumps(first) + "\n" + json.dumps(pair(9) | {"decision": NO}) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "papertwin.cli", "review", str(path), "--static", str(out), "--order", "file"]
    made = subprocess.run([*command, "--labeller", "Ada"], check=True, capture_output=True, text=True)
    assert "its decisions count, on 1 of 3 pairs" in made.stderr

    page = visit(context, out.as_uri())
    assert "1 of 3: 1 duplicates" in page.inner_text("#count")
    assert "Save case file" in page.inner_text("#save")
    assert "new" not in page.inner_text("#save")
    press(page, "n", "Pair 3")
    with page.expect_download() as download:
        page.keyboard.press("s")
    download.value.save_as(labels)
    lines = [json.loads(line) for line in labels.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["decision"], line["labeller"]) for line in lines] == [(0, YES, "Bo"), (1, NO, "Ada")]
    assert lines[0]["labelled_at"] == first["labelled_at"]

    subprocess.run([*command, "--force"], check=True, capture_output=True)
    page = visit(context, out.as_uri())
    assert "2 of 3: 1 duplicates, 1 not" in page.inner_text("#count")
    press(page, "z", "Undone. Pair 2")
    assert "1 of 3" in page.inner_text("#count")


def test_a_browser_that_keeps_nothing_is_said(context, tmp_path):
    path, out = tmp_path / "scored.jsonl", tmp_path / "review.html"
    path.write_text(json.dumps(pair(0)) + "\n" + json.dumps(pair(1)) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "papertwin.cli", "review", str(path), "--static", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    page = visit(context, out.as_uri())
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('the quota is used up'); }; }")
    page.keyboard.press("d")
    page.wait_for_selector("#problem:not([hidden])")
    assert "Not saved" in page.inner_text("#problem")
    assert "0 of 2" in page.inner_text("#count")


def findings(page):
    """What axe-core finds in the page as it is."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found]


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (640, "light"), (360, "dark")])
def test_no_finding_of_axe_and_nothing_wider_than_the_window(context, serve, width, scheme):
    """640 is what a window of 1280 has at a zoom of 200 %. Colours do not depend on the width."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    context.add_init_script(path=Path(axe.__file__).parent / "axe.min.js")  # the page's own policy would refuse it
    server = serve([pair(0), pair(1, decision=YES, suspicion=0.5, problem="the years differ"), pair(2)])
    page = visit(context, server.address)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 740})
    assert findings(page) == []
    press(page, "d", "Pair 2")
    page.keyboard.press("a")
    page.keyboard.press("r")
    page.wait_for_selector("#learned:not([hidden])")
    assert findings(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    page.keyboard.press("?")
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.wait_for_selector("#help", state="hidden")
    page.keyboard.press("/")
    page.keyboard.type("census")
    page.wait_for_selector("#found button")
    assert findings(page) == []
    page.keyboard.press("Escape")  # empties the box
    page.keyboard.press("Escape")
    page.wait_for_selector("#search", state="hidden")
    press(page, "u", "Pair 3")
    press(page, "n", "All 3")
    assert findings(page) == []


def test_what_is_said_is_a_live_region_and_focus_can_be_seen(context, serve):
    server = serve([pair(number) for number in range(3)])
    page = visit(context, server.address)
    assert page.locator("#said").get_attribute("role") == "status"
    assert page.locator("#problem").get_attribute("role") == "alert"
    assert page.get_by_role("table", name="The two records, field by field").is_visible()
    assert page.get_by_role("rowheader", name="title").count() == 1
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "() => (at => [at.id || at.tagName, getComputedStyle(at).outlineStyle])(document.activeElement)"
            )
        )
    reached = {name for name, _ in seen}
    assert {"find", "learn", "explain", "duplicate", "distinct", "unsure", "undo", "back", "forth"} <= reached
    assert all(style == "solid" for name, style in seen if name != "BODY")


def test_the_page_asks_nobody_but_its_server(context, serve):
    server = serve([pair(0), pair(1)])
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page = visit(context, server.address)
    press(page, "d", "Pair 2")
    assert asked
    assert [url for url in asked if not url.startswith((server.address, "data:"))] == []


def test_another_site_can_neither_read_nor_decide(chromium, serve):
    """It knows the address, token and all, and is still refused by the browser and by the server."""
    server = serve([pair(0), pair(1)])
    page = chromium.new_page()
    page.route("http://evil.example/", lambda route: route.fulfill(body="<h1>evil</h1>", content_type="text/html"))
    page.goto("http://evil.example/")
    tried = page.evaluate(
        """async (address) => {
          const outcomes = [];
          const body = '{"pair": 0, "answer": "DUPLICATES"}';
          for (const options of [
            { method: "POST", body, headers: { "Content-Type": "application/json" } },
            { method: "POST", body, mode: "no-cors" },
            {},
          ]) {
            try {
              const response = await fetch(address + (options.method ? "api/decide" : "api/start"), options);
              outcomes.push(response.type);
            } catch { outcomes.push("refused"); }
          }
          return outcomes;
        }""",
        server.address,
    )
    assert tried[0] == tried[2] == "refused"
    assert tried[1] in {"refused", "opaque"}
    page.close()
    assert server.lines() == []
