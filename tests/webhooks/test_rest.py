"""The CMS sets up its webhooks over REST and sees what became of each message."""

from datetime import timedelta

import orjson
import pytest
from django.core import serializers
from django.utils import timezone

from claims.actions import accept_claim, reseal_secrets
from claims.models import Event, IdempotentRequest, Webhook, WebhookDelivery
from tests.api import Caller, problems, said
from tests.factories import ClaimFactory
from tests.record import last_event
from tests.webhooks.receiver import verifies

pytestmark = pytest.mark.django_db


@pytest.fixture
def cms(integration):
    return Caller(integration)


def add(caller, receiver, **body):
    wanted = {"url": receiver.url, "types": ["claim.accepted"], "name": "CMS"} | body
    answer = caller.post("/webhooks/", wanted)
    assert answer.status_code == 201, answer.content
    receiver.secrets.append(answer.json()["secret"])
    return answer.json()


def happens(lead, integration):
    """Something happens that the CMS hears of."""
    accept_claim(actor=lead, claim=ClaimFactory(article__submitted_by=integration))


def test_the_secret_is_shown_once_and_nowhere_else(cms, receiver, lead):
    made = add(cms, receiver)
    secret = made["secret"]
    assert secret.startswith("whsec_")
    path = f"/webhooks/{made['id']}/"
    for answer in (cms.get(path), cms.get("/webhooks/"), Caller(lead).get(path)):
        assert answer.status_code == 200
        assert b'secret"' not in answer.content
        assert secret.encode() not in answer.content
    kept = serializers.serialize("json", [*Webhook.objects.all(), *Event.objects.all()])
    assert secret.removeprefix("whsec_") not in kept
    assert receiver.url not in serializers.serialize("json", Event.objects.all())


def test_an_answer_kept_for_a_repeated_request_has_no_secret(cms, receiver):
    body = {"url": receiver.url, "types": ["claim.*"]}
    first = cms.post("/webhooks/", body, headers={"Idempotency-Key": "one"})
    again = cms.post("/webhooks/", body, headers={"Idempotency-Key": "one"})
    assert first.json()["secret"].startswith("whsec_")
    assert again.json() == first.json() | {"secret": None}
    assert IdempotentRequest.objects.get().body["secret"] is None
    assert Webhook.objects.count() == 1


def test_a_webhook_from_adding_to_the_log(cms, receiver, tell, lead, integration):
    made = add(cms, receiver)
    happens(lead, integration)
    tell()
    (delivery,) = cms.get(f"/webhooks/{made['id']}/deliveries/").json()["results"]
    (message,) = receiver.messages
    assert message.verified
    assert delivery["webhook_id"] == message.id
    assert delivery["type"] == "claim.accepted"
    assert delivery["sequence"] == message.data["sequence"]
    assert (delivery["state"], delivery["attempts"], delivery["due_at"]) == ("delivered", 1, None)
    path = f"/webhooks/{made['id']}/deliveries/{delivery['id']}/"
    assert cms.get(path).json() == delivery
    (attempt,) = cms.get(f"{path}attempts/").json()["results"]
    assert (attempt["status"], attempt["answer"], attempt["error"]) == (200, "thanks", "")


def test_deliveries_are_filtered_by_state_and_type(cms, receiver, tell, lead, integration):
    made = add(cms, receiver)
    happens(lead, integration)
    tell()
    happens(lead, integration)
    path = f"/webhooks/{made['id']}/deliveries/"

    def count(**query):
        return len(cms.get(path, query).json()["results"])

    assert count(state="delivered") == 1
    assert (count(type="claim.accepted"), count(type="ping")) == (1, 0)
    assert problems(cms.get(path, {"state": "lost"}))["state"].startswith("“lost” is none of")


def test_a_test_is_sent_and_answered_with_its_delivery(cms, receiver, tell):
    made = add(cms, receiver)
    answer = cms.does(f"/webhooks/{made['id']}/test/")
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    tell()
    assert receiver.messages[0].body["type"] == "ping"
    assert receiver.messages[0].data["webhook"] == made["id"]
    assert cms.get(answer["Location"]).json()["state"] == "delivered"


def test_while_rotating_both_secrets_sign_and_then_the_new_one_alone(cms, receiver, tell, settings):
    settings.WEBHOOK_OLD_SECRET_HOURS = 24
    made = add(cms, receiver)
    path = f"/webhooks/{made['id']}/"
    answer = cms.does(f"{path}rotate-secret/")
    old, new = made["secret"], answer.json()["secret"]
    assert old != new
    assert answer.json()["old_secret_until"] > timezone.now().isoformat()
    cms.does(f"{path}test/")
    tell()
    sent = receiver.messages[0]
    assert len(sent.headers["webhook-signature"].split()) == 2
    raw = serialized(sent)
    assert verifies(old, sent.headers, raw) and verifies(new, sent.headers, raw)
    Webhook.objects.update(old_secret_until=timezone.now())
    cms.does(f"{path}test/")
    tell()
    sent = receiver.messages[1]
    assert not verifies(old, sent.headers, serialized(sent))
    assert verifies(new, sent.headers, serialized(sent))


def serialized(message):
    return orjson.dumps(message.body)


def test_everything_since_a_time_is_sent_again_with_the_ids_it_had(
    cms, receiver, tell, lead, integration
):
    made = add(cms, receiver)
    for _ in range(3):
        happens(lead, integration)
    tell()
    first = [message.id for message in receiver.messages]
    since = (timezone.now() - timedelta(minutes=1)).isoformat()
    answer = cms.does(f"/webhooks/{made['id']}/replay/", {"since": since})
    assert (answer.status_code, answer.json()) == (202, {"deliveries": 3})
    tell()
    assert sorted(message.id for message in receiver.messages[3:]) == sorted(first)
    assert all(message.verified for message in receiver.messages)
    later = {"since": timezone.now().isoformat()}
    assert cms.does(f"/webhooks/{made['id']}/replay/", later).json() == {"deliveries": 0}


def test_what_was_missed_while_disabled_is_sent_on_replay(cms, receiver, tell, lead, integration):
    made = add(cms, receiver)
    path = f"/webhooks/{made['id']}/"
    since = timezone.now().isoformat()
    assert cms.delete(path).json()["state"] == "disabled"
    happens(lead, integration)
    tell()
    assert said(cms.does(f"{path}replay/", {"since": since})) == "It is disabled. Enable it first."
    assert cms.does(f"{path}enable/").json()["state"] == "active"
    tell()
    assert receiver.messages == []
    assert cms.does(f"{path}replay/", {"since": since}).json() == {"deliveries": 1}
    tell()
    assert receiver.types == ["claim.accepted"]


def test_one_delivery_is_sent_again(cms, receiver, tell, lead, integration):
    made = add(cms, receiver)
    happens(lead, integration)
    tell()
    pk = WebhookDelivery.objects.get().pk
    path = f"/webhooks/{made['id']}/replay/"
    assert cms.does(path, {"delivery": pk}).json() == {"deliveries": 1}
    tell()
    assert len({message.id for message in receiver.messages}) == 1
    assert len(receiver.messages) == 2
    assert cms.does(path, {"delivery": pk + 1}).status_code == 404
    assert cms.does(path, {}).status_code == 400


def test_a_change_needs_the_state_that_was_seen(cms, receiver):
    made = add(cms, receiver)
    path = f"/webhooks/{made['id']}/"
    assert cms.changes(path, {"types": ["article.*"]}, seen=None).status_code == 428
    changed = cms.changes(path, {"types": ["article.*"]}, seen='"1"')
    assert changed.json()["types"] == ["article.*"]
    assert cms.changes(path, {"name": "x"}, seen='"1"').status_code == 412
    assert last_event(Webhook.objects.get()).verb == "change"


def test_what_is_wrong_is_said_at_its_field(cms):
    url = "https://cms.example/hooks"
    wrong = cms.post("/webhooks/", {"url": url, "types": ["claim.eaten"]})
    assert problems(wrong)["types"].startswith("There is no claim.eaten. Known: article.*")
    assert "types" in problems(cms.post("/webhooks/", {"url": url, "types": []}))
    assert "secret" in problems(cms.post("/webhooks/", {"url": url, "types": [], "secret": "x"}))


def test_somebody_elses_webhook_is_not_there(cms, receiver, lead):
    theirs = add(Caller(lead), receiver)
    for path in ("", "deliveries/", "deliveries/1/", "deliveries/1/attempts/"):
        assert cms.get(f"/webhooks/{theirs['id']}/{path}").status_code == 404
    for path in ("enable/", "rotate-secret/", "test/"):
        assert cms.does(f"/webhooks/{theirs['id']}/{path}").status_code == 404
    assert cms.get("/webhooks/").json()["results"] == []


def test_a_lead_stops_the_webhook_of_a_service_account(cms, receiver, lead):
    made = add(cms, receiver)
    answer = Caller(lead).delete(f"/webhooks/{made['id']}/")
    assert (answer.status_code, answer.json()["owner"]) == (200, "integration")
    assert Caller(lead).delete(f"/webhooks/{made['id']}/").status_code == 409


def test_after_a_new_key_of_the_desk_secrets_are_sealed_anew_and_the_old_key_can_go(
    cms, receiver, tell, settings
):
    made = add(cms, receiver)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key, long enough and random"
    assert reseal_secrets() == 1
    assert reseal_secrets() == 0
    settings.SECRET_KEY_FALLBACKS = []
    cms.does(f"/webhooks/{made['id']}/test/")
    tell()
    assert receiver.messages[0].verified


def test_a_secret_that_cannot_be_read_disables_and_says_so(cms, receiver, tell, settings):
    made = add(cms, receiver)
    settings.SECRET_KEY = "another key, and nobody kept the one before"
    cms.does(f"/webhooks/{made['id']}/test/")
    tell()
    webhook = cms.get(f"/webhooks/{made['id']}/").json()
    assert webhook["state"] == "disabled"
    assert webhook["disabled_because"].startswith("Its secret cannot be read")
    assert receiver.messages == []
