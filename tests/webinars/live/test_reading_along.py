"""Reading along: what was missed first, then what comes; to everybody what is theirs."""

import pytest

from exchange.contributions.actions import withdraw
from exchange.webinars.live.actions import empty
from tests.webinars.live.process import a_ticket, told, until

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_told_arrives_at_once_in_order_and_in_whole(wire, live):
    reader = wire.read(live.pk)
    numbers = [told(live.pk, text=f"Karibu {number} — مرحبا") for number in range(5)]

    assert reader.has(5) == [
        {"seq": seq, "k": "chat", "text": f"Karibu {number} — مرحبا"}
        for number, seq in enumerate(numbers)
    ]
    assert reader.status == 200
    assert reader.headers["content-type"].startswith("text/event-stream")
    assert reader.headers["access-control-allow-origin"] == "*"
    assert reader.headers["x-accel-buffering"] == "no"
    assert "set-cookie" not in reader.headers
    assert reader.text.startswith("retry: ")


def test_who_comes_later_is_told_what_was_missed_and_then_what_comes(wire, live):
    told_before = [told(live.pk, number=number) for number in range(450)]
    reader = wire.read(live.pk, after=told_before[9])
    reader.has(440)
    told_after = told(live.pk, number="last")

    reader.has(441)
    assert reader.numbers == [*told_before[10:], told_after]


def test_what_the_browser_remembers_goes_before_what_the_page_said(wire, live):
    numbers = [told(live.pk, number=number) for number in range(6)]

    reader = wire.read(live.pk, after=numbers[0], Last_Event_ID=str(numbers[3]))

    reader.has(2)
    assert reader.numbers == numbers[4:]


@pytest.mark.parametrize("nonsense", ["-1", "many", "1e3", "9" * 40])
def test_a_number_that_is_none_means_from_the_beginning(wire, live, nonsense):
    told(live.pk, number=1)

    assert wire.read(live.pk, after=nonsense).has(1)


def test_a_number_ahead_of_ours_is_brought_back_to_where_we_are(wire, live):
    told(live.pk, number=1)
    reader = wire.read(live.pk, after=1_000_000)
    told(live.pk, number=2)

    assert [event["number"] for event in reader.has(1)] == [2]


def test_everybody_hears_what_is_for_them_and_nothing_else(wire, live):
    everybody = {
        "anyone": wire.read(live.pk),
        "seven": wire.read(live.pk, a_ticket(live.pk, seat=7)),
        "lanes": wire.read(live.pk, lanes="fr,sw"),
        "helper": wire.read(live.pk, a_ticket(live.pk, roles=frozenset({"helpers"}))),
        "presenter": wire.read(live.pk, a_ticket(live.pk, roles=frozenset({"presenters"}))),
    }
    for audience in ("seat:7", "seat:77", "lane:fr", "lane:en", "helpers", "presenters"):
        told(live.pk, audience=audience, to=audience)
    told(live.pk, to="the end")
    expected = {
        "anyone": [],
        "seven": ["seat:7"],
        "lanes": ["lane:fr"],
        "helper": ["helpers"],
        "presenter": ["presenters"],
    }

    for who, reader in everybody.items():
        until(lambda reader=reader: "the end" in reader.read().text)
        assert [event["to"] for event in reader.events] == [*expected[who], "the end"], who


def test_what_was_missed_keeps_to_the_same_audiences(wire, live):
    for audience in ("seat:7", "helpers", "presenters", "lane:fr", "all"):
        told(live.pk, audience=audience, to=audience)

    assert [event["to"] for event in wire.read(live.pk).has(1)] == ["all"]
    helper = wire.read(live.pk, a_ticket(live.pk, seat=7, roles=frozenset({"helpers"})))
    assert [event["to"] for event in helper.has(3)] == ["seat:7", "helpers", "all"]


@pytest.mark.parametrize("lanes", ["helpers", "all,presenters", "fr%0aall", "lane:helpers", "7"])
def test_nobody_talks_themselves_into_another_audience_by_the_lanes(wire, live, lanes):
    for audience in ("helpers", "presenters", "seat:7"):
        told(live.pk, audience=audience, to=audience)
    told(live.pk, to="all")

    assert [event["to"] for event in wire.read(live.pk, lanes=lanes).has(1)] == ["all"]


def test_two_webinars_do_not_hear_each_other(wire, live, webinar):
    here, there = wire.read(live.pk), wire.read(webinar.pk)
    told(live.pk, at="here")
    told(webinar.pk, at="there")

    assert [event["at"] for event in here.has(1)] == ["here"]
    assert [event["at"] for event in there.has(1)] == ["there"]


def test_hidden_words_are_not_told_to_those_who_come_later(wire, live):
    reader = wire.read(live.pk)
    hidden = told(live.pk, item="asked:7", text="her name and her village")
    stays = told(live.pk, item="asked:8", text="what helped")
    reader.has(2)
    empty(webinar_id=live.pk, item="asked:7")
    gone = told(live.pk, "question-gone", id=7)

    assert [event["k"] for event in reader.has(3)] == ["chat", "chat", "question-gone"]
    late = wire.read(live.pk, after=hidden - 1)
    late.has(2)
    assert late.numbers == [stays, gone]
    assert "village" not in late.text


def test_a_withdrawn_webinar_ends_for_everybody_and_is_not_told_again(wire, live, beatriz):
    told(live.pk, text="zebrafinch")
    reader = wire.read(live.pk)
    reader.has(1)
    withdraw(contribution=live, by=beatriz)

    reader.closed(3)
    assert reader.text.rstrip().rpartition("\n")[2].startswith("retry: ")
    again = wire.read(live.pk, after=0)
    assert again.status == 403
    assert again.headers["access-control-allow-origin"] == "*"
    assert "zebrafinch" not in again.read().text
