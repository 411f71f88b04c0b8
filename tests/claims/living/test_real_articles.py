"""Every article of a folder, through the real server and the real worker.

`ARTICLES=folder python -m pytest tests/claims/living/test_real_articles.py` prints what it took.
The articles are JSON files with title, text, published and publisher; none is part of the project.
"""

import json
import os
import statistics
import sys
import time
from pathlib import Path

import httpx
import pytest
from knox.models import AuthToken

from claims.models import Article, VersionReading
from tests.factories import BeatFactory

FOLDER = os.environ.get("ARTICLES", "")
SECONDS = 5.0

pytestmark = pytest.mark.skipif(not FOLDER, reason="ARTICLES names no folder of articles")


def as_sent(file: Path) -> dict[str, str]:
    read = json.loads(file.read_text())
    published = read.get("published") or ""
    return {
        "cms_id": file.stem,
        "headline": read["title"],
        "body": read["text"],
        "publisher": read.get("publisher") or "",
        "beat": "politics",
        **({"publish_at": f"{published}Z"} if published else {}),
    }


def test_each_has_its_suggestions_in_time_in_reading_order_and_none_twice(
    running_desk, integration, capsys
):
    BeatFactory()
    headers = {"Authorization": f"Token {AuthToken.objects.create(integration)[1]}"}
    took = []
    with httpx.Client(base_url=running_desk.url, headers=headers, timeout=30) as client:
        for file in sorted(Path(FOLDER).glob("*.json")):
            begun = time.monotonic()
            answer = client.post("/api/v1/articles/", json=as_sent(file))
            assert answer.status_code == 201, answer.text
            reading = VersionReading.objects.filter(
                version__article=answer.json()["id"], state="read"
            )
            running_desk.wait_for(reading.exists, f"the suggestions of {file.stem}")
            took.append(time.monotonic() - begun)
    assert max(took) < SECONDS
    for article in Article.objects.all():
        spans = list(article.claims.order_by("pk").values_list("passage__start", "passage__end"))
        assert spans
        assert len(spans) == len(set(spans))
        assert spans == sorted(spans)
    with capsys.disabled():
        median = statistics.median(took)
        sys.stdout.write(
            f"\n{len(took)} articles: median {median:.2f} s, longest {max(took):.2f} s\n"
        )
