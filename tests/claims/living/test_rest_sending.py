"""Documents, addresses and feeds over REST: as a CMS would send them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.actions import fetch_requested
from claims.intake import fetching
from claims.models import Article, IntakeRequest
from tests.api import Caller, problems, said
from tests.claims.intake.makers import docx, docx_bomb, para
from tests.claims.intake.servers import page, serving
from tests.claims.living.story import (
    LEAD,
    SAID,
)
from tests.factories import BeatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(integration):
    BeatFactory()
    return Caller(integration)


@pytest.fixture
def lena(lead):
    return Caller(lead)


# --- Sending --------------------------------------------------------------------------------------


def test_markdown_comes_in_without_its_marks(cms):
    answer = cms.post(
        "/articles/",
        {"headline": "Buses", "beat": "politics", "body_markdown": f"## Buses\n\n**{LEAD}**"},
    )
    assert answer.status_code == 201, answer.json()
    text = cms.get(f"/articles/{answer.json()['id']}/versions/1/").json()["body"]
    assert text == f"Buses\n\n{LEAD}"


def test_of_several_bodies_one_is_sent(cms):
    sent = {"headline": "Buses", "beat": "politics", "body": LEAD, "body_markdown": LEAD}
    assert (
        "one of: body, body_html, body_markdown" in problems(cms.post("/articles/", sent))["body"]
    )


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def upload(caller, name, data, kind="application/octet-stream", **fields):
    file = SimpleUploadedFile(name, data, kind)
    body = {"file": file, "beat": "politics", **fields}
    return caller.post("/articles/documents/", body, format="multipart")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("story.txt", f"{LEAD}\n\n{SAID}".encode()),
        ("story.md", f"{LEAD}\n\n*{SAID}*".encode()),
        ("story.html", f"<p>{LEAD}</p><p>{SAID}</p>".encode()),
        ("story.docx", docx(para(LEAD), para(SAID))),
    ],
)
def test_documents_are_uploaded_whatever_the_browser_calls_them(cms, name, data):
    answer = upload(cms, name, data, headline="Buses", publish_at="2031-03-01T06:00:00Z")
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert (body["headline"], body["language"], body["warnings"]) == ("Buses", "en", [])
    assert body["publish_at"] == "2031-03-01T06:00:00Z"
    assert Article.objects.get().versions.get().body == f"{LEAD}\n\n{SAID}"
    assert cms.get(answer["Location"]).status_code == 200


def test_the_same_id_again_is_a_new_version(cms):
    assert upload(cms, "story.txt", LEAD.encode(), cms_id="7").status_code == 201
    assert upload(cms, "story.txt", SAID.encode(), cms_id="7").status_code == 200
    assert Article.objects.get().versions.count() == 2


@pytest.mark.parametrize(
    ("name", "data", "field"),
    [
        ("story.pdf", b"%PDF-1.4", "file"),
        ("story.docx", b"PK\x03\x04 broken", "body"),
        ("story.txt", b"", "body"),
        ("story.html", b"<script>alert(1)</script>", "body"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(cms, name, data, field):
    answer = upload(cms, name, data)
    assert answer.status_code == 400
    assert list(problems(answer)) == [field]
    assert not Article.objects.exists()


def test_a_zip_bomb_is_refused(cms):
    assert upload(cms, "story.docx", docx_bomb(60), DOCX).status_code == 400


def test_an_unknown_field_of_a_form_is_refused(cms):
    assert "mood" in problems(upload(cms, "story.txt", LEAD.encode(), mood="grim"))


def test_more_than_a_word_file_may_have_is_refused_before_it_is_read(cms):
    answer = cms.generic(
        "POST",
        "/articles/documents/?beat=politics",
        b"",
        content_type="text/plain",
        CONTENT_LENGTH=str(50 * 1024 * 1024),
    )
    assert answer.status_code == 413


NINJS = (
    '{"uri": "urn:post:7", "type": "text", "headline": "Buses", "language": "en",'
    f' "body_html": "<p>{LEAD}</p>", "embargoed": "2031-05-01T06:00:00Z"}}'
)
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:post:8" version="1"
 standard="NewsML-G2" standardversion="2.30" conformance="power" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="p:1"/>
<versionCreated>2026-03-01T10:00:00Z</versionCreated></itemMeta>
<contentMeta><headline>Buses</headline></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{LEAD}</p></body></html>
</inlineXML></contentSet></newsItem>"""


def raw(caller, data, kind, query="beat=politics"):
    return caller.generic("POST", f"/articles/documents/?{query}", data, content_type=kind)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (NINJS, "application/json"),
        (NINJS, "application/ninjs+json"),
        (NEWSML, "application/vnd.iptc.g2.newsitem+xml"),
        (LEAD, "text/plain; charset=utf-8"),
    ],
)
def test_raw_documents_come_by_their_content_type(cms, data, kind):
    answer = raw(cms, data.encode(), kind)
    assert answer.status_code == 201, answer.json()
    assert LEAD in Article.objects.get().versions.get().body


def test_an_item_of_an_agency_keeps_its_id_and_embargo(cms):
    assert raw(cms, NINJS.encode(), "application/ninjs+json").status_code == 201
    again = raw(cms, NINJS.replace("ten", "nine").encode(), "application/ninjs+json")
    assert again.status_code == 200
    body = again.json()
    assert (body["cms_id"], body["embargo_until"]) == ("urn:post:7", "2031-05-01T06:00:00Z")
    assert body["version"] == 2


def test_a_key_makes_an_upload_once(cms):
    headers = {"Idempotency-Key": "upload-1"}
    path, data = "/articles/documents/?beat=politics", LEAD.encode()
    answers = [
        cms.generic("POST", path, data, content_type="text/plain", headers=headers)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert Article.objects.count() == 1


def test_an_unknown_type_or_parameter_is_refused(cms):
    assert "no format" in said(raw(cms, b"x", "image/png"))
    assert "mood" in problems(raw(cms, b"x", "text/plain", "beat=politics&mood=grim"))
    assert "beat" in problems(raw(cms, b"x", "text/plain", ""))


def test_an_address_is_fetched_by_a_worker_and_polled(cms, settings, monkeypatch):
    settings.INTAKE_ALLOWED_NETWORKS = ["127.0.0.0/8"]
    with serving({"/story": page(f"<p>{LEAD}</p>".encode())}) as port:
        plain = fetching.fetch
        monkeypatch.setattr(
            "claims.actions.intake.fetch",
            lambda url, **how: plain(url, allowed_ports=[port], **how),
        )
        url = f"http://127.0.0.1:{port}/story"
        answer = cms.post("/articles/from-url/", {"url": url, "beat": "politics"})
        assert answer.status_code == 202
        assert (answer.json()["state"], answer.json()["article"]) == ("waiting", None)
        fetch_requested(request_id=answer.json()["id"])
    body = cms.get(answer["Location"]).json()
    assert body["state"] == "received"
    assert cms.get(f"/articles/{body['article']}/").json()["source_url"] == url


def test_somebody_elses_request_is_not_there(cms, reporter):
    IntakeRequest.objects.create(
        url="https://post.example/", beat=BeatFactory(), requested_by=reporter
    )
    pk = IntakeRequest.objects.get().pk
    assert cms.get(f"/intake-requests/{pk}/").status_code == 404
    assert Caller(reporter).get(f"/intake-requests/{pk}/").status_code == 200


def test_a_feed_is_followed_and_stopped(lena, cms):
    sent = {"url": "https://post.example/feed", "beat": "politics", "every_minutes": 30}
    answer = lena.post("/feeds/", {**sent, "name": "Post"})
    assert answer.status_code == 201
    assert "followed already" in problems(lena.post("/feeds/", sent))["url"]
    [row] = lena.get("/feeds/").json()["results"]
    assert (row["name"], row["active"], row["every_minutes"]) == ("Post", True, 30)
    assert lena.get(answer["Location"]).json() == row
    assert lena.delete(answer["Location"]).json()["active"] is False
