"""Whatever is sent: a clean text or a sentence, in bounded time and memory."""

import json
import subprocess
import sys

import pytest

from tests.claims.intake.odd_inputs import CASES
from tests.pace import is_within
from tests.waiting import PATIENCE

ENDED = {
    "two megabytes of short lines": "too_long",
    "two megabytes of wild spaces": "empty",
    "bytes in no encoding": "no_text",
    "Markdown of brackets": "too_long",
    "Markdown of quotes": "malformed",
    "Word file that unpacks to 200 MB": "bomb",
    "Word file with an entity bomb": "entities",
    "Word file nested 100,000 deep": "malformed",
    "Word file cut in half": "malformed",
    "JSON nested 100,000 deep": "malformed",
    "ninjs nested in associations": "malformed",
    "XML entity bomb": "entities",
    "XML entity bomb in UTF-16": "entities",
    "XML nested 100,000 deep": "malformed",
    "feed with an entity bomb": "entities",
}


@pytest.fixture(scope="module")
def costs() -> dict[str, dict]:
    """What each case cost, by its name; one that ended its process has none."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.claims.intake.odd_inputs"],
        capture_output=True, check=True, timeout=5 * PATIENCE, text=True,
    )  # fmt: skip
    return {one.pop("name"): one for one in map(json.loads, run.stdout.splitlines())}


@pytest.mark.parametrize("name", CASES)
def test_odd_input_costs_less_than_two_seconds_and_200_megabytes(name, costs):
    cost = costs[name]
    assert is_within(cost["seconds"], 2), cost
    assert cost["megabytes"] < 200, cost
    assert cost["ended"] == ENDED.get(name, "read")
