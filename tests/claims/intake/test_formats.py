"""Every format through the one door."""

from datetime import UTC, datetime

import pytest

from claims.intake.errors import IntakeError
from claims.intake.reading import DOCX, html_document, read_document
from tests.claims.intake.makers import docx, newsml, ninjs, para

STORY = "The council voted on Tuesday to close the old swimming bath."


def refusal(*arguments, **named) -> IntakeError:
    with pytest.raises(IntakeError) as caught:
        read_document(*arguments, **named)
    return caught.value


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (STORY, "text/plain"),
        (STORY.encode("utf-8-sig"), "text/plain"),
        (STORY.encode("utf-16"), "text/plain"),
        (STORY.encode("utf-16-be"), "text/plain; charset=utf-8"),
        (f"<p>{STORY}</p>", "text/html"),
        (STORY.replace("old", "*old*"), "text/markdown"),
        (docx(para(STORY)), DOCX),
        (ninjs(body_text=STORY), "application/json"),
        (newsml(f"<inlineData>{STORY}</inlineData>"), "application/xml"),
    ],
)
def test_every_route_leads_to_the_same_text(data, media_type):
    document = read_document(data, media_type)
    assert document.text == STORY
    assert document.language == "en"
    assert document.warnings == ()


def test_a_declared_encoding_is_used_and_an_undeclared_one_guessed_aloud():
    written = "Der Bürgermeister sagte „nein“ über die Größe."
    assert read_document(written.encode("cp1252"), "text/plain; charset=windows-1252").text
    guessed = read_document("Größe über alles, sagte er müde.".encode("cp1252"), "text/plain")
    assert "Größe" in guessed.text
    assert "not declared" in guessed.warnings[0]


def test_a_few_broken_bytes_are_shown_and_told():
    document = read_document(f"{STORY} “Ja” ".encode() * 5 + b"\xff end", "text/plain")
    assert document.text.endswith("� end")
    assert document.warnings


def test_another_alphabet_keeps_its_language():
    assert read_document("ראש הממשלה אמר היום כי המחירים עלו.", "text/plain").language == "he"


@pytest.mark.parametrize("nothing", ["", "  \n ", "\0\0", "\u200b", b""])
def test_an_empty_text_is_refused_in_words(nothing):
    error = refusal(nothing, "text/plain")
    assert error.fields == {"body": "There is no text in what was sent."}


def test_an_unknown_format_and_a_binary_file_are_refused():
    assert refusal(b"%PDF-1.7", "application/pdf").code == "media_type"
    assert refusal(bytes(range(256)) * 10, "text/plain").code == "no_text"


def test_a_body_sent_by_a_cms_takes_its_headline_from_the_cms():
    assert html_document(f"<p>{STORY}</p>", headline="Bath closes").headline == "Bath closes"
    assert html_document(f"<h1>Own</h1><p>{STORY}</p>").headline == "Own"


def test_a_long_headline_is_cut_at_a_word():
    headline = read_document(f"<h1>{'word ' * 200}</h1><p>{STORY}</p>", "text/html").headline
    assert len(headline) <= 500
    assert headline.endswith("word…")


def test_a_fetched_page_is_the_article_with_the_rest_marked():
    story = "".join(f"<p>{STORY} It was vote number {n} of the year.</p>" for n in range(6))
    page = f"<html><body><div><p>Login now</p></div><div>{story}</div></body></html>"
    document = read_document(page, "text/html", url="https://example.org/a")
    assert "Login now" in document.text
    assert document.source_url == "https://example.org/a"
    marked = [document.text[span.start : span.end] for span in document.furniture]
    assert not any(STORY in words for words in marked)


def test_markdown_headings_lists_and_struck_out_words():
    document = read_document(f"# Bath\n\n{STORY} ~~No~~\n\n- one\n- “two”\n", "text/markdown")
    assert document.headline == "Bath"
    assert document.text.split("\n\n")[-2:] == ["one", "“two”"]
    assert [span.reason for span in document.furniture] == ["headline", "struck out"]


def test_markdown_nested_too_deeply_to_be_read_whole_is_refused():
    assert refusal("> " * 50 + STORY, "text/markdown").code == "malformed"


def test_a_word_file_keeps_headings_tracked_deletions_and_notes_apart():
    deleted = (
        "<w:p><w:r><w:t>It cost </w:t></w:r><w:del><w:r><w:delText>three</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> four</w:t></w:r></w:ins><w:r><w:br/><w:t>Then&amp;now</w:t></w:r></w:p>"
    )
    note = '<w:x xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    document = read_document(
        docx(para("Bath", "Heading1"), deleted, footnotes=f"{note}{para('A note')}</w:x>"), DOCX
    )
    assert document.text == "Bath\n\nIt cost three four\n\nThen&now\n\nA note"
    assert document.headline == "Bath"
    marked = [document.text[s.start : s.end] for s in document.furniture]
    assert marked == ["Bath", "three", "A note"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 broken", b"no zip at all", docx(para("x"))[:-40]])
def test_a_broken_word_file_is_refused_in_words(data):
    assert "damaged" in refusal(data, DOCX).message


# --- ninjs -----------------------------------------------------------------------------------


def test_ninjs_of_all_three_families_say_the_same():
    first = ninjs(
        headline="Bath", byline="Ann", versioncreated="2024-03-05T10:00:00Z", located="Leeds",
        embargoed="2024-03-06T06:00:00Z", body_html=f"<p>{STORY}</p>", body_text="worse",
        language="en-GB", version="2", altids={"slug": "bath"},
    )  # fmt: skip
    second = ninjs(
        headlines=[{"value": "Bath"}], by="Ann", versioncreated="2024-03-05T10:00:00Z",
        located="Leeds", embargoed="2024-03-06T06:00:00Z", language="en-GB", version="2",
        bodies=[{"value": "worse"}, {"contenttype": "text/html", "value": f"<p>{STORY}</p>"}],
        altids=[{"role": "slug", "value": "bath"}], standard={"version": "2.2"},
    )  # fmt: skip
    third = ninjs(
        headlines=[{"value": "Bath"}], by="Ann", versionCreated="2024-03-05T10:00:00Z",
        located="Leeds", embargoedUntil="2024-03-06T06:00:00Z", language="en-GB", version="2",
        bodies=[{"contentType": "text/html", "value": f"<p>{STORY}</p>"}],
        altIds=[{"role": "slug", "value": "bath"}], standard={"version": "3.1"},
    )  # fmt: skip
    documents = [read_document(item, "application/json") for item in (first, second, third)]
    assert documents[0] == documents[1] == documents[2]
    assert documents[0].embargo == datetime(2024, 3, 6, 6, tzinfo=UTC)
    assert documents[0].published == datetime(2024, 3, 5, 10, tzinfo=UTC)
    assert documents[0].place == "Leeds"
    assert documents[0].ids == {"slug": "bath", "uri": "urn:example:1", "version": "2"}


@pytest.mark.parametrize(
    ("properties", "field"),
    [
        ({"type": "poem"}, "type"),
        ({"pubstatus": "cancelled"}, "pubstatus"),
        ({"headline": 7}, "headline"),
        ({"body_*&": "x"}, "body"),
        ({"standard": {"version": "3.0"}, "urgency": 10}, "urgency"),
        ({"standard": {"version": "2.0"}, "bodies": [{"role": "main"}]}, "bodies.0"),
        ({"$standard": {"version": "1.2"}}, "body"),  # $standard came with 1.3
        ({"standard": {"version": "2.1"}, "associations": [{"uri": "u"}]}, "associations.0"),
        ({"embargoed": "tomorrow"}, "embargoed"),
    ],
)
def test_ninjs_that_breaks_a_rule_is_refused_at_the_property(properties, field):
    properties.setdefault("bodies" if "standard" in properties else "body_text", "x")
    if properties.get("bodies") == "x":
        properties["bodies"] = [{"value": "x"}]
    assert refusal(ninjs(**properties), "application/json").field == field


def test_ninjs_without_uri_without_body_and_of_an_unknown_version_is_refused():
    assert (
        "'uri' is a required property"
        in refusal('{"body_text": "x"}', "text/json".replace("text", "application")).message
    )
    assert refusal(ninjs(headline="x"), "application/json").field == "bodies"
    assert "9.9" in refusal(ninjs(standard={"version": "9.9"}), "application/json").message


def test_a_withheld_item_is_read_with_a_warning():
    document = read_document(ninjs(body_text=STORY, pubstatus="withheld"), "application/json")
    assert "withheld" in document.warnings[0]


# --- NewsML-G2 -------------------------------------------------------------------------------

NITF = f"""<inlineXML contenttype="application/nitf+xml">
<nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Bath</hl1></hedline>
<byline>By Ann</byline></body.head><body.content><p>{STORY}</p><media><media-reference source="x"/>
<media-caption>The bath</media-caption></media><hl2>Why</hl2><p>Too <em>dear</em>.</p>
</body.content></body></nitf></inlineXML>"""


def test_newsml_with_nitf_gives_text_headline_and_furniture():
    located = "<located><name>Leeds</name></located><headline>Bath closes</headline>"
    creator = '<creator><name>Ann Lee</name></creator><language tag="en-GB"/>'
    embargo = "<embargoed>2024-03-06T06:00:00Z</embargoed>"
    document = read_document(newsml(NITF, embargo, creator + located), "application/xml")
    assert document.text == f"Bath\n\nBy Ann\n\n{STORY}\n\nThe bath\n\nWhy\n\nToo dear."
    assert (document.headline, document.byline) == ("Bath closes", "Ann Lee")
    assert (document.place, document.language) == ("Leeds", "en-GB")
    assert document.embargo == datetime(2024, 3, 6, 6, tzinfo=UTC)
    assert document.ids == {"guid": "urn:example:7", "version": "3"}
    assert [span.reason for span in document.furniture] == ["headline", "byline", "caption"]


def test_newsml_with_xhtml_is_read():
    xhtml = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{STORY}</p></body></html>'
    document = read_document(newsml(f"<inlineXML>{xhtml}</inlineXML>"), "application/xml")
    assert document.text == STORY


def test_an_embargo_without_an_end_and_a_canceled_item_are_told():
    meta = '<embargoed/><pubStatus qcode="stat:canceled"/>'
    document = read_document(newsml(NITF, meta), "application/xml")
    assert "embargo" in document.warnings[0]
    assert "canceled" in document.warnings[1]


def test_xml_that_is_no_news_or_only_a_link_or_defines_entities_is_refused():
    assert refusal("<a/>", "application/xml").code == "malformed"
    assert refusal("<a>", "application/xml").code == "malformed"
    link = newsml('<remoteContent href="http://example.org/"/>')
    assert refusal(link, "application/xml").code == "empty"
    local = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
    assert refusal(local, "application/xml").code == "entities"
