"""A suggestion on its page: why it scores, what was spotted in it, other words for it."""

import pytest

from claims.actions import accept_claim, merge_claims
from claims.admin.shaping import particulars_of
from claims.models import Claim
from claims.states import ClaimState
from tests.claims.admin.asking import cost, messages_of, page, press, signed_in, text_of
from tests.claims.living.story import LEAD, QUOTE, REPORT, SAID, claim_on, quotes, suggested
from tests.factories import ClaimFactory

pytestmark = pytest.mark.django_db
HALVES = ["paid 4.2 million euros", "ten electric buses in 2024"]
MARK = {"start": 0, "end": 4, "text": "nine"}


@pytest.fixture
def article(integration):
    return suggested(integration)


@pytest.fixture
def claim(article):
    return claim_on(article, LEAD)


def spotted(**particulars):
    return particulars_of(Claim(particulars=particulars))


# --- Why ------------------------------------------------------------------------------------------


def test_the_page_names_every_factor_with_its_share_and_its_words(editor, claim):
    said = text_of(page(editor, f"claims/claim/{claim.pk}/change/"))
    for factor in claim.factors:
        assert factor["name"].capitalize() in said
        assert f'<td class="figure">{factor["share"]:.2f}</td>' in said
        for mark in factor["words"]:
            assert f'<q dir="auto">{mark["text"]}</q>' in said


def test_figures_and_dates_are_told_with_what_they_mean(editor, claim):
    said = text_of(page(editor, f"claims/claim/{claim.pk}/change/"))
    assert "4,200,000" in said
    assert "1 Jan 2024 to 31 Dec 2024" in said


def test_a_claim_entered_by_hand_has_nothing_to_explain(editor):
    said = text_of(page(editor, f"claims/claim/{ClaimFactory().pk}/change/"))
    assert "Why it may be worth a check" not in said


@pytest.mark.parametrize(
    ("low", "high", "means"),
    [
        (9.0, 9.0, "9 days"),
        (5000.0, 5500.0, "5,000 to 5,500 days"),
        (None, 11000.0, "up to 11,000 days"),
        (1234567.5, None, "1,234,567.5 or more days"),
        (None, None, "9 days"),
    ],
)
def test_a_quantity_is_a_figure_or_a_range(low, high, means):
    row = MARK | {"value": 9.0, "low": low, "high": high, "unit": "days", "hedge": ""}
    [quantity] = spotted(quantities=[row]).quantities
    assert (quantity.words, quantity.means) == ("nine", means)


def test_a_day_is_one_day_and_an_approximate_span_says_so():
    day = MARK | {"first": "2026-03-01", "last": "2026-03-01", "approximate": False}
    span = MARK | {"first": "2026-03-01", "last": "2026-03-09", "approximate": True}
    dates = spotted(dates=[day, span]).dates
    assert [one.means for one in dates] == ["1 Mar 2026", "roughly 1 Mar 2026 to 9 Mar 2026"]


def test_figures_that_do_not_fit_are_set_against_each_other():
    row = MARK | {"rule": "sum", "stated": 9.0, "computed": 8.0}
    [misfit] = spotted(misfits=[row]).misfits
    assert misfit.means == "The sum is given as 9; the figures beside it make 8."


# --- Other words ----------------------------------------------------------------------------------


def test_asking_for_other_words_shows_those_it_has_and_changes_nothing(editor, claim):
    answer = page(editor, f"claims/claim/{claim.pk}/requote/")
    assert answer.context["form"].initial["quote"] == LEAD
    assert Claim.objects.get(pk=claim.pk).quote == LEAD


def test_a_suggestion_takes_other_words(editor, claim):
    data = {"quote": HALVES[0], "revision": claim.revision}
    answer = press(editor, f"claims/claim/{claim.pk}/requote/", **data)
    assert messages_of(answer) == [f"The claim is now: “{HALVES[0]}”."]
    assert Claim.objects.get(pk=claim.pk).quote == HALVES[0]


def test_words_that_are_not_there_are_refused_at_their_field_and_stay_typed(editor, claim):
    data = {"quote": "nine billion drachmas", "revision": claim.revision}
    answer = press(editor, f"claims/claim/{claim.pk}/requote/", **data)
    assert answer.status_code == 400
    assert answer.context["form"].errors["quote"] == ["These words are not in the article."]
    assert "nine billion drachmas" in text_of(answer)


def test_other_words_typed_on_a_stale_page_are_refused_and_kept(editor, claim):
    data = {"quote": HALVES[0], "revision": claim.revision + 1}
    answer = press(editor, f"claims/claim/{claim.pk}/requote/", **data)
    assert answer.status_code == 412
    assert HALVES[0] in text_of(answer)


def test_only_suggestions_are_reshaped(editor, claim):
    accept_claim(actor=editor, claim=claim)
    said = text_of(page(editor, f"claims/claim/{claim.pk}/change/"))
    for verb in ("requote", "split"):
        assert f"claims/claim/{claim.pk}/{verb}/" not in said
        answer = page(editor, f"claims/claim/{claim.pk}/{verb}/")
        assert answer.status_code == 403
        assert "only suggestions can be reshaped" in text_of(answer)


def test_who_is_no_editor_reshapes_nothing(checker, claim):
    data = {"quote": HALVES[0], "quotes": "\n".join(HALVES), "revision": claim.revision}
    for verb in ("requote", "split"):
        path = f"/admin/claims/claim/{claim.pk}/{verb}/"
        assert signed_in(checker).post(path, data, follow=True).status_code == 403
    assert Claim.objects.get(pk=claim.pk).quote == LEAD


# --- Split ----------------------------------------------------------------------------------------


def test_a_suggestion_is_split_into_one_claim_a_line(editor, article, claim):
    data = {"quotes": "\r\n".join([*HALVES, ""]), "revision": claim.revision}
    answer = press(editor, f"claims/claim/{claim.pk}/split/", **data)
    assert messages_of(answer)[0].startswith("Split into 2:")
    assert set(HALVES) <= set(quotes(article))
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.DISMISSED


def test_one_line_is_no_split(editor, claim):
    data = {"quotes": HALVES[0], "revision": claim.revision}
    answer = press(editor, f"claims/claim/{claim.pk}/split/", **data)
    assert answer.status_code == 400
    assert "at least two claims" in text_of(answer)
    assert Claim.objects.get(pk=claim.pk).state == ClaimState.SUGGESTED


# --- The list -------------------------------------------------------------------------------------


def merging(user, *claims):
    data = {"action": "merge_selected", "_selected_action": [one.pk for one in claims]}
    return press(user, "claims/claim/", **data)


def test_two_suggestions_are_merged_into_one(editor, article):
    answer = merging(editor, claim_on(article, SAID), claim_on(article, QUOTE))
    assert messages_of(answer)[0].startswith("Merged into <a href=")
    assert f"{SAID}\n\n{QUOTE}" in quotes(article)


def test_suggestions_of_two_articles_are_not_merged(editor, integration, article):
    other = suggested(integration, headline="Another")
    answer = merging(editor, claim_on(article, SAID), claim_on(other, QUOTE))
    assert messages_of(answer) == ["Nothing was merged. Choose claims of one article."]


def test_what_was_merged_is_named_without_its_markup(editor):
    first = ClaimFactory()
    second = ClaimFactory(article=first.article, words="It rained for nine days")
    Claim.objects.filter(pk__in=[first.pk, second.pk]).update(check_worthiness=0.5)
    merged = merge_claims(actor=editor, claims=[first, second])
    Claim.objects.filter(pk=merged.pk).update(statement="<b>Bold</b>")
    third = ClaimFactory(article=first.article, words="The mayor of Lindenau")
    said = messages_of(merging(editor, merged, third))[0]
    assert "<b>" not in said


def test_the_claims_of_one_article_stand_in_reading_order_or_by_score(editor, article):
    listed = page(editor, "claims/claim/", article__id__exact=article.pk).context["cl"]
    assert [one.quote for one in listed.result_list] == quotes(article)
    columns = listed.list_display
    by_score = page(
        editor, "claims/claim/", article__id__exact=article.pk, o=f"-{columns.index('worth')}"
    )
    scores = [one.check_worthiness for one in by_score.context["cl"].result_list]
    assert scores == sorted(scores, reverse=True)


def test_the_list_of_one_article_names_the_factors_of_each_claim(editor, article):
    said = text_of(page(editor, "claims/claim/", article__id__exact=article.pk))
    [figures] = [f for f in claim_on(article, REPORT).factors if f["name"] == "figures"]
    assert f"figures {figures['share']:.2f}" in said


def test_the_list_costs_as_many_queries_for_two_hundred_suggestions_as_for_a_few(
    editor, integration, article
):
    rows, few = cost(editor, "claims/claim/")
    paper = "\n\n".join(f"Place{n} paid {n + 10} million euros in 2023." for n in range(200 - rows))
    suggested(integration, paper, headline="Paper")
    assert cost(editor, "claims/claim/") == (200, few)
    assert few <= 10
