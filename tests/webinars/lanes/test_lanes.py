"""Lanes: who writes, one pen, words judged before they are seen, taken back everywhere, the limits."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.contributions.errors import NotAllowed, Noticed
from exchange.core.time import now
from exchange.webinars import queries as room
from exchange.webinars.errors import AlreadyDone, NotNow, TooFast
from exchange.webinars.lanes import actions, queries
from exchange.webinars.models import Lane, Line, LiveEvent, TeamMember
from exchange.webinars.rules import NOBODY
from tests import cast

pytestmark = pytest.mark.django_db
TELLS = "Her name is Neema Otieno, she is 9 and lives in Kibera; call 0722 123 456."


@pytest.fixture
def lane(live) -> Lane:
    return Lane.objects.create(webinar=live, language="en")


def writes_in(live, member) -> None:
    TeamMember.objects.create(webinar=live, member=member, task=TeamMember.Task.WRITER)


@pytest.fixture
def writer(live, amina):
    writes_in(live, amina)
    return amina


@pytest.fixture
def roles(live, writer):
    return room.roles_of(live, writer)


def events(live):
    rows = LiveEvent.objects.filter(webinar=live).order_by("seq")
    return list(rows.values_list("kind", "audience", "payload"))


def test_a_line_is_seen_at_once_and_told_to_its_lane(live, lane, writer, roles):
    line = actions.write(lane=lane, by=writer, roles=roles, text="  She  asks the elders. ")

    told = {"id": line.pk, "n": 1, "text": "She asks the elders."}
    assert events(live) == [("line", "lane:en", told)]
    assert [one.text for one in queries.lines(live, "en")] == ["She asks the elders."]


def test_who_has_no_task_does_not_write(live, lane, amina):
    with pytest.raises(NotAllowed):
        actions.write(lane=lane, by=amina, roles=NOBODY, text="Hello.")

    assert not Line.objects.exists()


def test_the_same_form_twice_is_one_line(lane, writer, roles):
    first, second = (
        actions.write(lane=lane, by=writer, roles=roles, text="Once.", once_key="k") for _ in "ab"
    )

    assert first.pk == second.pk
    assert Line.objects.count() == LiveEvent.objects.count() == 1


def test_what_could_point_to_a_child_comes_back_to_the_writer_first(live, lane, writer, roles):
    with pytest.raises(Noticed):
        actions.write(lane=lane, by=writer, roles=roles, text=TELLS)

    assert (Line.objects.count(), events(live)) == (0, [])


def test_insisted_on_it_waits_for_a_host_who_is_not_its_writer(
    live, lane, writer, roles, helper, beatriz
):
    line = actions.write(lane=lane, by=writer, roles=roles, text=TELLS, insist=True)
    assert (queries.lines(live, "en"), events(live)) == ([], [])

    for member in (helper, writer):
        with pytest.raises(NotAllowed):
            actions.let_out(line=line, by=member, roles=room.roles_of(live, member))
    actions.let_out(line=line, by=beatriz, roles=room.roles_of(live, beatriz))

    assert [one.pk for one in queries.lines(live, "en")] == [line.pk]
    with pytest.raises(AlreadyDone):
        actions.let_out(line=line, by=beatriz, roles=room.roles_of(live, beatriz))


def test_a_newcomers_lines_wait_and_a_helper_is_enough(live, lane, chen, helper):
    writes_in(live, chen)
    line = actions.write(
        lane=lane, by=chen, roles=room.roles_of(live, chen), text="She asks the elders."
    )
    assert line.state == Line.State.WAITING

    actions.let_out(line=line, by=helper, roles=room.roles_of(live, helper))

    assert queries.transcript(live, "en") == "She asks the elders."


def test_taken_back_it_leaves_every_place(live, lane, writer, roles):
    line = actions.write(lane=lane, by=writer, roles=roles, text="A slip.")
    actions.write(lane=lane, by=writer, roles=roles, text="What was meant.")

    actions.take_back(line=line, by=writer, roles=roles)

    assert queries.transcript(live, "en") == "What was meant."
    assert "slip" not in queries.captions(live, "en")
    assert "slip" not in str(events(live))
    assert events(live)[-1] == ("line-gone", "lane:en", {"id": line.pk})


def test_a_writer_takes_back_only_their_own(live, lane, writer, roles, chen):
    writes_in(live, chen)
    line = actions.write(lane=lane, by=writer, roles=roles, text="Mine.")

    with pytest.raises(NotAllowed):
        actions.take_back(line=line, by=chen, roles=room.roles_of(live, chen))


def test_one_pen_at_a_time_and_after_a_minute_of_silence_anothers(
    live, lane, writer, roles, helper
):
    writes_in(live, helper)
    theirs = room.roles_of(live, helper)
    actions.write(lane=lane, by=writer, roles=roles, text="I write.")
    for deed in (
        lambda: actions.write(lane=lane, by=helper, roles=theirs, text="I too."),
        lambda: actions.take_pen(lane=lane, by=helper, roles=theirs),
    ):
        with pytest.raises(AlreadyDone):
            deed()

    Lane.objects.update(pen_since=now() - timedelta(seconds=61))
    actions.write(lane=lane, by=helper, roles=theirs, text="I go on.")

    with pytest.raises(AlreadyDone):
        actions.write(lane=lane, by=writer, roles=roles, text="And I?")
    actions.lay_down_pen(lane=lane, by=helper)
    actions.take_pen(lane=lane, by=writer, roles=roles)
    assert Lane.objects.get().pen == writer


def test_forty_lines_a_minute_are_enough(live, lane, writer, roles):
    for number in range(40):
        Line.objects.create(lane=lane, number=number, text="x", by=writer)

    with pytest.raises(TooFast):
        actions.write(lane=lane, by=writer, roles=roles, text="One more.")


def test_nobody_writes_a_day_before(webinar, writer, beatriz):
    lane = Lane.objects.create(webinar=webinar, language="en")

    with pytest.raises(NotNow):
        actions.write(
            lane=lane, by=beatriz, roles=room.roles_of(webinar, beatriz), text="Too early."
        )


def test_leads_open_a_lane_once_and_everybody_is_told(live, beatriz, writer, roles):
    leads = room.roles_of(live, beatriz)
    given = {"webinar": live, "language": "ar", "is_interpreted": True}
    with pytest.raises(NotAllowed):
        actions.open_lane(**given, by=writer, roles=roles)

    lanes = [actions.open_lane(**given, by=beatriz, roles=leads) for _ in "ab"]

    assert lanes[0] == lanes[1]
    assert events(live) == [
        ("lane", "all", {"lang": "ar", "name": "العربية", "dir": "rtl", "open": True})
    ]


def test_captions_count_from_the_beginning_and_stay_captions(live, lane):
    begun = live.went_live_at
    for number, (seconds, text) in enumerate([(-5, "Early."), (61.5, "a --> b <i>"), (63, "End.")]):
        at = begun + timedelta(seconds=seconds)
        Line.objects.create(lane=lane, number=number, text=text, at=at)

    cues = queries.captions(live, "en").split("\n\n")

    assert cues[0] == "WEBVTT\nLanguage: en"
    assert cues[1:] == [
        "00:00:00.000 --> 00:00:03.000\nEarly.",
        "00:01:01.500 --> 00:01:03.000\na --&gt; b &lt;i&gt;",
        "00:01:03.000 --> 00:01:11.000\nEnd.\n",
    ]


def test_two_who_open_the_page_of_a_lane_read_or_write(live, lane, writer, visitor):
    address = f"/webinars/{live.pk}/live/lanes/en/"
    mine = cast.signed_in(Client(), writer)

    sent = mine.post(address, {"text": "She asks.", "do": "write", "once_key": "a"})
    quick = mine.post(
        address, {"text": "They answer.", "once_key": "b"}, headers={"accept": "application/json"}
    )

    assert (sent.status_code, sent["Location"]) == (302, address)
    assert [row["text"] for row in quick.json()["lines"]] == ["She asks.", "They answer."]
    page = visitor.get(address).content.decode()
    assert "They answer." in page
    assert 'id="writing"' not in page
    assert 'id="writing"' in mine.get(address).content.decode()
    assert visitor.post(address, {"text": "Me."}).status_code == 404
    assert visitor.get(f"{address}words.txt").content.decode() == "She asks.\nThey answer."
    assert visitor.get(f"{address}words.vtt")["Content-Type"].startswith("text/vtt")
    assert visitor.get(f"{address}words.exe").status_code == 404


def test_noticed_words_come_back_with_everything_that_was_typed(live, lane, writer):
    mine = cast.signed_in(Client(), writer)

    back = mine.post(f"/webinars/{live.pk}/live/lanes/en/", {"text": TELLS, "once_key": "a"})

    assert back.status_code == 422
    assert "Neema" in back.content.decode()
    assert 'name="insist"' in back.content.decode()


def test_the_overview_is_for_the_team_and_shows_what_waits(live, lane, writer, roles, beatriz):
    actions.write(lane=lane, by=writer, roles=roles, text=TELLS, insist=True)
    address = f"/webinars/{live.pk}/live/lanes/"

    assert "Neema" in cast.signed_in(Client(), beatriz).get(address).content.decode()
    host = cast.signed_in(Client(), beatriz)
    line = Line.objects.get()
    assert host.post(f"{address}en/", {"do": "out", "line": line.pk, "from": "lanes"})["Location"]
    assert queries.transcript(live, "en") == TELLS
    opened = host.post(address, {"language": "sw"})
    assert opened["Location"] == f"{address}sw/"
    assert Client().get(address).status_code == 404


def test_a_long_text_is_read_in_light_pages_of_few_questions(
    live, lane, writer, visitor, django_assert_num_queries
):
    address = f"/webinars/{live.pk}/live/lanes/en/"
    Line.objects.create(lane=lane, number=0, text="The first.")
    visitor.get(address)
    with django_assert_num_queries(3):
        visitor.get(address)
    for number in range(1, 300):
        words = f"{number}. Then the elders of the village said what they had seen themselves."
        Line.objects.create(lane=lane, number=number, text=words)

    with django_assert_num_queries(3):
        last = visitor.get(address, headers={"accept-encoding": "gzip"})
    first = visitor.get(f"{address}?as=page&page=1").content.decode()

    assert len(last.content) <= 14_000
    assert "The first." in first
    assert "299. Then" not in first
    mine = cast.signed_in(Client(), writer)
    page = mine.get(address, headers={"accept-encoding": "gzip"})
    assert len(page.content) <= 14_000


def test_the_glossary_passes_the_gates_too(live, lane, writer, roles):
    given = {"lane": lane, "is_interpreted": True, "by": writer, "roles": roles}
    actions.describe(**given, glossary="mlinzi = guardian")

    with pytest.raises(Noticed):
        actions.describe(**given, glossary=TELLS)

    lane.refresh_from_db()
    assert (lane.glossary, lane.is_interpreted) == ("mlinzi = guardian", True)


def test_a_language_in_which_nothing_was_written_can_be_taken_away(live, lane, beatriz):
    host = cast.signed_in(Client(), beatriz)
    address = f"/webinars/{live.pk}/live/lanes/en/"
    line = Line.objects.create(lane=lane, number=1, text="Something.")

    host.post(address, {"do": "close"})
    assert Lane.objects.exists()
    line.delete()

    assert host.post(address, {"do": "close"})["Location"] == f"/webinars/{live.pk}/live/lanes/"
    assert not Lane.objects.exists()
    assert events(live)[-1][0] == "lane"
    assert events(live)[-1][2]["open"] is False


@pytest.mark.parametrize("bad", ["", "0", "9" * 30, "x", "-1"])
def test_strange_numbers_are_nothing(live, lane, writer, bad):
    mine = cast.signed_in(Client(), writer)

    for deed in ("back", "out", "nonsense"):
        answer = mine.post(f"/webinars/{live.pk}/live/lanes/en/", {"do": deed, "line": bad})
        assert answer.status_code == 404
