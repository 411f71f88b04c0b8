"""Who may do what at every address: one row for each address and method.

`tests/factcheck/test_permissions_walk.py` walks the URL configuration, tries each address as every
one of `ROLES`, and fails for an address without a row. A new REST address gets a row in `REST`, a
new page one in `PAGES`, a new verb of the admin one in `ADMIN_VERBS`; the views that Django's admin
makes for every model, and those of allauth, are covered by rules.
"""

from dataclasses import dataclass
from typing import Any

from tests.api import EVIDENCE, QUOTE, VERDICT

ROLES = (
    "anonymous",
    "stranger",
    "checker",  # holds the task, wrote the verdict
    "another_checker",
    "editor",
    "lead",
    "reporter",  # wrote the article
    "integration",  # sent the article
    "superuser",
)
LEADS = {"lead", "superuser"}
EDITORS = {"editor", *LEADS}
CHECKERS = {"checker", "another_checker", "superuser"}
DESK = CHECKERS | EDITORS
EVERYBODY = DESK | {"reporter", "integration"}
SIGNED_IN = EVERYBODY | {"stranger"}
ENTERS_ADMIN = EDITORS
CONNECTS = LEADS | {"integration"}


@dataclass(frozen=True)
class Row:
    """`who` is answered with `status`, everybody else who is signed in with 403.

    `body` is what is sent; `otherwise` names those who are answered with another status still.
    """

    who: set[str]
    status: int = 200
    body: Any = None
    otherwise: dict[str, int] | None = None

    def expects(self, role: str) -> int:
        """Return the status that `role` should get."""
        if role == "anonymous":
            return 401
        if self.otherwise and role in self.otherwise:
            return self.otherwise[role]
        return self.status if role in self.who else 403


_ARTICLE = {"headline": "Trams", "body": "Ten new trams.", "beat": "politics"}
_ADDRESS = {"url": "https://post.example/buses", "beat": "politics"}
_CHANGE = {"priority": "high"}
_WEBHOOK = {"url": "https://cms.example/hooks", "types": ["claim.*"]}
_REASON = {"reason": "It is old."}
_OVERRIDE = {"version": 1, "decision": "go", "reason": "The editor-in-chief has seen it."}
_OTHER_WORDS = {"wording_now": "40 per cent", "wording_to_use": "23 per cent"}
_SHIFT = {"ends_at": "2099-01-01T00:00:00Z"}
_ASKED = {
    "source": {"name": "The mayor", "kind": "person"},
    "channel": "email",
    "question": "Is it so?",
    "due_at": "2099-01-01T00:00:00Z",
}
_NOT_IN_STATE = 409
_TAKES = {"superuser": 403}  # a superuser without a staff profile is given no tasks

REST: dict[str, Row] = {
    "GET articles/": Row(EVERYBODY),
    "POST articles/": Row(EDITORS | {"reporter", "integration"}, 201, _ARTICLE),
    "GET articles/<int:pk>/": Row(EVERYBODY),
    "PATCH articles/<int:pk>/": Row(EDITORS | {"reporter", "integration"}, 200, _CHANGE),
    "GET articles/<int:pk>/versions/": Row(EVERYBODY),
    "POST articles/<int:pk>/versions/": Row(
        EDITORS | {"reporter", "integration"}, 201, {"body": f"{QUOTE}. New."}
    ),
    "GET articles/<int:pk>/versions/<int:number>/": Row(EVERYBODY),
    "POST articles/documents/": Row(EDITORS | {"reporter", "integration"}, 400, {"mood": "grim"}),
    "POST articles/from-url/": Row(EDITORS | {"reporter", "integration"}, 202, _ADDRESS),
    "GET articles/<int:pk>/versions/<int:number>/reading/": Row(EVERYBODY),
    "POST articles/<int:pk>/versions/<int:number>/reading/": Row(DESK, _NOT_IN_STATE),
    "GET articles/<int:pk>/versions/<int:number>/sentences/": Row(DESK),
    "GET articles/<int:pk>/versions/<int:number>/changes/": Row(EVERYBODY),
    "GET articles/<int:pk>/versions/<int:number>/diff/": Row(EVERYBODY, 400),
    "GET articles/<int:pk>/suggestions/": Row(EVERYBODY),
    "POST articles/<int:pk>/suggestions/accept/": Row(DESK, 200, {"at_least": 0.9}),
    "GET articles/<int:pk>/coverage/": Row(EVERYBODY),
    # Without the cms_id it says that it needs one.
    "GET articles/clearance/": Row(EVERYBODY, 400),
    "GET articles/<int:pk>/clearance/": Row(EVERYBODY),
    "POST articles/<int:pk>/clearance/override/": Row(LEADS, 201, _OVERRIDE),
    "GET articles/<int:pk>/required-changes/": Row(EVERYBODY),
    "POST articles/<int:pk>/required-changes/": Row(DESK, 201, _OTHER_WORDS),
    "GET required-changes/<int:pk>/": Row(EVERYBODY),
    "POST required-changes/<int:pk>/waive/": Row(EDITORS, 200, _REASON),
    "POST required-changes/<int:pk>/settle/": Row(DESK, _NOT_IN_STATE, _REASON),
    "GET articles/<int:pk>/rulings/": Row(EVERYBODY),
    "POST claims/<int:pk>/leave-to-author/": Row(DESK, 201, _REASON),
    "POST claims/<int:pk>/let-stand/": Row(EDITORS, _NOT_IN_STATE, _REASON),
    "POST sentences/<int:pk>/leave-to-author/": Row(DESK, 201, _REASON),
    "POST rulings/<int:pk>/end/": Row(DESK, 200, _REASON),
    "GET articles/<int:pk>/claims/": Row(EVERYBODY),
    "GET articles/<int:pk>/history/": Row(EVERYBODY),
    "GET claims/": Row(EVERYBODY),
    "POST claims/": Row(
        DESK | {"integration"}, 201, {"article": "{article}", "quote": "It rained for nine days"}
    ),
    "GET claims/<int:pk>/": Row(EVERYBODY),
    "PATCH claims/<int:pk>/": Row(DESK, 200, _CHANGE),
    "POST claims/<int:pk>/accept/": Row(DESK, _NOT_IN_STATE),
    "POST claims/<int:pk>/dismiss/": Row(DESK, 200, _REASON),
    "POST claims/merge/": Row(DESK, 400, {"claims": [999_998, 999_999]}),
    "POST claims/<int:pk>/split/": Row(DESK, _NOT_IN_STATE, {"quotes": ["buses ran", "in March"]}),
    "POST claims/<int:pk>/requote/": Row(DESK, _NOT_IN_STATE, {"quote": "buses ran late"}),
    "POST sentences/<int:pk>/": Row(DESK, 200, {"kind": "nothing"}),
    "GET spotting/settings/": Row(DESK),
    "PATCH spotting/settings/": Row(LEADS, 200, {"budget": 5}),
    "GET spotting/models/": Row(DESK),
    # The CMS asked for it: a reporter does not see it, the desk does.
    "GET intake-requests/<int:pk>/": Row(DESK | {"integration"}, 200, None, {"reporter": 404}),
    "GET feeds/": Row(DESK),
    "POST feeds/": Row(LEADS, 201, _ADDRESS),
    "GET feeds/<int:pk>/": Row(DESK),
    "DELETE feeds/<int:pk>/": Row(LEADS),
    "GET claims/<int:pk>/history/": Row(EVERYBODY),
    "GET claims/<int:pk>/evidence/": Row(EVERYBODY),
    "POST claims/<int:pk>/evidence/": Row(DESK, 201, EVIDENCE),
    "POST evidence/<int:pk>/withdraw/": Row(DESK, 200, _REASON),
    "POST evidence/<int:pk>/amend/": Row(DESK, 201, EVIDENCE | _REASON),
    # The author reads what is meant for them; the CMS is nobody to talk to.
    "GET claims/<int:pk>/messages/": Row(DESK | {"reporter"}),
    "POST claims/<int:pk>/messages/": Row(DESK | {"reporter"}, 201, {"body": "Which table?"}),
    "GET claims/<int:pk>/reply-requests/": Row(DESK),
    "POST claims/<int:pk>/reply-requests/": Row(DESK, 201, _ASKED),
    "POST reply-requests/<int:pk>/outcome/": Row(DESK, 200, {"outcome": "give_up"}),
    "GET verdicts/": Row(EVERYBODY),
    # In review: outside the desk it is not there.
    "GET verdicts/<int:pk>/": Row(DESK, 200, None, {"reporter": 404, "integration": 404}),
    "POST verdicts/<int:pk>/approve/": Row(EDITORS),
    "POST verdicts/<int:pk>/return/": Row(EDITORS, 200, {"comment": "Which table?"}),
    "GET verdicts/<int:pk>/review-date/": Row(DESK),
    "PUT verdicts/<int:pk>/review-date/": Row(EDITORS, _NOT_IN_STATE, {"due_on": "2099-01-01"}),
    "POST claims/<int:pk>/publish/": Row(EDITORS, _NOT_IN_STATE),
    # The one of the tests is out.
    "GET fact-checks/": Row(EVERYBODY),
    "POST fact-checks/": Row(EDITORS, 400, {"claim": 999_999}),
    "GET fact-checks/<int:pk>/": Row(EVERYBODY),
    "PATCH fact-checks/<int:pk>/": Row(EDITORS, _NOT_IN_STATE, {"headline": "New"}),
    "POST fact-checks/<int:pk>/publish/": Row(EDITORS, _NOT_IN_STATE),
    "POST fact-checks/<int:pk>/unschedule/": Row(EDITORS, _NOT_IN_STATE),
    "POST fact-checks/<int:pk>/redraft/": Row(EDITORS, _NOT_IN_STATE),
    "POST fact-checks/<int:pk>/correct/": Row(EDITORS, 200, {"kind": "note", "says": "He left."}),
    "POST fact-checks/<int:pk>/retract/": Row(EDITORS, 200, _REASON),
    "POST fact-checks/<int:pk>/withhold/": Row(EDITORS, _NOT_IN_STATE, _REASON),
    "GET fact-checks/<int:pk>/history/": Row(EVERYBODY),
    "GET fact-check-imports/": Row(DESK),
    "POST fact-check-imports/": Row(LEADS, 200, {"document": []}),
    "POST fact-check-imports/<int:pk>/take-out/": Row(LEADS, 200, {"reason": "By mistake."}),
    "GET rating-scales/": Row(EVERYBODY),
    "GET beats/": Row(EVERYBODY),
    "GET sources/": Row(EVERYBODY),
    "GET webhooks/": Row(CONNECTS),
    "POST webhooks/": Row(CONNECTS, 201, _WEBHOOK),
    "GET webhooks/<int:pk>/": Row(CONNECTS),
    "PATCH webhooks/<int:pk>/": Row(CONNECTS, 200, {"name": "CMS"}),
    "DELETE webhooks/<int:pk>/": Row(CONNECTS),
    "POST webhooks/<int:pk>/enable/": Row(CONNECTS, _NOT_IN_STATE),
    "POST webhooks/<int:pk>/rotate-secret/": Row(CONNECTS),
    "POST webhooks/<int:pk>/test/": Row(CONNECTS, 202),
    "POST webhooks/<int:pk>/replay/": Row(CONNECTS, 202, {"since": "2026-01-01T00:00:00Z"}),
    "GET webhooks/<int:pk>/deliveries/": Row(CONNECTS),
    "GET webhooks/<int:pk>/deliveries/<int:delivery>/": Row(CONNECTS),
    "GET webhooks/<int:pk>/deliveries/<int:delivery>/attempts/": Row(CONNECTS),
    "GET tasks/": Row(DESK),
    "POST tasks/next/": Row(CHECKERS, 200, None, _TAKES),
    "GET tasks/<int:pk>/": Row(DESK),
    "GET tasks/<int:pk>/history/": Row(DESK),
    "POST tasks/<int:pk>/start/": Row(
        {"checker"},
        _NOT_IN_STATE,
        None,
        dict.fromkeys(("another_checker", "superuser"), _NOT_IN_STATE),
    ),
    "POST tasks/<int:pk>/release/": Row({"checker"} | LEADS),
    "POST tasks/<int:pk>/renew/": Row({"checker"}, 200, {"hold_token": 1}),
    "POST tasks/<int:pk>/submit/": Row({"checker"}, 201, VERDICT),
    "POST tasks/<int:pk>/reassign/": Row(LEADS, 200, {"person": "bob", **_REASON}),
    "POST tasks/<int:pk>/assign/": Row(LEADS, _NOT_IN_STATE, {"person": "bob"}),
    "POST tasks/<int:pk>/cancel/": Row(LEADS, 200, _REASON),
    "POST tasks/<int:pk>/requeue/": Row(LEADS, _NOT_IN_STATE),
    "POST tasks/<int:pk>/reopen/": Row(LEADS, _NOT_IN_STATE, _REASON),
    "GET tasks/<int:pk>/draft/": Row(
        {"checker"}, 200, None, {"another_checker": 404, "superuser": 404}
    ),
    # Who lost the hold, or never had it: the text is kept, and 409 says so.
    "PUT tasks/<int:pk>/draft/": Row(
        {"checker"}, 200, {"hold_token": 1}, {"another_checker": 409, "superuser": 409}
    ),
    "GET board/": Row(LEADS),
    "GET me/": Row(SIGNED_IN),
    "POST me/shift/": Row(EVERYBODY - {"superuser"}, 201, _SHIFT),
    "DELETE me/shift/": Row(EVERYBODY - {"superuser"}),
    "GET notices/": Row(SIGNED_IN),
    "POST notices/<int:pk>/read/": Row(
        {"checker"}, otherwise=dict.fromkeys(SIGNED_IN - {"checker"}, 404)
    ),
    "GET me/preferences/": Row(SIGNED_IN),
    "PATCH me/preferences/": Row(SIGNED_IN, 200, {"digest_hour": 7}),
    "GET staff/": Row(LEADS),
    "GET staff/<int:pk>/": Row(LEADS),
    "PATCH staff/<int:pk>/": Row(LEADS, 200, {"capacity": 3}),
    "POST staff/<int:pk>/shift/": Row(LEADS, 201, _SHIFT),
    "DELETE staff/<int:pk>/shift/": Row(LEADS),
}

_BOARD = {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 403) | dict.fromkeys(LEADS, 200)

_READS_ARTICLES = {"anonymous": 302, "stranger": 403} | dict.fromkeys(EVERYBODY, 200)
_ACTS_ON_A_PROOF = [
    f"articles/<int:pk>/proof/{act}/"
    for act in ["require", "waive", "settle", "leave", "stand", "end", "kind", "ask", "answer"]
]
_LOOKS = {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 403) | dict.fromkeys(DESK, 200)
_GOES_ON = {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 403) | dict.fromkeys(CHECKERS, 302)
_PARTS_OF_A_CHECK = [
    f"tasks/<int:pk>/{part}"
    for part in (
        "",
        "state/",
        "progress/",
        "history/",
        "article/",
        "messages/",
        "evidence/<int:piece_pk>/amend/",
        "evidence/<int:piece_pk>/withdraw/",
        "replies/<int:reply_pk>/",
        "messages/<int:message_pk>/answer/",
    )
]
_ACTS_ON_A_CHECK = [
    f"tasks/<int:pk>/{act}"
    for act in (
        "claims/",
        "nothing/",
        "evidence/",
        "replies/",
        "messages/new/",
        "help/",
        "start/",
        "release/",
        "draft/compare/",
        "draft/<int:draft_pk>/merge/",
        "preview/",
    )
]

PAGES: dict[str, dict[str, int]] = {
    "": {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 200),
    "healthz": dict.fromkeys(ROLES, 200),
    # 503 here, for no worker runs beside these tests; never more than that to anybody.
    "readyz": dict.fromkeys(ROLES, 503),
    # To this machine itself, as here; tests/factcheck/test_metrics.py has the others.
    "metrics": dict.fromkeys(ROLES, 200),
    "api/schema/": dict.fromkeys(ROLES, 200),
    # What is published is everybody's, and the same to everybody.
    "fact-checks/": dict.fromkeys(ROLES, 200),
    "fact-checks/feed.json": dict.fromkeys(ROLES, 200),
    "fact-checks/archive.csv": dict.fromkeys(ROLES, 200),
    "fact-checks/archive.jsonl": dict.fromkeys(ROLES, 200),
    "fact-checks/rss.xml": dict.fromkeys(ROLES, 200),
    "fact-checks/atom.xml": dict.fromkeys(ROLES, 200),
    "fact-checks/<words:slug>/": dict.fromkeys(ROLES, 404),
    "fact-checks/<words:slug>/claimreview.json": dict.fromkeys(ROLES, 404),
    "corrections/": dict.fromkeys(ROLES, 200),
    "corrections/rss.xml": dict.fromkeys(ROLES, 200),
    "corrections/atom.xml": dict.fromkeys(ROLES, 200),
    "methodology/": dict.fromkeys(ROLES, 200),
    "methodology/<slug:slug>/": dict.fromkeys(ROLES, 404),
    "oembed": dict.fromkeys(ROLES, 404),
    "sitemap.xml": dict.fromkeys(ROLES, 200),
    "sitemap-<str:section>.xml": dict.fromkeys(ROLES, 404),
    "robots.txt": dict.fromkeys(ROLES, 200),
    # Google's API asks for parameters: without them 400, to everybody alike.
    "v1alpha1/claims:search": dict.fromkeys(ROLES, 400),
    "v1alpha1/claims:imageSearch": dict.fromkeys(ROLES, 400),
    "v1alpha1/pages": dict.fromkeys(ROLES, 400),
    "v1alpha1/pages/<str:name>": dict.fromkeys(ROLES, 404),
    "v1alpha1/<path:rest>": dict.fromkeys(ROLES, 404),
    "$discovery/rest": dict.fromkeys(ROLES, 200),
    "discovery/v1/apis/factchecktools/v1alpha1/rest": dict.fromkeys(ROLES, 200),
    "articles/": _READS_ARTICLES,
    "articles/<int:pk>/proof/": _READS_ARTICLES,
    "articles/<int:pk>/proof/override/": _BOARD,
    **dict.fromkeys(_ACTS_ON_A_PROOF, dict.fromkeys(ROLES, 405)),
    **dict.fromkeys(_PARTS_OF_A_CHECK, _LOOKS),
    **dict.fromkeys(_ACTS_ON_A_CHECK, dict.fromkeys(ROLES, 405)),
    # A GET comes back from signing in again, and goes on to the check.
    "tasks/<int:pk>/draft/": _GOES_ON,
    "tasks/<int:pk>/submit/": _GOES_ON,
    "queue/": {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 403) | dict.fromkeys(CHECKERS, 200),
    "queue/next/": {"anonymous": 405} | dict.fromkeys(SIGNED_IN, 405),
    "queue/shift/": {"anonymous": 405} | dict.fromkeys(SIGNED_IN, 405),
    "notices/": {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 200),
    "notices/read/": {"anonymous": 405} | dict.fromkeys(SIGNED_IN, 405),
    "notices/<int:pk>/": {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 404) | {"checker": 302},
    "notices/<int:pk>/read/": {"anonymous": 405} | dict.fromkeys(SIGNED_IN, 405),
    "preferences/": {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 200),
    # Asks for the password once more first.
    "preferences/address/": dict.fromkeys(ROLES, 302),
    # A key that proves nothing.
    "preferences/address/<str:key>/": {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 409),
    "notices/unread/": {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 200),
    "help/": {"anonymous": 302} | dict.fromkeys(SIGNED_IN, 200),
    "board/": _BOARD,
    "board/now/": _BOARD,
    "board/tasks/<int:pk>/give/": _BOARD,
    "board/people/<int:pk>/shift/": _BOARD,
    # By POST only; the actions say who may.
    "board/tasks/<int:pk>/requeue/": dict.fromkeys(ROLES, 405),
    "board/undo/": dict.fromkeys(ROLES, 405),
}
"""Status of a GET, by role."""

ALLAUTH = "accounts/"
"""Signing in and keeping one's account: allauth's own views, which answer for themselves."""

ADMIN = "admin/"
GENERATED = ("", "add/", "change/", "delete/", "history/", "password/")
"""The last part of what Django's admin makes for every model; whoever may not enter is sent off."""

ADMIN_VERBS: dict[str, set[str]] = {
    "auth/user/one-step/": {"superuser"},
    "claims/article/new-version/": EDITORS,
    "claims/article/accept-suggestions/": EDITORS,
    "claims/article/read-again/": EDITORS,
    "claims/claim/accept/": EDITORS,
    "claims/claim/dismiss/": EDITORS,
    "claims/claim/requote/": EDITORS,
    "claims/claim/split/": EDITORS,
    "claims/feed/stop/": LEADS,
    "claims/feed/follow-again/": LEADS,
    "claims/sentence/put-back/": EDITORS,
    "claims/sentence/nothing-to-check/": EDITORS,
    "claims/verdict/approve/": EDITORS,
    "claims/verdict/return/": EDITORS,
    "claims/verdict/prepare/": EDITORS,
    "claims/verdict/review-date/": EDITORS,
    "claims/factcheck/publish/": EDITORS,
    "claims/factcheck/edit/": EDITORS,
    "claims/factcheck/redraft/": EDITORS,
    "claims/factcheck/unschedule/": EDITORS,
    "claims/factcheck/correct/": EDITORS,
    "claims/factcheck/annotate/": EDITORS,
    "claims/factcheck/retract/": EDITORS,
    "claims/factcheck/withhold/": EDITORS,
    "claims/importedcheck/take-out/": LEADS,
    "claims/importedcheck/put-back/": LEADS,
    "claims/checkimport/take-out/": LEADS,
    "claims/webhook/ping/": LEADS,
    "claims/webhook/replay/": LEADS,
    "claims/webhook/disable/": LEADS,
    "claims/webhook/enable/": LEADS,
    "claims/webhookdelivery/redeliver/": LEADS,
    "desk/conflictofinterest/lift/": LEADS,
    "desk/staffprofile/roles/": LEADS,
    "desk/staffprofile/start-shift/": LEADS,
    "desk/staffprofile/end-shift/": LEADS,
    "desk/verificationtask/assign/": LEADS,
    "desk/verificationtask/reassign/": LEADS,
    "desk/verificationtask/release/": LEADS,
    "desk/verificationtask/requeue/": LEADS,
    "desk/verificationtask/reopen/": LEADS,
    "desk/verificationtask/cancel/": LEADS,
}
"""Who may be let through to a verb of the admin; everybody else is refused or sent off."""
