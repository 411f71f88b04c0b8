"""`manage.py import_claimreviews`, as whoever runs the server types it."""

import json
import os
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from claims.models import CheckImport, ImportedCheck
from tests.archive.reviews import review, write
from tests.claims.intake.servers import page, serving
from tests.factcheck.processes import environment
from tests.factories import default_scale

pytestmark = pytest.mark.django_db


def told(where, *options):
    """Run the command; return what it prints, and its last words and exit code if it complains."""
    out = StringIO()
    try:
        call_command("import_claimreviews", where, *options, stdout=out)
    except CommandError as error:
        return f"{out.getvalue()}{error}", error.returncode
    return out.getvalue(), 0


def test_a_dry_run_says_row_by_row_what_would_happen(tmp_path):
    default_scale()
    feed = {"@type": "DataFeed", "dataFeedElement": [{"item": [review(1)]}, {"item": [{}]}]}
    ratings = write(tmp_path, "map.json", {"Made up": "fabricated"})
    said, code = told(write(tmp_path, "feed.json", feed), "--dry-run", "--ratings", ratings)
    assert said.splitlines() == [
        "new           1  https://www.checks.example/1"
        " “The bridge at Lindenau fell down in the storm, part 1”",
        "                 Rating “Made up”: fabricated.",
        "bad           2  element 2",
        "                 There is no ClaimReview here.",
        "Would be: 1 new, 0 changed, 0 same, 1 bad.",
    ]
    assert code == 1
    assert not ImportedCheck.objects.exists()


def test_an_import_tells_of_what_somebody_should_look_at(tmp_path):
    lines = "\n".join(json.dumps(one) for one in (review(1), review(2, datePublished="soon")))
    said, code = told(write(tmp_path, "checks.jsonl", lines))
    assert (said.splitlines()[-1], code) == ("Done: 2 new, 0 changed, 0 same, 0 bad.", 0)
    assert "“soon”, is no date" in said
    assert "/1 “" not in said
    assert ImportedCheck.objects.count() == 2
    assert CheckImport.objects.get().imported_by is None
    assert told(write(tmp_path, "checks.jsonl", lines))[0] == (
        "Done: 0 new, 0 changed, 2 same, 0 bad.\n"
    )


def test_a_table_takes_publisher_and_language_from_the_options(tmp_path):
    table = "url,claim,rating\nhttps://old.example/1,Trams are free,Unsinn\n"
    said, _ = told(
        write(tmp_path, "old.csv", table), "--publisher", "Old Desk", "--language", "de", "-v2"
    )
    assert "Rating “Unsinn”: no step of the scale, kept as text." in said
    check = ImportedCheck.objects.get()
    assert (check.publisher_name, check.language) == ("Old Desk", "de")
    assert (check.rating, check.rating_label) == (None, "Unsinn")


@pytest.mark.parametrize("name", ["archive.csv", "feed.json"])
def test_what_another_desk_publishes_is_read_and_our_own_is_known(tmp_path, make, settings, name):
    settings.PUBLIC_URL = "https://other-desk.example"
    make("published")
    exported = b"".join(Client().get(f"/fact-checks/{name}")).decode()
    where = write(tmp_path, name, exported)
    said, code = told(where)
    assert "one of this desk's own" in said
    assert code == 2
    settings.PUBLIC_URL = "https://desk.example"
    said, code = told(where)
    assert (said.splitlines()[-1], code) == ("Done: 1 new, 0 changed, 0 same, 0 bad.", 0)
    check = ImportedCheck.objects.get()
    assert check.publisher_site == "other-desk.example"
    assert (check.rating.slug, check.language) == ("false", "en")
    assert check.reviewed_at is not None


def test_an_address_inside_the_network_is_not_asked():
    asked = []
    with serving({"/page": lambda handler: asked.append(handler.path)}) as port:
        said, code = told(f"http://127.0.0.1:{port}/page")
    assert "not on the public internet" in said
    assert (asked, code) == ([], 2)
    assert told("http://old.example:99999/") == ("This is not a web address.", 2)


LINES = "\n".join(json.dumps(review(number)) for number in (1, 2))
FEED = json.dumps({"@type": "DataFeed", "dataFeedElement": [{"item": [review(1), review(2)]}]})
PAGE = f"""<!doctype html><title>Checks</title><script type="application/ld+json">
{{"@context": "https://schema.org", "@graph": [{json.dumps(review(1))}, {json.dumps(review(2))}]}}
</script>"""
TABLE = "url,claim,rating\nhttps://old.example/1,Trams are free,No\nhttps://old.example/2,Rain,No\n"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (LINES, "application/x-ndjson"),
        (FEED, "application/json"),
        (PAGE, "text/html; charset=utf-8"),
        (TABLE, "text/csv"),
    ],
)
def test_what_stands_at_an_address_is_imported_once_its_network_is_allowed(settings, body, kind):
    settings.INTAKE_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    with serving({"/old": page(body.encode(), Content_Type=kind)}) as port:
        where = f"http://127.0.0.1:{port}/old"
        dry, _ = told(where, "--dry-run")
        said, code = told(where)
        again, _ = told(where)
    assert dry.splitlines()[-1] == "Would be: 2 new, 0 changed, 0 same, 0 bad."
    assert (said, code) == ("Done: 2 new, 0 changed, 0 same, 0 bad.\n", 0)
    assert again == "Done: 0 new, 0 changed, 2 same, 0 bad.\n"
    assert CheckImport.objects.filter(came_from=where).count() == 2


def test_a_redirect_out_of_what_is_allowed_is_not_followed(settings):
    settings.INTAKE_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    away = page(b"", status=302, Location="http://10.0.0.1/checks.json")
    with serving({"/old": away}) as port:
        said, code = told(f"http://127.0.0.1:{port}/old")
    assert "not on the public internet" in said
    assert code == 2


@pytest.mark.django_db(transaction=True)
def test_an_operator_imports_their_old_archive_and_readers_find_it(
    client, settings, redis_server, run_folder
):
    """The whole way: settings in the environment, a server, the command, the archive's page."""
    settings.PUBLISHER_URL = "https://www.checks.example"
    allowed = {"INTAKE_ALLOWED_NETWORKS": "127.0.0.0/8", "LOG_LEVEL": "ERROR"}
    with serving({"/feed.json": page(FEED.encode(), Content_Type="application/json")}) as port:
        done = subprocess.run(
            [
                sys.executable,
                "manage.py",
                "import_claimreviews",
                f"http://127.0.0.1:{port}/feed.json",
            ],
            env=os.environ | environment(redis_server, run_folder) | allowed,
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Done: 2 new, 0 changed, 0 same, 0 bad.\n"
    shown = client.get("/fact-checks/?q=bridge").content.decode()
    assert 'href="https://www.checks.example/1"' in shown


@pytest.mark.parametrize(
    ("content", "says"),
    [("{}", "Nothing could be read."), ("", "Nothing could be read."), (None, "is no file")],
)
def test_what_cannot_be_read_is_said(tmp_path, content, says):
    where = write(tmp_path, "file", content) if content is not None else str(tmp_path / "none")
    said, code = told(where)
    assert says in said
    assert code == 2


@pytest.mark.parametrize("content", ["[1]", '{"a": 1}', "{"])
def test_a_map_that_is_none_is_refused(tmp_path, content):
    said, code = told(
        write(tmp_path, "a.json", [review(1)]), "--ratings", write(tmp_path, "m.json", content)
    )
    assert "map of ratings" in said
    assert code
    assert not ImportedCheck.objects.exists()


def test_a_map_to_a_rating_that_is_not_there_is_refused(tmp_path):
    ratings = write(tmp_path, "m.json", {"Made up": "nonsense"})
    said, code = told(write(tmp_path, "a.json", [review(1)]), "--ratings", ratings)
    assert "“Made up” cannot stand for “nonsense”" in said
    assert code == 2


def test_the_index_is_made_anew_by_a_command(tmp_path):
    told(write(tmp_path, "a.json", [review(1)]))
    out = StringIO()
    call_command("index_archive", stdout=out)
    assert out.getvalue() == "The archive finds 1 fact-checks.\n"
