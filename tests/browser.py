"""A real Chromium for the pages. Never installed from a test: found, or the test is skipped with the reason.

Browser tests say `pytestmark = pytest.mark.asyncio(loop_scope="session")`: the browser lives on the run's
own loop. Playwright's synchronous face must not be used: after it, every async test in the run fails.
"""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import NoReturn

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Playwright, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
MISSING = (
    "no Chromium found: install one (apt-get install chromium, or: python -m playwright install chromium)"
    " or set CHROMIUM=…"
)
# The network block of conftest.py does not reach into another process: there, no name is ever found.
STAY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One Chromium for the whole run."""
    async with async_playwright() as playwright:
        path = find_chromium(playwright)
        if path is None:
            go_without()
        chromium = await playwright.chromium.launch(executable_path=path, args=[STAY_HERE])
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A page with an empty memory; the test fails if a script on it did."""
    context = await browser.new_context(viewport={"width": 1280, "height": 860})
    opened = await context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    await context.close()
    assert errors == []


def find_chromium(playwright: Playwright) -> str | None:
    given = os.environ.get("CHROMIUM")
    if given:
        return given
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    own = playwright.chromium.executable_path
    return on_path or (own if Path(own).exists() else None)


def go_without() -> NoReturn:
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"REQUIRE_BROWSER=1, but {MISSING}")
    pytest.skip(MISSING)
