"""A task that is worked on for as long as a file is not there; for a worker's --include."""

import os
from pathlib import Path

from celery import shared_task

from factcheck.launcher.processes import wait_until
from tests.waiting import PATIENCE


@shared_task(name="tests.hold")
def hold() -> None:
    """Say in the folder HOLDING that it has begun, and end once `go_on` is there."""
    folder = Path(os.environ["HOLDING"])
    (folder / "begun").touch()
    wait_until((folder / "go_on").exists, PATIENCE)
