"""Take the pictures in docs/images anew: `make screenshots`.

Starts a desk of its own with the sample newsroom on a free port, in a folder that is removed
afterwards, opens the pages that the documents show in Chromium, and stops the desk.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "images"
PASSWORD = "sample-newsroom"  # noqa: S105  # the sample's, printed by `make run`
PATIENCE = 90.0
SIZE = {"width": 1120, "height": 720}
WIDE = {"width": 1180, "height": 560}  # three columns, and a small file
MOST_BYTES = 150_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHECKED = "148 were reported late"
PROVED = "Skerrow paid for 212 ferry crossings"
SHOWN = "The chief executive never had a conversation about the bonus"


def main() -> int:
    """Take all pictures; return the exit status."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        sys.stderr.write("There is no Chromium on this machine (apt install chromium).\n")
        return 1
    IMAGES.mkdir(exist_ok=True)
    with running_desk() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = chromium.new_page(base_url=url, viewport=SIZE)  # type: ignore[arg-type]  # a TypedDict
        photograph(page)
        photograph_queue(chromium.new_page(base_url=url, viewport=SIZE))  # type: ignore[arg-type]
        photograph_check(chromium.new_page(base_url=url, viewport=WIDE))  # type: ignore[arg-type]
        photograph_board(chromium.new_page(base_url=url, viewport=SIZE))  # type: ignore[arg-type]
        photograph_proof(chromium.new_page(base_url=url, viewport=SIZE))  # type: ignore[arg-type]
        photograph_around(chromium.new_page(base_url=url, viewport=SIZE))  # type: ignore[arg-type]
        photograph_public(chromium.new_page(base_url=url, viewport=SIZE))  # type: ignore[arg-type]
        chromium.close()
    return 0


def photograph(page: Page) -> None:
    """Walk through the desk as its editor and take a picture of each page worth showing."""
    page.goto("/accounts/login/")
    keep(page, "sign-in")
    sign_in(page, "editor")
    keep(page, "start")
    page.goto("/admin/claims/verdict/")
    keep(page, "waiting-for-approval")
    page.click(f"text={SHOWN}")
    page.wait_for_url("**/change/**")
    keep(page, "review")


def photograph_queue(page: Page) -> None:
    """Take a picture of a checker's queue."""
    sign_in(page, "checker")
    page.goto("/queue/")
    keep(page, "queue")


def photograph_around(page: Page) -> None:
    """Take pictures of what is around a checker's work: notices, their settings, help, articles."""
    sign_in(page, "checker")
    for name in ("notices", "preferences", "help", "articles"):
        page.goto(f"/{name}/")
        keep(page, name)


def photograph_public(page: Page) -> None:
    """Take pictures of what readers see, signed out."""
    for name, address in (
        ("archive", "/fact-checks/"),
        ("corrections", "/corrections/"),
        ("methodology", "/methodology/"),
    ):
        page.goto(address)
        keep(page, name)
    page.goto("/fact-checks/")
    page.locator("main article a, main li a[href^='/fact-checks/']").first.click()
    page.wait_for_url("**/fact-checks/*/")
    keep(page, "fact-check")


def photograph_board(page: Page) -> None:
    """Take pictures of the board as its lead sees it: the open work, and the numbers."""
    sign_in(page, "lead")
    page.goto("/board/?days=90")
    keep(page, "board")
    page.locator("#time").evaluate("picture => picture.scrollIntoView()")
    keep(page, "board-numbers")


def photograph_proof(page: Page) -> None:
    """Take pictures of a proof: the answer on top, and a sentence beside its text."""
    page.set_viewport_size({"width": SIZE["width"], "height": 520})  # dense pages, small files
    sign_in(page, "editor")
    page.goto("/articles/")
    page.click(f"text={PROVED}")
    page.wait_for_url("**/proof/")
    keep(page, "clearance")
    page.locator(".sheet .sign.is-wrong").first.click()
    page.wait_for_selector("#panel blockquote")
    page.locator("#text").evaluate("part => part.scrollIntoView()")
    keep(page, "proof")


def sign_in(page: Page, username: str) -> None:
    """Sign in as somebody of the sample newsroom."""
    page.goto("/accounts/login/")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url("**/")


def photograph_check(page: Page) -> None:
    """Open, as a checker, a check that is under way, and take its picture."""
    sign_in(page, "checker")
    page.goto("/queue/")
    page.click(f"text={CHECKED}")
    page.wait_for_url("**/tasks/**")
    keep(page, "check")


def keep(page: Page, name: str) -> None:
    """Store a picture of `page`; raises SystemExit for one too big for a document."""
    page.wait_for_load_state("networkidle")
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise SystemExit(f"{path} has {size:,} bytes; a picture may have {MOST_BYTES:,}.")
    sys.stdout.write(f"{path.relative_to(ROOT)}: {size:,} bytes\n")


@contextmanager
def running_desk() -> Iterator[str]:
    """Run a desk with the sample newsroom; yields its address."""
    folder = tempfile.mkdtemp(prefix="desk-")
    port = free_port()
    environment = os.environ | {"DATA_DIR": folder, "PORT": str(port), "DESK_ENV": "development"}
    command = [sys.executable, "-m", "factcheck.launcher"]
    desk = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(desk, url)
        yield url
    finally:
        desk.send_signal(signal.SIGINT)
        desk.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def wait_until_ready(desk: subprocess.Popen[bytes], url: str) -> None:
    """Wait until the desk answers; raises SystemExit when it ends or takes too long."""
    until = time.monotonic() + PATIENCE
    while not answers(url):
        if desk.poll() is not None or time.monotonic() > until:
            raise SystemExit("The desk for the pictures did not start.")
        time.sleep(0.2)


def answers(url: str) -> bool:
    """Say whether all parts of the desk are ready."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=2):  # noqa: S310  # our own address
            return True
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def free_port() -> int:
    """Return a port of the loopback address on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
