import unicodedata

import pytest

from claims.anchoring import (
    Anchor,
    Found,
    Kind,
    Reason,
    Segment,
    Status,
    describe,
    locate,
    reanchor,
)

BEFORE = "The bridge opened in spring."
AFTER = "Rain fell on the harbour."


def anchor(text, words, near=None):
    found = locate(text, words, near=near)
    assert isinstance(found, Found), words
    return found.anchor


def outcome(old, new, words, near=None):
    [result] = reanchor(old, new, [anchor(old, words, near)])
    assert result.anchor is None or result.anchor.fits(new)
    return result


def among(sentence):
    return f"{BEFORE} {sentence} {AFTER}"


def of_one_sentence(old, new, words=None):
    return outcome(among(old), among(new), words or old)


# --- What is kept ---------------------------------------------------------------------------------


def test_an_unchanged_claim_is_the_same_although_everything_around_it_is_new():
    result = outcome(among("The vault was empty."), "New. The vault was empty.", "vault was empty")
    assert (result.status, result.kept, result.reasons) == (Status.SAME, True, ())
    assert result.anchor.start == 9


def test_a_typo_corrected_in_another_sentence_touches_nothing():
    old, new = f"{BEFORE} The valut was emty. {AFTER}", f"{BEFORE} The vault was empty. {AFTER}"
    assert outcome(old, new, "Rain fell").status is Status.SAME
    assert outcome(old, new, "Rain fell").context_changed is True
    assert outcome(old, new, "The bridge").context_changed is False


def test_a_claim_keeps_its_check_where_paragraphs_change_places():
    old = "The vault was empty.\n\nThe ferry sank in a storm.\n\nThe quarry closed."
    new = "The quarry closed.\n\nThe ferry sank in a storm.\n\nThe vault was empty."
    for words in ("The vault was empty", "ferry sank", "quarry closed"):
        assert outcome(old, new, words).status is Status.SAME
    assert any(outcome(old, new, words).moved for words in ("vault was", "quarry closed"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Voss said “no” at once.", 'Voss said "no" at once.'),
        ("It isn’t over.", "It isn't over."),
        ("The vault  was\u00a0empty.", "The vault was empty."),
        ("The café closed.", unicodedata.normalize("NFD", "The café closed.")),
        ("The vault — once full — was empty.", "The vault--once full--was empty."),
        ("The vault – once full – was empty.", "The vault—once full—was empty."),
        ("It took 5–10 days.", "It took 5-10 days."),
        ("It was −5 degrees.", "It was -5 degrees."),
        ("Voss waited... then left.", "Voss waited… then left."),
        ("Voss said “never”.", "Voss said “never.”"),
    ],
)
def test_a_change_of_spelling_only_is_cosmetic_and_keeps_the_check(old, new):
    result = of_one_sentence(old, new)
    assert (result.status, result.cosmetic, result.kept) == (Status.TOUCHED, True, True)
    assert result.reasons == (Reason.PUNCTUATION,)
    assert result.diff
    back = of_one_sentence(new, old)
    assert back.cosmetic is True


def test_spelling_beside_the_claim_in_its_sentence_leaves_it_the_same():
    result = of_one_sentence("Voss said “no” and left.", 'Voss said "no" and left.', "and left")
    assert result.status is Status.SAME


def test_the_full_stop_of_a_last_line_makes_no_difference():
    assert outcome("The vault was empty", "The vault was empty.", "The vault was empty").kept


# --- What reopens ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("It cost 1,000 crowns.", "It cost 1.000 crowns.", Reason.FIGURE),
        ("It cost 1,000 crowns.", "It cost 10,00 crowns.", Reason.FIGURE),
        ("It cost 1,000 crowns.", "It cost 1000 crowns.", Reason.FIGURE),
        ("Prices rose 5 percent.", "Prices rose -5 percent.", Reason.FIGURE),
        ("Prices rose 5 percent.", "Prices rose – 5 percent.", Reason.FIGURE),
        ("Prices rose 5 percent.", "Prices rose –5 percent.", Reason.FIGURE),
        ("It cost $5 a head.", "It cost €5 a head.", Reason.FIGURE),
        ("It cost 5 million crowns.", "It cost 5 billion crowns.", Reason.FIGURE),
        ("Three crates were lost.", "Four crates were lost.", Reason.FIGURE),
        ("It closed on Monday.", "It closed on Tuesday.", Reason.FIGURE),
        ("The court heard Voss.", "The court heard Pell.", Reason.NAME),
        ("The harbour of May closed.", "The harbour of may closed.", Reason.NAME),
        ("The vault was empty.", "The vault was not empty.", Reason.NEGATION),
        ("The vault was empty.", "The vault wasn't empty.", Reason.NEGATION),
        ("The sale was legal.", "The sale was illegal.", Reason.NEGATION),
        ("The ministry said it was lost.", "The ministry denied it was lost.", Reason.ATTRIBUTION),
        ("The vault was empty.", "The vault was “empty”.", Reason.ATTRIBUTION),
        ("The vault was “empty”.", "The vault was empty.", Reason.ATTRIBUTION),
        ("The vault was empty.", "The vault was empty, Voss said.", Reason.ATTRIBUTION),
        ("The vault was empty.", "The vault was empty?", Reason.PUNCTUATION),
        ("The men who fled died.", "The men, who fled, died.", Reason.PUNCTUATION),
        ("The vault was empty.", "The vault was em\u200bpty.", Reason.LOOKALIKE),
        ("The vault was empty.", "The vаult was empty.", Reason.LOOKALIKE),
        ("The cafe was empty.", "The café was empty.", Reason.WORDING),
        ("They will resign.", "They will re-sign.", Reason.WORDING),
        ("The vault was empty.", "The vault was bare.", Reason.WORDING),
    ],
)
def test_a_change_of_meaning_reopens_and_says_why(old, new, reason):
    result = of_one_sentence(old, new)
    assert (result.status, result.reopened, result.kept) == (Status.TOUCHED, True, False)
    assert reason in result.reasons
    assert of_one_sentence(new, old).reopened


@pytest.mark.parametrize(
    ("old", "new", "claim"),
    [
        ("Voss said the vault was empty.", "Pell said the vault was empty.", "the vault was empty"),
        ("So the vault was empty.", "Not so: the vault was empty.", "the vault was empty"),
        ("In 2019 the vault was empty.", "In 2018 the vault was empty.", "the vault was empty"),
        ("The vault was empty, he said.", "The vault was empty, he denied.", "vault was empty"),
        ("It is not true the vault fell.", "It is true the vault fell.", "the vault fell"),
    ],
)
def test_a_change_beside_the_claims_words_in_its_sentence_reopens_it(old, new, claim):
    result = of_one_sentence(old, new, claim)
    assert result.reopened
    assert result.anchor.exact == claim


def test_the_difference_shows_what_was_there_and_what_came():
    result = of_one_sentence("It cost 1,000 crowns.", "It cost 1.000 crowns.", "crowns")
    assert result.diff == (
        Segment(Kind.EQUAL, "It cost "),
        Segment(Kind.DELETE, "1,000"),
        Segment(Kind.INSERT, "1.000"),
        Segment(Kind.EQUAL, " crowns."),
    )


# --- What a sentence leans on ---------------------------------------------------------------------


def test_a_quotation_reopens_when_its_speaker_changes_two_sentences_later():
    old = among("“The vault was empty. Nobody had a key. The ferry left,” Voss said.")
    new = old.replace("Voss", "Pell")
    for words in ("The vault was empty", "Nobody had a key", "The ferry left"):
        assert Reason.ATTRIBUTION in outcome(old, new, words).reasons
    assert outcome(old, new, "Rain fell").kept


def test_a_quotation_over_two_paragraphs_keeps_its_speaker_in_mind():
    old = "Voss said: “The vault was empty.\n“Nobody had a key.”\nRain fell."
    assert outcome(old, old.replace("Voss", "Pell"), "Nobody had a key").reopened
    assert outcome(old, old.replace("Voss", "Pell"), "Rain fell").kept


def test_a_quoted_paragraph_leans_on_the_speaker_before_it():
    old = "“The vault was empty,” Voss said.\n“Nobody had a key.”"
    assert outcome(old, old.replace("Voss", "Pell"), "Nobody had a key").reopened
    assert outcome(old, old.replace("vault", "purse"), "Nobody had a key").kept


def test_other_words_of_a_long_quotation_may_change():
    old = among("“The vault was empty. Nobody had a key,” Voss said.")
    assert outcome(old, old.replace("empty", "open"), "Nobody had a key").kept


def test_a_sentence_that_falls_out_of_a_quotation_reopens():
    old = among("“The vault was empty. Nobody had a key. The ferry left,” Voss said.")
    new = among("“The vault was empty.” Nobody had a key. “The ferry left,” Voss said.")
    assert Reason.ATTRIBUTION in outcome(old, new, "Nobody had a key").reasons


@pytest.mark.parametrize("claim", ["He met the board", "The harvest was lost, he said"])
def test_a_pronoun_reopens_when_the_name_before_it_changes(claim):
    old = f"Voss left on Monday. {claim}. {AFTER}"
    result = outcome(old, old.replace("Voss", "Pell"), claim)
    assert (result.reasons, result.context_changed) == ((Reason.CONTEXT,), True)


def test_a_pronoun_reopens_although_a_sentence_with_a_place_stands_between():
    old = "Voss left. It rained in Brenmoor. He met the board."
    assert outcome(old, old.replace("Voss", "Pell"), "He met the board").reopened


def test_a_place_in_its_own_sentence_does_not_stand_for_he():
    old = "Voss left. In Brenmoor he met the board."
    assert outcome(old, old.replace("Voss", "Pell"), "he met the board").reopened


def test_a_pronoun_explained_within_its_sentence_does_not_lean():
    old = "Voss left. Marsh said she had met the board."
    assert outcome(old, old.replace("Voss", "Pell"), "had met the board").status is Status.SAME


def test_a_pronoun_reopens_when_its_sentence_moves_behind_another_name():
    old = "Voss left. He met the board.\nPell stayed."
    new = "Voss left.\nPell stayed. He met the board."
    assert outcome(old, new, "He met the board").reopened


@pytest.mark.parametrize(("was", "now"), [("5", "7"), ("rose", "fell"), ("Prices", "Wages")])
def test_a_sentence_pointing_back_reopens_when_what_it_points_at_changes(was, now):
    old = "Rain fell. Prices rose 5 percent. This was denied by the ministry."
    assert outcome(old, old.replace(was, now), "This was denied").reopened
    assert outcome(old, old.replace("Rain", "Snow"), "This was denied").kept


@pytest.mark.parametrize("between", ["", "She denied it. "])
def test_a_pronoun_reopens_when_the_office_before_it_changes(between):
    old = f"On Monday the minister resigned. {between}She met the board."
    assert outcome(old, old.replace("minister", "mayor"), "She met the board").reopened


@pytest.mark.parametrize("quoted", ["“Rain fell. Snow followed,” he said.", "He said:\nRain fell."])
def test_a_statement_reopens_when_the_pronoun_beside_it_means_somebody_else(quoted):
    old = f"Voss left. {quoted}"
    assert outcome(old, old.replace("Voss", "Pell"), "Rain fell").reopened


@pytest.mark.parametrize("lead", ["The ministry confirmed:", "Was the vault empty?"])
def test_what_introduces_a_statement_belongs_to_it(lead):
    old = f"{lead}\n• The vault was empty.\n• The ferry sank."
    new = old.replace(lead, "The ministry called these false:")
    assert outcome(old, new, "The vault was empty").reopened
    assert outcome(old, new, "The ferry sank").reopened


def test_the_speaker_named_at_the_head_of_a_paragraph_counts_for_all_of_it():
    old = "VOSS: The vault was empty. Nobody had a key."
    assert outcome(old, old.replace("VOSS", "PELL"), "Nobody had a key").reopened


# --- Twins, moves, splits, joins ------------------------------------------------------------------


TWINS = "The vault was empty. Voss left. Prices fell.\nRain fell. The vault was empty. Pell stayed."


def test_of_two_identical_sentences_only_the_edited_one_reopens():
    second = TWINS.rindex("The vault")
    new = TWINS[:second] + TWINS[second:].replace("empty", "full")
    assert outcome(TWINS, new, "The vault was empty", near=0).status is Status.SAME
    result = outcome(TWINS, new, "The vault was empty", near=second)
    assert result.reopened
    assert result.anchor.exact == "The vault was full"


def test_of_two_identical_sentences_each_finds_its_own_place_when_paragraphs_swap():
    first, last = TWINS.split("\n")
    new = f"{last}\n{first}"
    second = TWINS.rindex("The vault")
    assert outcome(TWINS, new, "The vault was empty", near=0).anchor.start == new.rindex(
        "The vault"
    )
    assert outcome(TWINS, new, "The vault was empty", near=second).anchor.start == new.index(
        "The v"
    )


def test_of_two_identical_sentences_the_one_taken_out_is_gone():
    second = TWINS.rindex("The vault")
    new = TWINS.replace("Rain fell. The vault was empty. ", "Rain fell. ")
    assert outcome(TWINS, new, "The vault was empty", near=0).status is Status.SAME
    assert outcome(TWINS, new, "The vault was empty", near=second).status is Status.GONE


def test_twins_that_nothing_tells_apart_are_reopened_when_one_is_taken_out():
    old = "The vault was empty. The vault was empty."
    for near in (0, len(old)):
        result = outcome(old, "The vault was empty.", "The vault was empty", near=near)
        assert Reason.AMBIGUOUS in result.reasons


def test_a_line_repeated_many_times_is_kept_while_all_stay_and_reopened_when_one_goes():
    old = "Read more below.\n" * 60
    anchors = [anchor(old, "Read more below", near=17 * line) for line in range(60)]
    assert all(result.kept for result in reanchor(old, old, anchors))
    fewer = reanchor(old, "Read more below.\n" * 59, anchors)
    assert not any(result.kept for result in fewer)


def test_a_claim_that_moves_and_is_edited_at_once_is_found_and_reopened():
    old = "The audit counted 300 crates.\nVoss left. Rain fell.\nThe quarry closed."
    new = "Voss left. Rain fell.\nThe quarry closed. The audit counted 400 crates."
    result = outcome(old, new, "The audit counted 300 crates")
    assert result.reopened
    assert result.anchor.exact == "The audit counted 400 crates"
    assert Reason.FIGURE in result.reasons


@pytest.mark.parametrize(
    "claim", ["The ferry sank in a storm", "the old quarry was closed by Voss"]
)
def test_a_sentence_split_in_two_reopens_where_its_words_are_now(claim):
    old = among("The ferry sank in a storm and the old quarry was closed by Voss.")
    new = among("The ferry sank in a storm. The old quarry was closed by Voss.")
    result = outcome(old, new, claim)
    assert result.reopened
    assert result.anchor.exact.lower() == claim.lower()


@pytest.mark.parametrize(
    "claim", ["The ferry sank in a storm", "The old quarry was closed by Voss"]
)
def test_two_sentences_joined_reopen_where_their_words_are_now(claim):
    old = among("The ferry sank in a storm. The old quarry was closed by Voss.")
    new = among("The ferry sank in a storm and the old quarry was closed by Voss.")
    result = outcome(old, new, claim)
    assert result.reopened
    assert result.anchor.exact.lower() == claim.lower()


def test_a_rewritten_paragraph_reopens_what_it_still_says():
    old = "The ferry sank in a heavy storm off Brenmoor on Monday. Nobody was hurt."
    new = "On Monday the ferry went down in a storm off Brenmoor. All were saved."
    result = outcome(old, new, "The ferry sank in a heavy storm off Brenmoor on Monday")
    assert not result.kept


def test_a_claim_over_two_sentences_is_the_same_only_while_they_stay_together():
    old = among("The ferry sank. The old quarry closed.")
    claim = "The ferry sank. The old quarry closed."
    assert outcome(old, f"New. {old}", claim).status is Status.SAME
    between = outcome(old, among("The ferry sank. Nobody died. The old quarry closed."), claim)
    assert between.reopened
    assert between.anchor.exact == "The ferry sank. Nobody died. The old quarry closed."
    assert outcome(old, among("The old quarry closed. The ferry sank."), claim).reopened


def test_a_sentence_taken_out_is_gone():
    result = outcome(among("The vault was empty."), f"{BEFORE} {AFTER}", "The vault was empty")
    assert (result.status, result.anchor, result.reasons) == (
        Status.GONE,
        None,
        (Reason.REMOVED,),
    )


def test_a_clause_taken_out_of_its_sentence_is_gone():
    old, new = "The vault of Voss, which stood open, was empty.", "The vault of Voss was empty."
    assert of_one_sentence(old, new, "which stood open").status is Status.GONE


# --- Versions -------------------------------------------------------------------------------------


def test_restoring_the_old_words_is_seen_by_comparing_with_the_version_they_were_checked_in():
    first = among("Repairs cost 1,000 crowns.")
    second = among("Repairs cost 2,000 crowns.")
    third = f"{AFTER} Repairs cost 1,000 crowns."
    checked = anchor(first, "Repairs cost 1,000 crowns")
    [changed] = reanchor(first, second, [checked])
    assert changed.reopened
    assert reanchor(second, third, [changed.anchor])[0].reopened
    assert reanchor(first, third, [checked])[0].status is Status.SAME


def test_an_anchor_with_stale_offsets_is_found_by_its_words():
    text = among("The vault was empty.")
    fresh = anchor(text, "The vault was empty")
    stale = Anchor(fresh.exact, fresh.prefix, fresh.suffix, fresh.start + 5, fresh.end + 5)
    assert reanchor(text, text, [stale])[0].anchor == fresh


@pytest.mark.parametrize(
    "lost",
    [Anchor("never written", "", "", 0, 13), Anchor(" ", "", "", 3, 4), Anchor("", "", "", 0, 0)],
)
def test_an_anchor_that_is_nowhere_in_its_own_text_is_gone(lost):
    assert reanchor(BEFORE, BEFORE, [lost])[0].status is Status.GONE


def test_everything_is_gone_from_an_empty_text_and_nothing_breaks():
    assert reanchor(BEFORE, "", [describe(BEFORE, 0, 10)])[0].status is Status.GONE
    assert reanchor("", BEFORE, []) == []


def test_outcomes_come_in_the_order_of_the_claims():
    text = among("The vault was empty.")
    anchors = [anchor(text, words) for words in ("Rain fell", "The bridge", "The vault")]
    assert [result.anchor for result in reanchor(text, text, anchors)] == anchors
