"""`manage.py import_claimreviews`, as whoever runs the server types it."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from claims.models import CheckImport, ImportedCheck
from tests.archive.reviews import review, write
from tests.claims.intake.servers import serving
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
    assert "not one that the desk connects to" in said
    assert (asked, code) == ([], 2)
    said, code = told("http://127.0.0.1/page")
    assert "not on the public internet" in said
    assert code == 2


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
