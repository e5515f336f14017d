"""The pages of the team: what helpers, presenters and leads see, and that nobody else finds them.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.webinars.dialogue import actions, queries
from exchange.webinars.models import Asked, Phase, Poll, Presenter, TeamMember, Webinar
from tests.webinars.conftest import seated
from tests.webinars.dialogue.conftest import HELPER, HOST, WORDS

pytestmark = pytest.mark.django_db
NAMED = "My neighbour's son Juma Otieno, 9 years old, of Kibera: what should I do for him?"
JSON = {"accept": "application/json"}


def page(live, which: str) -> str:
    return f"/webinars/{live.pk}/live/{which}/"


@pytest.fixture
def helpers(helper, signed_in) -> Client:
    return signed_in(Client(), helper)


@pytest.fixture
def presenter(live) -> Presenter:
    """Somebody without an account, who agreed."""
    return Presenter.objects.create(
        webinar=live,
        name="Wanjiru",
        email="w@example.org",
        answer=Presenter.Answer.AGREED,
        may_be_named=True,
    )


@pytest.mark.parametrize("which", ["helper", "presenter", "lead"])
def test_strangers_find_none_of_these_pages(live, which, visitor, chen, signed_in, beatriz):
    assert visitor.get(page(live, which)).status_code == 404
    assert signed_in(Client(), chen).get(page(live, which)).status_code == 404

    assert signed_in(Client(), beatriz).get(page(live, which)).status_code == 200


def test_each_task_opens_its_own_page_and_no_other(live, helpers, amina, signed_in):
    TeamMember.objects.create(webinar=live, member=amina, task=TeamMember.Task.LEAD)
    lead = signed_in(Client(), amina)

    assert [
        helpers.get(page(live, one)).status_code for one in ("helper", "presenter", "lead")
    ] == [
        200,
        404,
        404,
    ]
    assert lead.get(page(live, "lead")).status_code == 200


def test_a_host_without_their_second_factor_is_nobody_special(live, beatriz):
    client = Client()
    client.force_login(beatriz)

    assert client.get(page(live, "helper")).status_code == 404


def test_the_oldest_waits_first_and_one_tap_shows_it(live, seat, guest, asks, helpers):
    first = asks(live, seat)
    asks(live, guest, text="And with mothers?")
    text = helpers.get(page(live, "helper")).content.decode()
    assert text.index(WORDS) < text.index("And with mothers?")
    assert "2 questions wait" in text
    assert "Their writer is a guest." in text

    sent = helpers.post(page(live, "helper"), {"deed": f"show:{first.pk}"})

    assert sent.status_code == 302
    assert queries.wall(live) == [first]


def test_what_a_gate_saw_is_marked_in_plain_words_and_only_a_host_shows_it(
    live, seat, asks, helpers, beatriz, signed_in
):
    row = asks(live, seat, text=NAMED, insist=True)
    text = helpers.get(page(live, "helper")).content.decode()
    assert "<mark>" in text
    assert "A child may be named in it" in text
    assert "Only a host may show this." in text
    assert f"show:{row.pk}" not in text

    sent = helpers.post(page(live, "helper"), {"deed": f"show:{row.pk}"}, headers=JSON)
    assert sent.status_code == 409
    assert queries.wall(live) == []
    hosts = signed_in(Client(), beatriz)
    assert f"show:{row.pk}" in hosts.get(page(live, "helper")).content.decode()
    hosts.post(page(live, "helper"), {"deed": f"show:{row.pk}"})
    assert queries.wall(live) == [row]


def test_the_second_helper_reads_that_somebody_was_faster(live, asked, helpers, beatriz):
    actions.show(asked=asked, by=beatriz, roles=HOST)

    page_after = helpers.post(page(live, "helper"), {"deed": f"show:{asked.pk}"}, follow=True)

    assert "Somebody else was faster" in page_after.content.decode()


def test_a_kind_sentence_goes_in_the_language_the_question_was_asked_in(live, seat, helpers):
    row = actions.ask(webinar=live, seat=seat, text="Comment commencer ?", language="fr")

    helpers.post(page(live, "helper"), {"deed": f"decline:{row.pk}:later"})

    row.refresh_from_db()
    assert (row.state, bool(row.note)) == (Asked.State.DECLINED, True)


def test_own_words_are_typed_on_a_page_that_never_refreshes(live, asked, helpers):
    path = f"{page(live, 'helper')}{asked.pk}/"
    assert "refresh" not in helpers.get(path).content.decode()

    helpers.post(path, {"deed": "decline", "note": "Thank you, Amina. Next month."})

    assert Asked.objects.get().note == "Thank you, Amina. Next month."


def test_words_that_point_to_a_child_come_back_with_what_was_typed(live, shown, helpers):
    path = f"{page(live, 'helper')}{shown.pk}/"

    again = helpers.post(path, {"deed": "answer", "text": NAMED})

    assert again.status_code == 422
    assert "could point to a child" in again.content.decode()
    assert "Juma Otieno" in again.content.decode()
    assert helpers.post(path, {"deed": "answer", "text": "Begin with tea."}).status_code == 302
    assert Asked.objects.get().answer == "Begin with tea."


def test_a_question_of_another_hour_is_decided_there_alone(live, webinar, seat, helpers, amina):
    other = actions.ask(webinar=webinar, seat=seated(webinar, amina), text=WORDS, language="en")

    for verb in ("show", "hide", "now", "decline"):
        sent = helpers.post(page(live, "helper"), {"deed": f"{verb}:{other.pk}"})
        assert sent.status_code == 404
    assert helpers.get(f"{page(live, 'helper')}{other.pk}/").status_code == 404
    assert helpers.post(page(live, "helper"), {"deed": "erase:1"}).status_code == 404
    for number in ("x", "²", "9" * 40):
        sent = helpers.post(page(live, "helper"), {"deed": f"show:{number}"})
        assert sent.status_code == 404


def test_a_presenter_without_an_account_comes_by_their_key_and_takes_up_what_is_next(
    live, shown, presenter, visitor
):
    path = f"/webinars/presenters/{presenter.key}/live/"
    text = visitor.get(path).content.decode()
    assert WORDS in text
    assert "25 minutes left" in text or "minutes left" in text

    visitor.post(path, {"deed": f"now:{shown.pk}"})
    visitor.post(path, {"deed": f"answered:{shown.pk}"})

    row = Asked.objects.get()
    assert (row.state, row.answered_as) == (Asked.State.ANSWERED, "Wanjiru")


def test_a_presenter_finds_the_view_on_their_page_and_is_named_only_if_they_wish(
    live, shown, presenter, visitor
):
    own = visitor.get(f"/webinars/presenters/{presenter.key}/").content.decode()
    path = f"/webinars/presenters/{presenter.key}/live/"
    assert path in own
    Presenter.objects.update(may_be_named=False)

    visitor.post(path, {"deed": f"answered:{shown.pk}"})

    assert Asked.objects.get().answered_as == ""


def test_a_presenter_who_leaves_loses_the_page_at_once(live, shown, presenter, visitor):
    path = f"/webinars/presenters/{presenter.key}/live/"
    assert visitor.get(path).status_code == 200

    Presenter.objects.update(answer=Presenter.Answer.LEFT)

    assert visitor.get(path).status_code == 404
    assert visitor.post(path, {"deed": f"now:{shown.pk}"}).status_code == 404
    assert Asked.objects.get().state == Asked.State.SHOWN


def test_the_presenters_view_shows_no_word_that_waits(live, asked, presenter, visitor):
    assert WORDS not in visitor.get(f"/webinars/presenters/{presenter.key}/live/").content.decode()


def test_the_lead_begins_opens_asks_and_ends(live, beatriz, signed_in):
    Webinar.objects.filter(pk=live.pk).update(phase=Phase.OPEN, went_live_at=None)
    lead, path = signed_in(Client(), beatriz), page(live, "lead")

    lead.post(path, {"deed": "start"})
    lead.post(path, {"deed": "door:chat:0"})
    lead.post(path, {"deed": "poll", "question": "When?", "choice_1": "Now", "choice_2": "Later"})
    poll = Poll.objects.get()
    lead.post(path, {"deed": f"open-poll:{poll.pk}"})

    row = Webinar.objects.get(pk=live.pk)
    assert (row.phase, row.chat_open) == (Phase.LIVE, False)
    assert Poll.objects.get().state == Poll.State.OPEN
    lead.post(path, {"deed": "word", "word": "Welcome, all of you."})
    assert "Welcome, all of you." in lead.get(path).content.decode()
    lead.post(path, {"deed": "end"})
    assert Webinar.objects.get(pk=live.pk).phase == Phase.OVER


def test_a_poll_with_one_choice_comes_back_as_it_was_typed(live, beatriz, signed_in):
    lead = signed_in(Client(), beatriz)

    again = lead.post(
        page(live, "lead"), {"deed": "poll", "question": "Leo au kesho?", "choice_1": "Leo"}
    )

    assert again.status_code == 422
    assert "Leo au kesho?" in again.content.decode()
    assert not Poll.objects.exists()


def test_the_pages_cost_the_same_however_much_was_asked(
    live, seat, guest, asks, helper, helpers, beatriz, signed_in, django_assert_max_num_queries
):
    hosts = signed_in(Client(), beatriz)
    for number in range(5):
        other = seated(live, email=f"q{number}@example.org")
        row = asks(live, other, text=f"Question {number}?")
        asks(live, other, text=f"Waiting {number}?")
        actions.show(asked=row, by=helper, roles=HELPER)
        actions.say(webinar=live, seat=other, text="Hello", language="en")
        actions.raise_hand(webinar=live, seat=other, up=True)
    for which in ("helper", "presenter", "lead"):
        hosts.get(page(live, which))
        with django_assert_max_num_queries(8):
            hosts.get(page(live, which))


def test_a_webinar_that_is_withdrawn_takes_its_team_pages_with_it(
    live, shown, beatriz, helpers, presenter, visitor
):
    key = f"/webinars/presenters/{presenter.key}/live/"
    assert visitor.get(key).status_code == 200

    withdraw(contribution=live, by=beatriz)

    assert visitor.get(key).status_code == 404
    assert helpers.get(page(live, "helper")).status_code == 404


def test_a_long_queue_still_fits_on_a_phone_and_the_whole_wall_is_one_tap_away(
    live, helpers, beatriz, signed_in
):
    words = "How do you begin with fathers who stay away from every meeting of number"
    for number in range(90):
        state = Asked.State.SHOWN if number % 2 else Asked.State.WAITING
        Asked.objects.create(webinar=live, text=f"{words} {number}?", state=state, votes=number)
    Asked.objects.filter(votes=1).update(state=Asked.State.ANSWERING)

    page_now = helpers.get(page(live, "helper"), headers={"accept-encoding": "gzip"})

    assert len(page_now.content) <= 14_000
    text = helpers.get(page(live, "helper")).content.decode()
    assert f"{words} 1?" in text
    assert f"{words} 3?" not in text
    assert "?wall=all" in text
    assert f"{words} 3?" in helpers.get(page(live, "helper") + "?wall=all").content.decode()
