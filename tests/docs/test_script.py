"""The comparison that keeps the document honest: it must notice what a reader would."""

import httpx
import pytest

from tests.docs.script import Answer, differences, rewritten, steps_of

REAL = {
    "id": 7,
    "state": "assigned",
    "at": "2026-01-05T10:00:00.123456Z",
    "allowed_actions": ["start", "release"],
    "claim": {"id": 3, "quote": "Ten of twelve ferries sailed"},
}


def compared(body, status=200, **headers):
    real = httpx.Response(200, json=REAL, headers={"ETag": '"2-0123456789ab"'})
    return differences(Answer(status, headers, body), real)


def test_the_same_answer_with_other_ids_times_and_digests_is_the_same():
    shown = REAL | {"id": 99, "at": "2031-12-31T00:00:00Z", "claim": REAL["claim"] | {"id": 1}}
    assert compared(shown, ETag='"2-ba9876543210"') == []


def test_what_is_left_out_with_an_ellipsis_may_be_anything():
    shown = {"state": "assi…", "allowed_actions": ["start", "…"], "…": "…"}
    assert compared(shown) == []


@pytest.mark.parametrize(
    ("shown", "noticed"),
    [
        (REAL | {"state": "queued"}, "body.state is 'assigned', not 'queued'"),
        (REAL | {"id": "7"}, "body.id is 7, not '7'"),
        (REAL | {"allowed_actions": ["start"]}, "body.allowed_actions has 2 items"),
        (
            REAL | {"allowed_actions": ["start", "x"]},
            "body.allowed_actions.1 is 'release', not 'x'",
        ),
        (REAL | {"gone": 1}, "body.gone is missing"),
        (
            {"state": "assigned", "…": "…", "at": "today"},
            "body.at is '2026-01-05T10:00:00.123456Z'",
        ),
        ({name: REAL[name] for name in REAL if name != "at"}, "body.at is there, but not shown"),
    ],
)
def test_whatever_else_differs_is_noticed(shown, noticed):
    assert [line for line in compared(shown) if line.startswith(noticed)]


def test_another_status_and_another_revision_are_noticed():
    assert compared(REAL, status=201, ETag='"3-0123456789ab"') == [
        "status is 200",
        'ETag is "2-0123456789ab"',
    ]


def test_an_answer_is_written_anew_with_the_same_things_left_out():
    document = (
        "Ask within five\nseconds:\n\n```sh\ncurl -i $DESK/\n```\n\n"
        '```http\nHTTP/1.1 404 Not Found\n\n{"state": "queued", "…": "…"}\n```\n'
    )
    (step,) = steps_of(document)
    assert step.waits
    real = httpx.Response(200, json=REAL)
    assert rewritten(document, [(step.answer, real)]) == document.replace(
        'HTTP/1.1 404 Not Found\n\n{"state": "queued", "…": "…"}',
        'HTTP/1.1 200 OK\n\n{\n  "state": "assigned",\n  "…": "…"\n}',
    )
