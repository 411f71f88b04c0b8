"""Every write to what is checked: one function for each verb, each with its `actor`.

In one transaction each locks the row, checks that the actor may, checks that the move is legal,
writes, appends the event, and wakes the worker on commit. Refusals are `claims.errors`.
"""

from claims.actions.announcing import announce
from claims.actions.articles import add_version, change_article, receive_article
from claims.actions.catalogue import change_source, save_beat, save_rating, save_scale
from claims.actions.claims import (
    accept_claim,
    change_claim,
    dismiss_claim,
    enter_claim,
)
from claims.actions.clearance import override_clearance
from claims.actions.conversation import post_message
from claims.actions.correcting import (
    annotate_fact_check,
    correct_fact_check,
    retract_fact_check,
    withhold_fact_check,
)
from claims.actions.delivering import Courier, forget_old_attempts
from claims.actions.evidence import add_evidence, amend_evidence, withdraw_evidence
from claims.actions.idempotency import forget_old_requests
from claims.actions.importing import import_checks
from claims.actions.intake import (
    fetch_requested,
    follow_feed,
    look_at_feed,
    receive_document,
    request_article,
    stop_feed,
)
from claims.actions.learning import learn_from_decisions
from claims.actions.noting import note_clearance
from claims.actions.proof import (
    end_ruling,
    leave_claim_to_author,
    leave_sentence_to_author,
    let_stand,
    require_change,
    settle_change,
    waive_change,
)
from claims.actions.publishing import (
    edit_fact_check,
    go_out_fact_check,
    prepare_fact_check,
    publish_fact_check,
    redraft_fact_check,
    unschedule_fact_check,
)
from claims.actions.reading import read_again, read_version
from claims.actions.replies import (
    give_up_reply,
    put_off_reply,
    record_refusal,
    record_reply,
    request_reply,
    withdraw_reply_request,
)
from claims.actions.review_dates import ask_for_review, set_review_date
from claims.actions.sentences import set_sentence_kind
from claims.actions.settings import change_spotting_settings, spotting_settings
from claims.actions.shaping import accept_suggestions, merge_claims, requote_claim, split_claim
from claims.actions.sources import name_source
from claims.actions.taking_out import put_back_check, take_out_check, take_out_import
from claims.actions.verdicts import (
    approve_verdict,
    propose_verdict,
    return_verdict,
    withdraw_verdict,
)
from claims.actions.webhooks import (
    add_webhook,
    change_webhook,
    disable_webhook,
    enable_webhook,
    ping_webhook,
    redeliver,
    replay_webhook,
    reseal_secrets,
    rotate_secret,
)

__all__ = [
    "Courier",
    "accept_claim",
    "accept_suggestions",
    "add_evidence",
    "add_version",
    "add_webhook",
    "amend_evidence",
    "annotate_fact_check",
    "announce",
    "approve_verdict",
    "ask_for_review",
    "change_article",
    "change_claim",
    "change_source",
    "change_spotting_settings",
    "change_webhook",
    "correct_fact_check",
    "disable_webhook",
    "dismiss_claim",
    "edit_fact_check",
    "enable_webhook",
    "end_ruling",
    "enter_claim",
    "fetch_requested",
    "follow_feed",
    "forget_old_attempts",
    "forget_old_requests",
    "give_up_reply",
    "go_out_fact_check",
    "import_checks",
    "learn_from_decisions",
    "leave_claim_to_author",
    "leave_sentence_to_author",
    "let_stand",
    "look_at_feed",
    "merge_claims",
    "name_source",
    "note_clearance",
    "override_clearance",
    "ping_webhook",
    "post_message",
    "prepare_fact_check",
    "propose_verdict",
    "publish_fact_check",
    "put_back_check",
    "put_off_reply",
    "read_again",
    "read_version",
    "receive_article",
    "receive_document",
    "record_refusal",
    "record_reply",
    "redeliver",
    "redraft_fact_check",
    "replay_webhook",
    "request_article",
    "request_reply",
    "require_change",
    "requote_claim",
    "reseal_secrets",
    "retract_fact_check",
    "return_verdict",
    "rotate_secret",
    "save_beat",
    "save_rating",
    "save_scale",
    "set_review_date",
    "set_sentence_kind",
    "settle_change",
    "split_claim",
    "spotting_settings",
    "stop_feed",
    "take_out_check",
    "take_out_import",
    "unschedule_fact_check",
    "waive_change",
    "withdraw_evidence",
    "withdraw_reply_request",
    "withdraw_verdict",
    "withhold_fact_check",
]
