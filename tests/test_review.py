"""papertwin review: what the server tells and to whom, what a decision does, and the page that needs no server."""

import json
import logging
import re
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.request import urlopen

import pytest

from papertwin import review
from papertwin.data.cases import read_cases
from papertwin.data.conventions import DEFINITIONS
from papertwin.data.errors import OutputError
from papertwin.models import load
from papertwin.pages.journal import Journal
from papertwin.pages.pairs import pairs_of
from papertwin.pages.policy import page_files
from papertwin.pages.refits import Refits
from papertwin.pages.scored import Scored
from papertwin.pages.session import Session
from papertwin.pages.static import page

YES, NO, UNSURE = "DUPLICATES", "NOT DUPLICATES", "UNSURE"
TITLES = ("Foxes", "Badgers", "Otters", "Herons", "Newts", "Voles")
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">&lt;b&gt; \u202eevil\u2066 \x00\x1b]0;x\x07'


def pair(number, **more):
    """Two records of a census, more alike for some numbers than for others."""
    title = f"{TITLES[number % 6]} of the lower valley: a census, part {number}"
    other = title.upper() if number % 2 else title.replace(f"part {number}", f"part {number + 1}")
    first = {"id": f"a{number}", "title": title, "authors": ["Io Marsh", "Ada Brook"], "publication_date": "2001"}
    second = {"id": f"b{number}", "title": other, "authors": ["Marsh, I."], "doi": f"10.1000/{number}"}
    return {"id": number, "doc_1": first, "doc_2": second} | more


@pytest.fixture
def write(tmp_path):
    def write(cases, name="scored.jsonl"):
        path = tmp_path / name
        path.write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
        return str(path)

    return write


def opened(path, order="file", every=0, base="none"):
    model = load("work")
    pairs = pairs_of(read_cases(path), model)
    journal = Journal(Path(path).with_suffix(".labels.jsonl"))
    return Session(Scored(pairs, model, order), order, journal, Refits("work", base, every))


@pytest.fixture
def session(write):
    made = opened(write([pair(number) for number in range(6)]))
    yield made
    made.close()


@pytest.fixture
def app(session):
    pytest.importorskip("flask")
    from papertwin.pages.server import application

    made = application(session, "secret")
    made.config["PORT"] = 8000
    return made


HOME = {"base_url": "http://127.0.0.1:8000"}


def test_the_end_advises_what_the_decisions_are_for(write):
    """Of dedupe's pairs works come first; doubted labels count only beside the cases that they stand in."""
    model = load("record")

    def commands(**more):
        path = write([pair(number, **more) for number in range(2)])
        return [
            command
            for _, command in Scored(pairs_of(read_cases(path), model), model, "file").beginning("my l.jsonl")["steps"]
        ]

    train = "papertwin train 'my l.jsonl' --base record --output my_model"
    assert commands() == [train]
    assert commands(convention="record", decision=None) == [
        "papertwin dedupe FILES -o WORKS --model record --labels 'my l.jsonl' --force",
        train,
    ]
    assert commands(convention="record", decision=YES, labelled_at="2024-01-01T00:00:00+00:00") == [train]
    assert commands(suspicion=0.9, label="yes") == [
        "papertwin train CHECKED_FILES 'my l.jsonl' --base record --output my_model"
    ]


OWN = HOME | {"headers": {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}}


def decide(app, row, answer, **options):
    return app.test_client().post("/secret/api/decide", json={"pair": row, "answer": answer}, **(OWN | options))


class TestWhoIsAnswered:
    """The server is for one person on this machine."""

    @pytest.mark.parametrize(
        "path", ["/", "/wrong/", "/wrong/api/start", "/secre/", "/secrets/", "/s%C3%A9cret/", "/api/start"]
    )
    def test_nothing_without_the_token(self, app, path):
        answer = app.test_client().get(path, **HOME)
        assert answer.status_code == 404
        assert b"Foxes" not in answer.data

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "evil.example:8000", "127.0.0.1", "localhost:9", "127.0.0.1.evil.example:8000", "[::1]:8000"],
    )
    def test_no_foreign_name(self, app, host):
        """Another site may let its name resolve to this machine."""
        answer = app.test_client().get("/secret/api/start", base_url=f"http://{host}")
        assert answer.status_code == 403

    @pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000"])
    def test_its_own_names(self, app, host):
        assert app.test_client().get("/secret/api/start", base_url=f"http://{host}").status_code == 200

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "null"},
            {"Origin": "http://evil.example"},
            {"Origin": "http://127.0.0.1:9"},
            {"Origin": "https://127.0.0.1:8000"},
            {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-site"},
        ],
    )
    def test_no_decision_from_another_site(self, app, session, headers):
        assert decide(app, 0, YES, headers=headers).status_code == 403
        assert session.state()["log"] == []

    def test_no_form_post(self, app, session):
        """The only kind of post that another site can send without asking first."""
        body = json.dumps({"pair": 0, "answer": YES})
        answer = app.test_client().post("/secret/api/decide", data=body, content_type="text/plain", **OWN)
        assert answer.status_code == 415
        assert session.state()["log"] == []

    def test_no_other_site_is_let_in(self, app):
        answer = app.test_client().options("/secret/api/decide", **OWN)
        assert not [name for name, _ in answer.headers if name.lower().startswith("access-control")]

    @pytest.mark.parametrize(
        "path", ["/secret/", "/secret/review.js", "/secret/api/start", "/secret/api/pairs/0", "/wrong/"]
    )
    def test_every_answer_has_the_strict_headers(self, app, path):
        headers = app.test_client().get(path, **HOME).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "http" not in policy
        assert "require-trusted-types-for 'script'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(
        "name", ["../server.py", "..%2fserver.py", "%2e%2e/server.py", "server.py", "/etc/passwd", "a/b"]
    )
    def test_no_other_file_is_served(self, app, name):
        assert app.test_client().get(f"/secret/{name}", **HOME).status_code in {404, 405}

    def test_a_huge_request_is_refused(self, app):
        assert decide(app, 0, "x" * 100_000).status_code == 413

    def test_the_server_listens_on_the_loopback_interface_only(self, session):
        pytest.importorskip("waitress")
        from papertwin.pages.server import Server

        one, two = Server(session), Server(session)
        try:
            assert one._server.socket.getsockname() == ("127.0.0.1", one.port)
            assert re.fullmatch(rf"http://127\.0\.0\.1:{one.port}/[\w-]{{32}}/", one.address)
            assert one.token != two.token
            assert not logging.getLogger("waitress.queue").isEnabledFor(logging.WARNING)
        finally:
            one._server.close()
            two._server.close()


class TestAnswers:
    """What the page asks for and gets."""

    def test_a_decision_is_told_with_what_is_new(self, app, session):
        answer = decide(app, 2, YES).get_json()
        assert answer["log"] == [[2, YES]]
        (line,) = session._journal.path.read_text(encoding="utf-8").splitlines()
        found = json.loads(line)
        assert (found["id"], found["decision"], found["doc_1"]) == (2, YES, pair(2)["doc_1"])
        assert found["model"] == load("work").signature
        assert found["duplicate_probability"] == session.view(2)["probability"]

    def test_two_tabs_hear_of_each_other(self, app):
        client = app.test_client()
        decide(app, 1, YES)
        decide(app, 2, NO)
        news = client.get("/secret/api/state?seen=1&version=0", **HOME).get_json()
        assert news["log"] == [[2, NO]]
        assert "order" not in news

    @pytest.mark.parametrize(
        ("row", "answer", "status"),
        [
            (6, YES, 404),
            (-1, YES, 404),
            ("0", YES, 400),
            (None, YES, 400),
            (0, "perhaps", 400),
            (0, None, 400),
            (1.5, YES, 400),
            (True, "", 400),
        ],
    )
    def test_nonsense_is_refused_and_not_saved(self, app, session, row, answer, status):
        refused = decide(app, row, answer)
        assert refused.status_code == status
        assert refused.get_json()["error"]
        assert session.state()["log"] == []

    @pytest.mark.parametrize("body", ["[]", "{", "3", "null", '"x"'])
    def test_a_body_of_something_else_is_refused(self, app, body):
        answer = app.test_client().post("/secret/api/decide", data=body, content_type="application/json", **OWN)
        assert answer.status_code == 400

    def test_what_is_not_saved_is_an_error_without_a_path(self, app, session, monkeypatch):
        def full(line):
            raise OutputError("scored.labels.jsonl: the disk is full")

        monkeypatch.setattr(session._journal, "_write", full)
        refused = decide(app, 0, YES)
        assert refused.status_code == 507
        assert refused.get_json() == {"error": "scored.labels.jsonl: the disk is full"}
        assert session.state()["log"] == []

    def test_undo_takes_an_answer_back_and_then_has_nothing_left(self, app, session):
        client = app.test_client()
        decide(app, 3, YES)
        assert client.post("/secret/api/undo", json={"pair": 3}, **OWN).get_json()["log"][-1] == [3, None]
        assert client.post("/secret/api/undo", json={"pair": 3}, **OWN).status_code == 400

    def test_no_path_of_this_machine_is_told(self, app, session, tmp_path):
        decide(app, 0, YES)
        client = app.test_client()
        told = b"".join(
            client.get(f"/secret/{path}", **HOME).data
            for path in ("", "api/start", "api/state?seen=0&version=-1", "api/pairs/0", "api/index")
        )
        assert str(tmp_path).encode() not in told
        assert tmp_path.name.encode() not in told

    def test_a_refit_without_decisions_of_both_kinds_says_what_it_needs(self, app):
        decide(app, 0, YES)
        state = app.test_client().post("/secret/api/refit", json={}, **OWN).get_json()["refit"]
        assert "both kinds" in state["error"]
        assert not state["running"]


class TestSession:
    """Decisions, orders and refits."""

    def test_a_restart_goes_on_where_it_stopped(self, write):
        path = write([pair(number) for number in range(6)])
        first = opened(path)
        for row, answer in ((4, YES), (1, NO), (2, UNSURE), (5, YES)):
            first.decide(row, answer)
        first.undo(5)
        first.close()
        again = opened(path)
        assert again.start()["log"] == [(4, YES), (1, NO), (2, UNSURE), (5, YES), (5, None)]
        assert again.start()["order"][:3] == [4, 1, 2]
        again.close()

    def test_the_page_is_told_what_a_duplicate_is(self, write):
        for convention in ("work", "record"):
            model = load(convention)
            scored = Scored(pairs_of(read_cases(write([pair(0), pair(1)])), model), model, "file")
            assert scored.beginning("labels.jsonl")["definition"] == DEFINITIONS[convention]

    def test_decisions_on_other_pairs_are_kept_and_told(self, write):
        path = write([pair(number) for number in range(3)])
        first = opened(path)
        first.decide(0, YES)
        first.close()
        model, told = load("work"), []
        pairs = pairs_of(read_cases(write([pair(7), pair(8)], "other.jsonl")), model)
        journal = Journal(Path(path).with_suffix(".labels.jsonl"))
        session = Session(Scored(pairs, model, "file"), "file", journal, Refits("work", "none", 0), told.append)
        assert session.start()["log"] == []
        assert "1 pair of it is not in other.jsonl: left alone" in told[0]
        session.decide(1, NO)
        session.close()
        assert len(read_cases(journal.path)) == 2

    def test_a_pair_that_stands_there_twice_is_asked_once(self, write):
        model, told = load("work"), []
        turned = pair(1) | {"doc_1": pair(1)["doc_2"], "doc_2": pair(1)["doc_1"]}
        pairs = pairs_of(read_cases(write([pair(1), pair(2), turned])), model, told.append)
        assert [case.id for case in pairs.cases] == ["1", "2"]
        assert "1 pair is there more than once: asked once" in told[0]

    def test_pairs_that_cannot_be_shown_are_told(self, write):
        told = []
        found = read_cases(write([pair(1), pair(2) | {"doc_2": {"id": "x"}}, {"doc_1": {}}]))
        pairs = pairs_of(found, load("work"), told.append)
        assert len(pairs) == 1
        assert any("no content" in note for note in told)
        assert found.rejections()[0].endswith("line 3 rejected: it has no doc_2")

    def test_a_file_that_another_model_scored_is_told(self, write):
        told = []
        found = read_cases(write([pair(1, model="mine 11111111", duplicate_probability=0.5)]))
        pairs_of(found, load("work"), told.append)
        assert "scored by mine 11111111" in told[0]

    def test_the_probability_is_that_of_predict(self, write, tmp_path):
        from papertwin.predict import main

        path, out = write([pair(number) for number in range(6)]), tmp_path / "out.jsonl"
        assert main([path, "-o", str(out), "--quiet"]) == 0
        said = [json.loads(line)["duplicate_probability"] for line in out.read_text(encoding="utf-8").splitlines()]
        session = opened(path)
        assert [session.view(row)["probability"] for row in range(6)] == pytest.approx(said, abs=1e-12)
        session.close()

    def test_the_kind_and_all_else_that_the_records_and_the_case_say_is_shown(self, write):
        """A kind decides much, and so does what the user has noted; nothing is shown twice."""
        one = pair(0, note="merged, not for sure", Remark="ask <b>Ada</b>", duplicate_probability=0.5, decision=YES)
        one["doc_1"] |= {"DT": "Meeting Abstract", "PT": "J", "original": {"Web of Science": {"AU": ["Marsh, I"]}}}
        one["doc_2"] |= {"M3": "Article", "LA": "English", "versions": [{"title": "x"}]}
        session = opened(write([one, pair(1)]))
        view = session.view(0)
        session.close()

        kind = next(field for field in view["fields"] if field["name"] == "kind")
        assert [side["segments"] for side in kind["sides"]] == [[["Meeting Abstract", True]], [["Article", True]]]
        assert kind["relation"] == ""  # nobody knows whether the one is the other
        assert view["note"] == "merged, not for sure"
        assert view["columns"] == [["Remark", "ask <b>Ada</b>"]]
        assert view["others"] == [
            ["DT", "Meeting Abstract", ""],
            ["PT", "J", ""],
            ["original, Web of Science, AU", "Marsh, I", ""],
            ["M3", "", "Article"],
            ["LA", "", "English"],
        ]
        assert session.view(1)["others"] == session.view(1)["columns"] == []
        assert all(field["name"] != "kind" for field in session.view(1)["fields"])

    @pytest.mark.parametrize(
        ("one", "other", "relation"),
        [
            ({"type": "article-journal"}, {"Document Type": "Article"}, "same"),
            ({"TY": "JOUR"}, {"PT": ["Journal Article", "Review"]}, "same"),
            ({"type": "preprint"}, {"type": "article"}, "differs"),
            ({"type": "Journal Article"}, {"type": ["Journal Article", "Published Erratum"]}, "differs"),
            ({"type": "Letter"}, {"type": "Article"}, ""),
            ({"type": "Letter"}, {"type": "LETTER"}, "same"),
            ({"type": "Letter"}, {}, "only first"),
        ],
    )
    def test_kinds_are_compared_by_what_they_mean(self, write, one, other, relation):
        """Each database has words of its own; where one is not understood, nobody can say whether they differ."""
        shown = pair(0)
        shown["doc_1"] |= one
        shown["doc_2"] |= other
        session = opened(write([shown, pair(1)]))
        kind = next(field for field in session.view(0)["fields"] if field["name"] == "kind")
        session.close()

        assert kind["relation"] == relation
        if relation in {"same", ""}:
            assert all(same for side in kind["sides"] for _, same in side["segments"])

    def test_titles_in_capitals_are_the_same(self, write):
        """A person looks for other words; where case alone differs, nothing is marked."""
        shown = pair(0)
        shown["doc_1"]["title"], shown["doc_2"]["title"] = "Telehealth for swifts", "TELEHEALTH FOR SWIFTS"
        session = opened(write([shown, pair(1)]))
        title = next(field for field in session.view(0)["fields"] if field["name"] == "title")
        session.close()

        assert title["relation"] == "same"
        assert [side["segments"] for side in title["sides"]] == [
            [["Telehealth for swifts", True]],
            [["TELEHEALTH FOR SWIFTS", True]],
        ]

    def test_the_edition_and_the_isbns_of_books_stand_beside_the_fields(self, write):
        """They are compared, and a librarian looks at them first; whatever name a format has for them."""
        one = pair(0)
        one["doc_1"] |= {"ET": "2nd", "SN": "978-3-16-148410-0"}
        one["doc_2"] |= {"edition": "3", "isbn": "316148410X"}
        session = opened(write([one, pair(1)]))
        fields = {field["name"]: field for field in session.view(0)["fields"]}
        session.close()
        assert [fields["edition"]["relation"], fields["ISBN"]["relation"]] == ["differs", "same"]
        assert fields["ISBN"]["sides"][1]["segments"] == [["9783161484100", True]]

    def test_what_else_a_wide_row_has_is_shown(self, tmp_path):
        """Columns of one record stand beside it, others below the pair."""
        path = tmp_path / "pairs.csv"
        path.write_text("title_1,title_2,Document Type_1,Document Type_2,remark\na,b,Letter,Article,odd\n")
        session = opened(str(path))
        view = session.view(0)
        session.close()
        assert view["columns"] == [["remark", "odd"]]
        assert view["others"] == [["Document Type", "Letter", "Article"]]

    def test_the_page_shows_both_texts_whole(self, session):
        """The segments of each field join to the field, and what is not the same is marked."""
        fields = {field["name"]: field for field in session.view(0)["fields"]}
        left, right = fields["title"]["sides"]
        assert "".join(text for text, _ in left["segments"]) == pair(0)["doc_1"]["title"]
        assert "".join(text for text, _ in right["segments"]) == pair(0)["doc_2"]["title"]
        assert ["0", False] in left["segments"]
        assert fields["title"]["relation"] == "differs"
        assert fields["doi"]["relation"] == "only second"
        assert fields["doi"]["sides"][1]["links"] == [["open", "https://doi.org/10.1000/0"]]

    def test_the_reasons_are_the_models(self, session):
        view = session.view(0)
        assert view["reasons"]
        assert {name for name, _ in view["groups"]} >= {"title", "authors", "date"}

    def test_a_given_label_and_its_suspicion_are_shown(self, write):
        session = opened(
            write([pair(0, decision=YES, suspicion=0.75, problem="the years differ"), pair(1)]), "suspects"
        )
        assert session.start()["order"] == [0, 1]
        view = session.view(0)
        assert (view["label"], view["suspicion"], view["problem"]) == (YES, 0.75, "the years differ")
        session.close()


def labelled(session, rows):
    for row in rows:
        session.decide(row, YES if row % 2 else NO)


def wait_for_refit(session):
    """Until the refit that is under way is done."""
    running = session._refits._running
    if running is not None:
        running._thread.join(300)
    return session.state()


class TestRefit:
    """Learning from the decisions, in a process of its own."""

    @pytest.mark.usefixtures("quick_refit")
    def test_after_so_many_decisions_the_model_learns_and_what_is_left_is_reordered(self, write):
        """The decisions alone, thirty of them: the new model knows which of the two kinds is which."""
        session = opened(write([pair(number) for number in range(60)]), "doubtful", every=30)
        before = session.start()
        labelled(session, range(30))
        state = wait_for_refit(session)
        session.close()
        assert state["refit"]["error"] is None
        result = state["refit"]["result"]
        assert result["cases"] == 30
        assert result["before"].keys() == result["after"].keys() >= {"f1", "log_loss"}
        assert 0 <= result["changed"] <= 60
        assert state["version"] == before["version"] + 1
        assert state["order"][:30] == list(range(30))
        assert sorted(state["order"]) == list(range(60))
        assert state["model"].startswith("refitted ")

    def test_a_refit_that_is_refused_says_why_on_the_page(self, write):
        session = opened(write([pair(number) for number in range(6)]))
        labelled(session, range(4))
        session.refit()
        state = wait_for_refit(session)
        session.close()
        assert "too few" in state["refit"]["error"]
        assert "/" not in state["refit"]["error"].replace("and/or", "")
        assert not state["refit"]["running"]

    def test_closing_stops_a_refit(self, write):
        session = opened(write([pair(number) for number in range(20)]), base="work")
        labelled(session, range(20))
        session.refit()
        process = session._refits._running._process
        session.close()
        assert process.poll() is not None

    def test_too_few_decisions_start_nothing_by_themselves(self, write):
        session = opened(write([pair(number) for number in range(6)]), every=2)
        labelled(session, range(6))
        state = session.state()
        session.close()
        assert not state["refit"]["running"]
        assert state["refit"]["error"] is None

    def test_decisions_of_one_kind_start_nothing_by_themselves(self, write):
        session = opened(write([pair(number) for number in range(6)]), every=2)
        for row in range(3):
            session.decide(row, YES)
        state = session.state()
        session.close()
        assert not state["refit"]["running"]
        assert state["refit"]["error"] is None


class TestStatic:
    """One file that needs nothing else."""

    @pytest.fixture
    def html(self, write):
        model = load("work")
        return page(
            Scored(pairs_of(read_cases(write([pair(0), hostile()])), model), model, "doubtful"), "mine.jsonl", "Ada"
        )

    def test_it_loads_nothing(self, html):
        assert not re.search(r"<(script|link|img|iframe)[^>]*\s(src|href)=(?!\"data:)", html)
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)[1]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert policy.count("'sha256-") == 5

    def test_no_text_can_end_the_data(self, html):
        data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)[1]
        assert "<" not in data
        cases = json.loads(data)["cases"]
        assert cases[1]["doc_1"]["title"] == HOSTILE

    def test_scripts_hold_nothing_that_ends_them(self):
        scripts = [part.decode() for name, part in page_files().items() if name.endswith(".js")]
        assert scripts
        for text in scripts:
            assert "</script" not in text
            assert "innerHTML" not in text

    def test_the_command_writes_it_without_the_web_framework(self, write, tmp_path):
        """As the core installation does."""
        out = tmp_path / "out.html"
        script = (
            "import sys; sys.modules['flask'] = sys.modules['waitress'] = None\n"
            "from papertwin.cli import main; sys.exit(main(sys.argv[1:]))"
        )
        command = [sys.executable, "-c", script, "review", write([pair(0)]), "--static", str(out)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert "<!doctype html>" in out.read_text(encoding="utf-8")
        assert done.stdout == ""

    def test_without_the_framework_serving_says_what_to_install(self, write):
        script = (
            "import sys; sys.modules['waitress'] = sys.modules['waitress.server'] = None\n"
            "from papertwin.cli import main; sys.exit(main(sys.argv[1:]))"
        )
        command = [sys.executable, "-c", script, "review", write([pair(0)])]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        assert 'pip install ".[review]"' in done.stderr

    def test_an_existing_page_is_kept(self, write, tmp_path):
        out = tmp_path / "out.html"
        out.write_text("mine", encoding="utf-8")
        assert review.main([write([pair(0)]), "--static", str(out)]) == 2
        assert out.read_text(encoding="utf-8") == "mine"
        assert review.main([write([pair(0)]), "--static", str(out), "--force", "--quiet"]) == 0

    def test_rows_that_cannot_be_read_are_told_even_quietly(self, write, tmp_path, capsys):
        path = write([pair(0), {"doc_1": {}, "doc_2": 5}])
        assert review.main([path, "--static", str(tmp_path / "page.html"), "--quiet"]) == 3
        assert "line 2 rejected: its doc_2 is not a record" in capsys.readouterr().err

    def test_only_the_first_of_the_order_if_so_wanted(self, write, tmp_path, capsys):
        out = tmp_path / "out.html"
        path = write([pair(number) for number in range(6)])
        assert review.main([path, "--static", str(out), "--most", "2", "--order", "file"]) == 0
        data = re.search(r'id="data">(.*?)</script>', out.read_text(encoding="utf-8"), re.DOTALL)[1]
        assert [case["id"] for case in json.loads(data)["cases"]] == [0, 1]
        assert "first 2 of 6" in capsys.readouterr().err

    @pytest.mark.parametrize("name", ["page.pdf", "page", "page.html.gz"])
    def test_a_page_that_no_browser_would_know_is_refused(self, write, tmp_path, capsys, name):
        """Before anything is scored."""
        assert review.main([write([pair(0)]), "--static", str(tmp_path / name)]) == 2
        assert "the page is HTML: name a file that ends in .html or .htm" in capsys.readouterr().err
        assert not (tmp_path / name).exists()

    def test_a_static_page_needs_no_place_in_the_file_of_decisions(self, write, tmp_path):
        """It is only read, also while a served page adds to it."""
        labels, out = write([pair(0, decision="DUPLICATES")], "labels.jsonl"), tmp_path / "page.html"
        with closing(Journal(labels)):
            assert review.main([write([pair(0)]), "--static", str(out), "--labels", labels]) == 0
        assert '"decided":[{"row":0,"answer":"DUPLICATES"' in out.read_text(encoding="utf-8")

    def test_a_page_of_very_many_pairs_is_told(self, write, tmp_path, capsys, monkeypatch):
        """Before it is written, which takes minutes then."""
        monkeypatch.setattr(review, "MANY", 2)
        path, out = write([pair(number) for number in range(3)]), tmp_path / "out.html"
        assert review.main([path, "--static", str(out)]) == 0
        assert "3 pairs make a page that is slow to write and to open: --most N" in capsys.readouterr().err
        assert review.main([path, "--static", str(out), "--force", "--most", "2"]) == 0
        assert "slow" not in capsys.readouterr().err


def hostile():
    return {
        "id": HOSTILE,
        "doc_1": {"title": HOSTILE, "urls": ["javascript:alert(1)"]},
        "doc_2": {"title": "x" * 1_000_000, "authors": [HOSTILE]},
    }


def test_a_megabyte_and_half_characters_are_shown(write):
    path = write([hostile()])
    session = opened(path)
    view = session.view(0)
    session.close()
    assert json.dumps(view)
    title = next(field for field in view["fields"] if field["name"] == "title")
    assert "".join(text for text, _ in title["sides"][1]["segments"]) == "x" * 1_000_000


@pytest.mark.parametrize(
    "options", [["--order", "suspects"], ["--refit", "-1"], ["--labels", "labels.csv"], ["--port", "1"]]
)
def test_wrong_use_is_told_in_a_sentence(write, options, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    if options[0] == "--port" and not hasattr(sys, "getandroidapilevel"):
        pytest.importorskip("waitress")
        monkeypatch.setattr("waitress.server.create_server", refuse)
    assert review.main([write([pair(0)]), *options, "--quiet"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("papertwin: ")


def refuse(*arguments, **options):
    raise OSError(98, "Address already in use")


class TestConvention:
    """What is asked is what was meant: the convention of a run travels with its doubtful pairs and their labels."""

    @pytest.mark.parametrize(
        ("said", "options", "asked"),
        [
            ({"convention": "record"}, [], "record"),
            ({"model": "record 1a2b3c4d"}, [], "record"),  # as predict writes it
            ({"model": "mine 1a2b3c4d", "convention": "record"}, [], "record"),
            ({}, [], "work"),
            ({"convention": "record"}, ["--model", "work"], "work"),
        ],
    )
    def test_the_page_asks_by_the_convention_of_the_file(self, said, options, asked, write, tmp_path, capsys):
        out = tmp_path / "page.html"
        path = write([pair(1, **said), pair(2, **said, decisions={"work": "DUPLICATES", "record": "NOT DUPLICATES"})])
        assert review.main([path, "--static", str(out), *options]) == 0
        html = out.read_text(encoding="utf-8")
        found = json.loads(html.partition('id="data">')[2].partition("</script>")[0])
        assert found["beginning"]["convention"] == asked
        assert [case["convention"] for case in found["cases"]] == [asked, asked]
        assert found["views"][1]["label"] == ("DUPLICATES" if asked == "work" else "NOT DUPLICATES")
        assert ("because of --model" in capsys.readouterr().err) is bool(options)

    def test_labels_of_the_other_convention_are_not_added_to(self, write, tmp_path, capsys):
        labels = write([pair(3, decision="DUPLICATES", convention="work")], "labels.jsonl")
        assert review.main([write([pair(1, convention="record")]), "--labels", labels]) == 2
        assert "name another file by --labels, or give --model work" in capsys.readouterr().err

    def test_a_base_of_the_other_convention_is_refused(self, write, capsys):
        assert review.main([write([pair(1, convention="record")]), "--base", "work"]) == 2
        assert "leave --base out" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGTERM])
def test_a_server_that_is_ended_ends_as_its_help_says(write, capsys, ended_by):
    """Ctrl-C is how a person ends it, and nothing has failed then."""
    pytest.importorskip("waitress")
    path = write([pair(0)])
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a shell's background jobs
    with subprocess.Popen(
        [sys.executable, "-m", "papertwin.review", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as served:
        signal.signal(signal.SIGINT, heeded)
        try:
            with urlopen(served.stdout.readline().strip()) as answered:
                assert answered.status == 200
            served.send_signal(ended_by)
            assert served.wait(timeout=60) == 0
        finally:
            served.kill()
    with pytest.raises(SystemExit):
        review.main(["--help"])
    assert "0 done, as when Ctrl-C or a signal ends the server" in capsys.readouterr().out


def test_decisions_lie_beside_the_file_unless_said_otherwise():
    assert review.labels_beside("-") == "labels.jsonl"
    assert review.labels_beside("a/scored.jsonl.gz") == str(Path("a/scored.labels.jsonl"))
    assert review.labels_beside("scored.json") == "scored.labels.jsonl"


def test_a_file_without_pairs_is_told(tmp_path, capsys):
    path = tmp_path / "none.json"
    path.write_text('{"cases": []}', encoding="utf-8")
    assert review.main([str(path)]) == 0
    assert "it has no pairs" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["-1", "65536", "99999", "x"])
def test_a_port_that_is_none_is_wrong_use(port, capsys):
    """99999 was taken for 34463."""
    with pytest.raises(SystemExit) as stop:
        review.main(["pairs.jsonl", "--port", port])

    assert stop.value.code == 2
    assert "--port" in capsys.readouterr().err.splitlines()[-1]


@pytest.mark.parametrize("option", [["--refit", "3"], ["--base", "none"], ["--port", "8000"]])
def test_options_of_the_server_mean_nothing_to_a_page_without_one(option, tmp_path, capsys):
    assert review.main(["pairs.jsonl", "--static", str(tmp_path / "page.html"), *option]) == 2
    assert f"{option[0]}: --static makes no use of it" in capsys.readouterr().err
