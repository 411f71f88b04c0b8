"""Articles in the admin: sent in, changed, given a new text, read with their claims."""

from datetime import UTC, datetime

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.models import Article, ArticleVersion
from desk.models import StaffProfile
from tests.claims.admin.asking import cost, messages_of, multiply, page, press, signed_in, text_of
from tests.factories import BODY, ArticleFactory, BeatFactory, ClaimFactory
from tests.record import verbs_of
from tests.steps import in_review

pytestmark = pytest.mark.django_db


def sent(**given):
    usual = {
        "headline": "Bridge closed",
        "body": "The bridge is closed.\n\nIt reopens on Monday.",
        "beat": BeatFactory().pk,
        "language": "en",
        "priority": 1,
    }
    return usual | given


def particulars(article, **given):
    usual = {
        "beat": article.beat_id,
        "language": article.language,
        "priority": article.priority,
        "seen": article.revision,
    }
    return usual | given


def test_an_article_is_sent_in_with_its_text(editor, reporter):
    data = sent(authors=[reporter.pk], publish_at="2026-12-01T18:00", cms_id="story-7")
    assert press(editor, "claims/article/add/", **data).status_code == 302
    article = Article.objects.get(headline="Bridge closed")
    assert article.versions.get().body.startswith("The bridge is closed.")
    assert list(article.authors.all()) == [reporter]
    assert (article.submitted_by, article.cms_id) == (editor, "story-7")
    assert article.publish_at.isoformat() == "2026-12-01T18:00:00+00:00"
    assert verbs_of(article) == ["receive"]


def test_an_article_without_text_is_refused_and_the_rest_stays_typed(editor):
    answer = press(editor, "claims/article/add/", **sent(body=" \n "))
    assert answer.status_code == 200
    assert 'value="Bridge closed"' in text_of(answer)
    assert not Article.objects.exists()


def test_a_document_is_sent_in_the_stead_of_headline_and_text(editor):
    page = "<html><head><title>Bridge closed</title></head><body><h1>Bridge closed</h1>"
    page += "<p>The bridge is closed until Monday, the council said.</p></body></html>"
    document = SimpleUploadedFile("bridge.html", page.encode(), "application/octet-stream")
    data = sent(headline="", body="", language="und", document=document)
    answer = press(editor, "claims/article/add/", **data)
    assert answer.status_code == 302, text_of(answer)
    article = Article.objects.get()
    assert (article.headline, article.language) == ("Bridge closed", "en")
    assert "closed until Monday" in article.versions.get().body


@pytest.mark.parametrize(
    ("document", "also", "says"),
    [
        (("bridge.pdf", b"%PDF"), {}, "no document that is read here"),
        (("bridge.docx", b"not a zip"), {}, "Word"),
        (("bridge.txt", b"The bridge is closed."), {"body": "Open."}, "not both"),
    ],
)
def test_a_document_that_cannot_be_read_is_refused_in_words(editor, document, also, says):
    data = {
        "headline": "",
        "body": "",
        "document": SimpleUploadedFile(*document, "application/octet-stream"),
    } | also
    answer = press(editor, "claims/article/add/", **sent(**data))
    assert answer.status_code == 200
    assert says in text_of(answer)
    assert not Article.objects.exists()


def test_an_id_that_is_known_is_refused(editor):
    ArticleFactory(cms_id="story-7")
    answer = press(editor, "claims/article/add/", **sent(cms_id="story-7"))
    assert "already exists" in text_of(answer)
    assert Article.objects.count() == 1


def test_the_publication_time_is_changed_and_put_on_record(editor):
    article = ArticleFactory()
    path = f"claims/article/{article.pk}/change/"
    data = particulars(article, publish_at="2026-12-01T18:00")
    assert press(editor, path, **data).status_code == 302
    assert Article.objects.get().publish_at.hour == 18
    assert verbs_of(article) == ["change"]


def test_saving_the_form_as_it_was_shown_never_makes_an_embargo_earlier(editor):
    until = datetime(2026, 12, 1, 18, 0, 30, 250_000, tzinfo=UTC)
    article = ArticleFactory(embargo_until=until)
    path = f"claims/article/{article.pk}/change/"
    shown = (
        lxml.html.fromstring(text_of(page(editor, path))).get_element_by_id("article_form").fields
    )
    assert shown["embargo_until"] == "2026-12-01T18:00:30"
    data = particulars(article, embargo_until=shown["embargo_until"], place="Lindenau")
    assert press(editor, path, **data).status_code == 302
    assert (Article.objects.get().embargo_until, Article.objects.get().place) == (until, "Lindenau")


def test_a_time_says_in_which_zone_it_is(editor):
    StaffProfile.objects.filter(user=editor).update(time_zone="Asia/Tokyo")
    path = f"claims/article/{ArticleFactory().pk}/change/"
    assert text_of(page(editor, path)).count('<span class="zone">Asia/Tokyo</span>') == 2


def test_an_author_who_left_stays_its_author(editor, reporter):
    article = ArticleFactory()
    article.authors.set([reporter])
    reporter.is_active = False
    reporter.save()
    path = f"claims/article/{article.pk}/change/"
    tree = lxml.html.fromstring(text_of(page(editor, path)))
    assert tree.xpath("//*[@id='id_authors']//input[@checked]/@value") == [str(reporter.pk)]
    data = particulars(article, authors=[reporter.pk], place="Lindenau")
    assert press(editor, path, **data).status_code == 302
    assert list(article.authors.all()) == [reporter]


def test_a_stale_form_is_refused_and_keeps_what_was_typed(editor):
    article = ArticleFactory()
    path = f"claims/article/{article.pk}/change/"
    answer = press(editor, path, **particulars(article, byline="By Rosa", seen=9))
    assert "has changed since you opened it" in text_of(answer)
    assert "By Rosa" in text_of(answer)
    assert Article.objects.get().byline == ""


def test_the_page_shows_the_text_with_its_claims_marked_in_reading_order(editor):
    article = ArticleFactory()
    second = ClaimFactory(article=article, words="It rained for nine days", statement="Rain")
    first = ClaimFactory(article=article)
    answer = page(editor, f"claims/article/{article.pk}/change/")
    assert list(answer.context["claims"]) == [first, second]
    said = text_of(answer)
    assert said.count("<mark>") == 2
    assert "".join(part.text for part in answer.context["text"]) == BODY


def test_claims_that_overlap_do_not_tear_the_text(editor):
    article = ArticleFactory()
    ClaimFactory(article=article)
    ClaimFactory(article=article, words="buses ran late in March", statement="Late")
    answer = page(editor, f"claims/article/{article.pk}/change/")
    assert "".join(part.text for part in answer.context["text"]) == BODY


def test_an_earlier_version_can_still_be_read(editor):
    article = ArticleFactory()
    new = {"headline": "New", "body": "Other words.", "revision": article.revision}
    press(editor, f"claims/article/{article.pk}/new-version/", **new)
    said = text_of(page(editor, f"claims/article/{article.pk}/change/", version=1))
    assert "The mayor of Lindenau" in said


# --- The button New version ---------------------------------------------------------------------


def test_asking_for_a_new_version_shows_the_text_as_it_is_and_changes_nothing(editor):
    article = ArticleFactory()
    answer = page(editor, f"claims/article/{article.pk}/new-version/")
    assert answer.context["form"].initial["body"] == BODY
    assert ArticleVersion.objects.count() == 1


def test_a_new_text_becomes_the_next_version(editor):
    article = ArticleFactory()
    new = {"headline": "New", "body": "Other words.", "revision": article.revision}
    answer = press(editor, f"claims/article/{article.pk}/new-version/", **new)
    assert messages_of(answer)[0].startswith("Version 2 is here.")
    assert article.versions.get(number=2).body == "Other words."


def test_a_text_typed_on_a_stale_page_is_kept(editor):
    article = ArticleFactory()
    new = {"headline": "New", "body": "Other words.", "revision": article.revision + 1}
    answer = press(editor, f"claims/article/{article.pk}/new-version/", **new)
    assert answer.status_code == 412
    assert "Other words." in text_of(answer)
    assert ArticleVersion.objects.count() == 1


def test_a_new_version_of_no_article_is_not_found(editor):
    assert page(editor, "claims/article/404/new-version/").status_code == 404


def test_who_is_no_editor_cannot_send_a_new_version(client, checker):
    path = f"/admin/claims/article/{ArticleFactory().pk}/new-version/"
    data = {"headline": "New", "body": "Other.", "revision": 1}
    assert client.post(path, data)["Location"].startswith("/admin/login/")
    assert signed_in(checker).post(path, data, follow=True).status_code == 403
    assert ArticleVersion.objects.count() == 1


# --- The list -----------------------------------------------------------------------------------


def test_the_list_counts_versions_and_claims(editor):
    article = ArticleFactory()
    ClaimFactory(article=article)
    [row] = page(editor, "claims/article/").context["cl"].result_list
    assert row.counts == {
        "pk": article.pk,
        "newest": 1,
        "suggested": 1,
        "accepted": 0,
        "dismissed": 0,
    }


def test_the_list_costs_as_many_queries_for_two_hundred_articles_as_for_one(editor, lead, checker):
    multiply(in_review(lead, checker), 20)
    _, for_one = cost(editor, "claims/article/")
    beat = BeatFactory()
    articles = Article.objects.bulk_create(
        Article(headline=f"Story {n}", beat=beat, submitted_by=lead) for n in range(199)
    )
    ArticleVersion.objects.bulk_create(
        ArticleVersion(article=one, number=1, headline="x", body="x", created_by=lead)
        for one in articles
    )
    assert cost(editor, "claims/article/") == (200, for_one)
    assert for_one <= 10
