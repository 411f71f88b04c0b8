"""docs/integrators.md is run against real processes, so that it cannot go stale.

`WRITE_ANSWERS=1 python -m pytest tests/docs/test_integrators.py` writes its answers anew.
"""

import io
import os
import time
from pathlib import Path

import httpx
import pytest
from django.core.management import call_command

from tests.docs import script
from tests.pace import is_within
from tests.waiting import PATIENCE

SECONDS = 5
"""Within which the document says that an answer is there."""
DOCUMENT = Path(__file__).parents[2] / "docs" / "integrators.md"


def token_of(username: str) -> str:
    printed = io.StringIO()
    call_command("issue_token", username, stdout=printed)
    return printed.getvalue().strip()


@pytest.fixture
def reader(transactional_db, start_desk):
    """Somebody who has started the sample newsroom and opens the document."""
    call_command("load_sample_newsroom", verbosity=0)
    desk = start_desk()
    with httpx.Client(timeout=PATIENCE) as client:
        yield script.Reader(client, token_of, {"DESK": f"{desk.url}/api/v1", "SITE": desk.url})


def follow(reader: script.Reader, step: script.Step) -> tuple[httpx.Response | None, list[str]]:
    """Do the step, again and again while the document asks for patience; return what differs."""
    begun = time.monotonic()
    patience = PATIENCE if step.waits else 0
    while True:
        real = reader.follow(step)
        differing = script.differences(step.answer, real) if step.answer else []
        took = time.monotonic() - begun
        if not differing or took > patience:
            assert not step.waits or is_within(took, SECONDS), f"{took:.1f} s: {step.commands}"
            return real, differing
        time.sleep(0.05)


def test_every_call_in_the_document_is_answered_as_the_document_says(reader):
    document = DOCUMENT.read_text()
    answers, wrong = [], []
    for step in script.steps_of(document):
        real, differing = follow(reader, step)
        if step.answer:
            answers.append((step.answer, real))
        wrong += [f"{line}\n    after: {step.commands}" for line in differing]
    if os.environ.get("WRITE_ANSWERS"):
        DOCUMENT.write_text(script.captured(script.rewritten(document, answers)))
    assert not wrong, "\n".join(wrong)
    assert len(answers) > 15


def test_what_the_document_keeps_of_an_answer_is_what_the_answer_shows():
    document = DOCUMENT.read_text()
    assert script.captured(document) == document
