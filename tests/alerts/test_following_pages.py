"""The pages of what somebody follows and of how they want mail, as members and visitors open them.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.alerts.models import Level, Watch, Wishes
from exchange.alerts.watching.actions import watch
from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.conversation import marks
from exchange.conversation.models import Follow, SavedSearch
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail import tokens
from exchange.mail.models import OutgoingMail, Standing
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_home(amina) -> Client:
    return signed_in(Client(), amina)


@pytest.fixture
def femi(db):
    return person("Femi", welcomed_at=now())


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize(
    ("path", "kind", "value"),
    [
        ("/topics/child-marriage/", "topic", "child-marriage"),
        ("/countries/ke/", "country", "KE"),
        ("/library/hubs/east-africa/", "hub", "east-africa"),
    ],
)
def test_a_place_has_a_way_to_follow_it_that_is_the_same_for_everybody(
    at_home, amina, path, kind, value
):
    way = f'href="/me/mail/follow/{kind}/{value.lower()}/"'
    assert way in page(Client(), path)
    assert way in page(at_home, path)

    answer = at_home.post(f"/me/mail/follow/{kind}/{value.lower()}/", {"level": "each"})

    assert answer["Location"] == path
    kept = Watch.objects.get(member=amina)
    assert (kept.kind, kept.value, kept.level) == (kind, value, "each")
    assert "because you follow" in page(at_home, f"/me/mail/follow/{kind}/{value.lower()}/")


def test_a_visitor_is_led_through_sign_in_and_comes_back():
    answer = Client().get("/me/mail/follow/topic/child-marriage/")

    assert answer["Location"].endswith("next=%2Fme%2Fmail%2Ffollow%2Ftopic%2Fchild-marriage%2F")


def test_a_person_is_followed_from_their_page_and_nobody_follows_themselves(at_home, amina, femi):
    assert f"/me/mail/follow/person/{femi.pk}/" in page(at_home, f"/people/{femi.pk}/")
    assert "/me/mail/follow/person/" not in page(at_home, f"/people/{amina.pk}/")

    at_home.post(f"/me/mail/follow/person/{femi.pk}/", {"level": "digest"})

    assert Watch.objects.get().value == str(femi.pk)
    assert at_home.get(f"/me/mail/follow/person/{amina.pk}/").status_code == 404


def test_an_organisation_is_followed_from_its_notice_by_its_name(at_home, femi):
    content = Content(
        title="A training",
        body="Come.",
        organisation="Nyumba Kumi",
        expires_at=now() + timedelta(9),
    )
    notice = submit(kind="notice", content=content, author=femi)
    way = f"/me/mail/follow/organisation/{notice.pk}/"
    assert way in page(at_home, notice.get_absolute_url())

    at_home.post(way, {"level": "digest"})

    kept = Watch.objects.get()
    assert (kept.value, kept.label) == ("nyumba-kumi", "Nyumba Kumi")
    assert "Nyumba Kumi" in page(at_home, "/me/mail/")


@pytest.mark.parametrize(
    "path",
    [
        "/me/mail/follow/topic/nothing-of-the-kind/",
        "/me/mail/follow/country/zz/",
        "/me/mail/follow/person/999999/",
        "/me/mail/follow/organisation/999999/",
        "/me/mail/follow/nonsense/x/",
        "/me/mail/follow/help/x/",
        "/me/mail/why/nonsense/",
        "/me/mail/why/reply:99999999999999999999/",
    ],
)
def test_what_is_not_there_cannot_be_followed(at_home, path):
    assert at_home.get(path).status_code == 404
    assert Watch.objects.count() == 0


def test_the_list_says_of_everything_how_it_is_told_and_why(at_home, amina, femi):
    row = submit(kind="question", content=Content(title="Who opens?", body="We."), author=amina)
    worker.run_until_idle()
    watch(member=amina, kind="topic", value="child-marriage")
    watch(member=amina, kind="help", level="each")
    watch(member=amina, kind="person", value=str(femi.pk), level="each")
    SavedSearch.objects.create(member=amina, name="bees", words="bees")

    shown = page(at_home, "/me/mail/")

    for words in (
        "You hear each answer by e-mail, because you wrote it.",
        "It comes in your weekly digest, because you follow the topic “Child marriage",
        "You hear of each by e-mail, because you wish to hear of questions you can help with.",
        "You hear of each by e-mail, because you follow Femi.",
        "It comes in your weekly digest, because you asked us to watch this search.",
        row.get_absolute_url(),
    ):
        assert words in shown


def test_what_was_taken_back_or_is_off_is_not_in_the_list(at_home, amina, femi):
    row = submit(kind="question", content=Content(title="Zebrafinch", body="We."), author=femi)
    marks.follow(member=amina, contribution=row, level="each")
    watch(member=amina, kind="topic", value="ethics", level="off")
    assert "Zebrafinch" in page(at_home, "/me/mail/")

    withdraw(contribution=row, by=femi)

    shown = page(at_home, "/me/mail/")
    assert "Zebrafinch" not in shown
    assert "/topics/ethics/" not in shown


def test_each_row_is_changed_or_stopped_by_a_button_and_only_by_its_owner(at_home, amina, femi):
    mine = watch(member=amina, kind="topic", value="ethics")
    row = submit(kind="question", content=Content(title="Who opens?", body="We."), author=femi)
    marks.follow(member=amina, contribution=row, level="each")

    at_home.post("/me/mail/change/", {"what": f"watch:{mine.pk}", "level": "each"})
    at_home.post(
        "/me/mail/change/", {"what": f"contribution:{row.pk}", "level": "off", "page": "2"}
    )

    mine.refresh_from_db()
    assert mine.level == Level.EACH
    assert Follow.objects.get(member=amina).level == "off"
    other = signed_in(Client(), femi)
    for what in (f"watch:{mine.pk}", f"contribution:{row.pk + 1}", "search:1", "x", "watch:x"):
        answer = other.post("/me/mail/change/", {"what": what, "level": "off"})
        assert answer.status_code == 404
    mine.refresh_from_db()
    assert mine.level == Level.EACH


@pytest.mark.parametrize("count", [1, 45])
def test_the_list_asks_the_database_no_more_for_more(
    at_home, amina, femi, count, django_assert_max_num_queries
):
    for number in range(count):
        row = submit(
            kind="question", content=Content(title=f"Number {number}", body="We."), author=femi
        )
        marks.follow(member=amina, contribution=row, level="each")
    watch(member=amina, kind="person", value=str(femi.pk))
    SavedSearch.objects.create(member=amina, name="bees", words="bees")
    at_home.get("/me/mail/")

    with django_assert_max_num_queries(8):
        shown = page(at_home, "/me/mail/")

    assert shown.count("<h3>") == min(20, count + 2)
    assert ('aria-current="page"' in shown.partition("Stop all mail")[0]) or count == 1


def test_a_page_far_behind_the_last_is_the_last(at_home, amina):
    watch(member=amina, kind="country", value="KE")

    assert "Kenya" in page(at_home, "/me/mail/?page=99")
    assert "Kenya" in page(at_home, "/me/mail/?page=nonsense")


def test_whose_mail_came_back_is_told_and_may_say_that_it_works(at_home, amina):
    Standing.objects.create(digest=tokens.digest(amina.email), state="dead")
    assert "Our mails to you came back" in page(at_home, "/me/mail/")

    at_home.post("/me/mail-again/")

    assert "Our mails to you came back" not in page(at_home, "/me/mail/")


def test_wishes_are_shown_as_they_are_and_kept_as_chosen(at_home, amina):
    shown = page(at_home, "/me/mail/wishes/")
    assert '<option value="Africa/Nairobi" selected>Nairobi (UTC+03:00)</option>' in shown
    wish = {
        "rhythm": "daily",
        "weekday": "2",
        "hour": "18",
        "timezone": "Africa/Nairobi",
        "quiet_from": "20",
        "quiet_until": "7",
        "most_a_week": "3",
        "content": "teaser",
    }

    answer = at_home.post("/me/mail/wishes/", wish)

    assert answer["Location"] == "/me/mail/"
    kept = Wishes.objects.get(member=amina)
    assert (kept.rhythm, kept.hour, kept.quiet_from, kept.most_a_week) == ("daily", 18, 20, 3)
    assert "Your digest comes every day at 18:00, Nairobi (UTC+03:00)." in page(
        at_home, "/me/mail/"
    )


def test_half_a_wish_is_asked_for_again_with_what_was_chosen(at_home):
    wish = {
        "rhythm": "daily",
        "weekday": "2",
        "hour": "18",
        "timezone": "Nowhere/Land",
        "quiet_from": "20",
        "quiet_until": "",
        "most_a_week": "3",
        "content": "teaser",
    }

    answer = at_home.post("/me/mail/wishes/", wish)
    again = at_home.post("/me/mail/wishes/", {**wish, "timezone": "UTC"})

    assert answer.status_code == again.status_code == 422
    assert "Choose both hours, or neither." in again.content.decode()
    assert '<option value="20" selected>20:00</option>' in again.content.decode()
    assert not Wishes.objects.exists()


def test_everything_is_paused_stopped_and_begun_again(at_home, amina):
    at_home.post("/me/mail/act/", {"what": "pause", "days": "14"})
    assert "Paused until" in page(at_home, "/me/mail/")

    at_home.post("/me/mail/act/", {"what": "stop"})
    assert "You stopped all mail." in page(at_home, "/me/mail/")

    at_home.post("/me/mail/act/", {"what": "start"})
    kept = Wishes.objects.get(member=amina)
    assert (kept.stopped_at, kept.paused_until) == (None, None)
    assert at_home.post("/me/mail/act/", {"what": "pause", "days": "9999"}).status_code == 422


def test_what_was_sent_is_told_with_what_became_of_it_and_to_its_owner_alone(
    at_home, amina, femi, question
):
    from exchange.conversation.actions import answer

    reply = answer(contribution=question, author=femi, body="We do.", language="en")
    worker.run_until_idle()

    shown = page(at_home, "/me/mail/sent/")
    assert "A new answer for you" in shown
    assert f"/me/mail/why/reply:{reply.pk}/" in shown
    assert "A new answer for you" not in page(signed_in(Client(), femi), "/me/mail/sent/")

    OutgoingMail.objects.update(state="suppressed", last_error="stopped")
    assert "not sent: you stopped all mail" in page(at_home, "/me/mail/sent/")


def test_why_something_came_names_every_rule_the_one_that_decides_first(at_home, amina, femi):
    content = Content(title="A question", body="We.", topics=("ethics",), countries=("KE",))
    row = submit(kind="question", content=content, author=femi)
    watch(member=amina, kind="topic", value="ethics", level="digest")
    watch(member=amina, kind="hub", value="east-africa", level="each")

    shown = page(at_home, f"/me/mail/why/contribution:{row.pk}/")

    deciding = shown.index("because you follow the hub “East Africa”")
    assert deciding < shown.index("because you follow the topic “")
    withdraw(contribution=row, by=femi)
    assert at_home.get(f"/me/mail/why/contribution:{row.pk}/").status_code == 404
