"""Who may have how many messages on their way: one that hangs takes little from the others."""

from claims.webhooks.places import Places

SLOW, FAST, OWNER = 1, 2, 7


def sent(places, webhook, owner=OWNER):
    """Take all that a webhook may have now; return how many that is."""
    free = places.free_for(webhook, owner)
    for _ in range(free):
        places.take(webhook, owner)
    return free


def back(places, webhook, number, owner=OWNER, *, arrived=True, hung=False):
    for _ in range(number):
        places.give_back(webhook, owner, arrived=arrived, hung=hung)


def test_a_webhook_begins_with_one_and_gets_more_as_its_messages_arrive():
    places, seen = Places(32, most=4), []
    for _ in range(4):
        seen.append(sent(places, FAST))
        back(places, FAST, seen[-1])
    assert seen == [1, 2, 4, 4]


def test_one_that_hung_is_back_at_one_and_one_that_refuses_stays():
    places = Places(32, most=4)
    back(places, FAST, sent(places, FAST))
    back(places, FAST, sent(places, FAST), arrived=False)
    assert places.free_for(FAST, OWNER) == 2
    back(places, FAST, sent(places, FAST), arrived=False, hung=True)
    assert places.free_for(FAST, OWNER) == 1


def test_what_is_on_its_way_counts():
    places = Places(32, most=4)
    assert (sent(places, SLOW), sent(places, SLOW)) == (1, 0)
    assert places.free() == 31


def test_nobody_gets_more_than_half_of_all_however_many_webhooks_they_have():
    places = Places(8, most=4)
    mine = [sent(places, webhook) for webhook in range(100, 110)]
    assert mine == [1, 1, 1, 1, 0, 0, 0, 0, 0, 0]
    assert sent(places, FAST, owner=8) == 1


def test_nothing_is_given_that_is_not_there():
    places = Places(4, most=4)
    assert [sent(places, number, owner=number) for number in range(6)] == [1, 1, 1, 1, 0, 0]
