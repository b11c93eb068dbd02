"""What several tests share: a browser, where there is one."""

import os
import shutil

import pytest

# No sandbox: tests may run as root, where Chromium refuses one; and nothing that calls home.
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip


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
