"""The CMS of docs/integrators.md, run as it stands there against a real desk."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from claims.actions import override_clearance
from claims.models import Article
from tests.docs.test_integrators import DOCUMENT, token_of
from tests.factcheck.processes import free_port
from tests.waiting import wait_until

ALLOWED = {"WEBHOOK_ALLOWED_NETWORKS": "127.0.0.0/8", "WEBHOOK_RETRY_SECONDS": "0.2"}


@pytest.fixture
def desk(transactional_db, start_desk):
    call_command("load_sample_newsroom", verbosity=0)
    return start_desk(extra=ALLOWED, tells_webhooks=True)


def example() -> str:
    (code,) = re.findall(r"^```python\n(.*?)^```$", DOCUMENT.read_text(), re.M | re.S)
    return code


def test_it_publishes_once_the_desk_has_cleared_the_text_and_not_before(
    desk, tmp_path, django_user_model
):
    script = tmp_path / "cms.py"
    script.write_text(example())
    environ = {
        "DESK": f"{desk.url}/api/v1",
        "TOKEN": token_of("integration"),
        "PORT": str(free_port()),
        "PATH": str(Path(sys.executable).parent),
    }
    log = tmp_path / "cms.log"
    with log.open("w") as output:
        cms = subprocess.Popen(
            [sys.executable, str(script)], env=environ, stdout=output, stderr=output
        )
    try:
        wait_until(lambda: "version 1: hold" in log.read_text(), "the CMS to be told to hold")
        assert "published" not in log.read_text()
        version = Article.objects.get(cms_id="story-4713").versions.get()
        lead = django_user_model.objects.get(username="lead")
        override_clearance(
            actor=lead, version=version, decision="go", reason="The service has confirmed it."
        )
        wait_until(lambda: cms.poll() is not None, "the CMS to publish")
    finally:
        cms.kill()
        cms.wait()
    said = log.read_text()
    assert cms.returncode == 0, said
    assert said.splitlines()[-1] == "published"
    assert "version 1: go" in said
