"""What several tests share: patience with busy machines, record files, quick refits, and a browser if there is one."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

from papertwin.data.files.rows import Reject, decode
from papertwin.data.records import open_records

# A busy machine is no failure.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

# No sandbox: tests may run as root, where Chromium refuses one; and nothing that calls home.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip


@pytest.fixture
def opened(tmp_path):
    """Opens a file of this content; gives its form, its records, its rejects, and the notes."""
    pytest.importorskip("bibtexparser")

    def run(content, name="export.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        notes = []
        file = open_records(path, notes.append)
        rows = list(file.rows)
        assert [row.place for row in rows] == sorted(row.place for row in rows)
        records = [decode(row.raw) for row in rows if not isinstance(row, Reject)]
        return file.form, records, [row for row in rows if isinstance(row, Reject)], notes

    return run


# A refit as it is, but with few trees: what is tried is the way, not the accuracy.
QUICK_REFIT = """
from functools import partial
from papertwin import refitting
from papertwin.models import build, fit
few = fit.Recipe(trees=5, leaves=7, folds=3)
build.build = partial(build.build, candidates=(few,))
fit.Recipe = lambda: few
raise SystemExit(refitting.main())
"""


@pytest.fixture
def quick_refit(monkeypatch):
    """Refits in a process of their own that take a second or two."""
    monkeypatch.setattr("papertwin.pages.refit.PROGRAM", ("-c", QUICK_REFIT))


@pytest.fixture(scope="session")
def chromium():
    """A running Chromium; without one the test is skipped, or fails where PAPERTWIN_BROWSER is "required"."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        sync_playwright = None
    if path is None or sync_playwright is None:
        reason = "no Chromium is installed" if path is None else "playwright is not installed"
        if os.environ.get("PAPERTWIN_BROWSER") == "required":
            pytest.fail(f"{reason}, and PAPERTWIN_BROWSER requires the tests of the review page")
        pytest.skip(f"{reason}: the review page is not tried in a browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()
