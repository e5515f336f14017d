"""Getting the newsletter without an account: asked once, confirmed by a button, stopped by one click.
Run by pytest alone."""

import gzip
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from exchange.briefings.models import Subscriber
from exchange.briefings.subscribing import actions, telling
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.mail import tokens
from exchange.mail.models import OutgoingMail
from exchange.mail.tokens import What, digest
from exchange.members.actions import About, join
from exchange.members.dossier import erase
from tests import cast
from tests.briefings.subscribing.conftest import GUEST, letters, path_to, paths_in

pytestmark = pytest.mark.django_db
PAGE = "/newsletters/subscribe/"
WISH = {"email": GUEST, "language": "sw", "hub": "east-africa"}


def asked(client: Client, **more: str):
    return client.post(PAGE, {**WISH, **more})


def confirmed(client: Client) -> Subscriber:
    asked(client)
    client.post(path_to(letters()[-1], "/yes/"))
    return Subscriber.objects.get()


def test_one_letter_asks_and_the_button_on_its_page_is_the_yes(client):
    assert client.get(PAGE).status_code == 200
    assert asked(client)["Location"] == f"{PAGE}?sent=1"
    (letter,) = letters()
    page = path_to(letter, "/yes/")
    assert letter.language == "sw"
    assert Subscriber.objects.get().state == "asked"

    assert client.get(page).status_code == 200
    assert Subscriber.objects.get().state == "asked"
    answer = client.post(page)

    row = Subscriber.objects.get()
    assert (row.state, row.language, row.hub, row.address) == (
        "confirmed",
        "sw",
        "east-africa",
        GUEST,
    )
    own = client.get(answer["Location"])
    assert GUEST in own.content.decode()
    assert client.post(page).status_code == 302
    assert len(letters()) == 1


def test_what_is_typed_wrong_stays_with_the_reason(client):
    response = asked(client, email="guest at example")

    assert response.status_code == 422
    assert "guest at example" in response.content.decode()
    assert Subscriber.objects.count() == 0


def test_the_page_says_the_same_whether_an_address_is_known_or_not(client, amina):
    confirmed(client)
    strangers, members, known = (
        asked(client, email="other@example.net"),
        asked(client, email=amina.email),
        asked(client),
    )

    answers = {(one.status_code, one["Location"]) for one in (strangers, members, known)}
    assert answers == {(302, f"{PAGE}?sent=1")}
    assert [len(letters(one)) for one in ("other@example.net", amina.email)] == [1, 1]


def test_a_scanner_that_opens_every_link_confirms_nobody_and_stops_nobody(client):
    """As mail servers do: HEAD, then GET, with and without cookies, also the key of the one click."""
    asked(client)
    (letter,) = letters()
    scanner = Client()

    def scan(mail: OutgoingMail) -> None:
        paths = paths_in(mail)
        assert paths
        for path in paths:
            assert scanner.head(path).status_code in (200, 302)
            assert scanner.get(path, headers={"Purpose": "prefetch"}).status_code in (200, 302)

    scan(letter)
    assert Subscriber.objects.get().state == "asked"
    row = actions.confirm(subscriber=Subscriber.objects.get())
    stops = [
        f"/newsletters/stop/{tokens.make(what, item=row.pk)}/"
        for what in (What.NEWS_STOP, What.NEWS_PAGE)
    ]
    for path in [*stops, f"/newsletters/mine/{row.key}/"]:
        assert scanner.head(path).status_code == scanner.get(path).status_code == 200
    assert Subscriber.objects.get().state == "confirmed"


def test_a_blind_post_without_the_pages_own_mark_confirms_nobody(client):
    asked(client)
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(path_to(letters()[0], "/yes/")).status_code == 403
    assert Subscriber.objects.get().state == "asked"


def test_asking_again_and_again_floods_nobody(client):
    """One letter a day, four a week; and a page that says when it is enough."""
    for _again in range(3):
        asked(client)
    assert len(letters()) == 1
    row = Subscriber.objects.get()
    for days in range(1, 7):
        telling.tell(
            Event(kind="subscriber.asked", at=now() + timedelta(days=days), subject_id=row.pk)
        )
    assert len(letters()) == 4

    for _again in range(5):
        last = asked(client)
    assert last.status_code == 429


def test_an_unconfirmed_address_is_forgotten_and_a_stop_is_remembered(client):
    asked(client)
    later = now() + timedelta(days=15)
    assert actions.forget_unconfirmed(at=now()) == 0
    assert actions.forget_unconfirmed(at=later) == 1
    assert Subscriber.objects.count() == 0

    row = confirmed(client)
    actions.stop(subscriber=row)
    asked(client)
    assert actions.forget_unconfirmed(at=later) == 1
    kept = Subscriber.objects.get()
    assert (kept.state, kept.address, kept.digest) == ("stopped", "", digest(GUEST))


def test_no_forgets_the_address(client):
    asked(client)

    client.post(path_to(letters()[0], "/yes/"), {"act": "no"})

    assert Subscriber.objects.count() == 0
    assert client.get(path_to(letters()[0], "/yes/")).status_code == 410


def test_one_click_from_the_header_stops_at_once(client):
    row = confirmed(client)
    page = f"/newsletters/stop/{tokens.make(What.NEWS_STOP, item=row.pk)}/"
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(page, {"List-Unsubscribe": "One-Click"})

    row.refresh_from_db()
    assert (response.status_code, row.state, row.address) == (200, "stopped", "")


def test_a_copy_that_was_passed_on_stops_nothing_without_the_address(client):
    row = confirmed(client)
    page = f"/newsletters/stop/{tokens.make(What.NEWS_PAGE, item=row.pk)}/"
    friend = Client()

    clicked = friend.post(page, {"List-Unsubscribe": "One-Click"})
    guessed = friend.post(page, {"act": "stop", "address": "friend@example.net"})
    row.refresh_from_db()
    assert (clicked.status_code, guessed.status_code, row.state) == (422, 422, "confirmed")
    assert "/newsletters/subscribe/" in guessed.content.decode()

    changing = friend.post(page, {"act": "change", "address": GUEST.upper()})
    assert changing["Location"] == f"/sw/newsletters/mine/{row.key}/"
    stopped = friend.post(page, {"act": "stop", "address": GUEST})
    row.refresh_from_db()
    assert (stopped.status_code, row.state) == (200, "stopped")


def test_ones_own_page_changes_stops_and_puts_back(client):
    row = confirmed(client)
    page = f"/newsletters/mine/{row.key}/"

    client.post(page, {"act": "change", "language": "fr", "hub": ""})
    row.refresh_from_db()
    assert (row.language, row.hub) == ("fr", "")
    client.post(page, {"act": "stop"})
    row.refresh_from_db()
    assert (row.state, row.address) == ("stopped", "")
    assert client.post(page, {"act": "again", "address": "x@example.net"}).status_code == 422
    client.post(page, {"act": "again", "address": GUEST})
    row.refresh_from_db()
    assert (row.state, row.address) == ("confirmed", GUEST)


def test_after_a_day_only_a_new_yes_brings_it_back(client):
    row = confirmed(client)
    actions.stop(subscriber=row)
    Subscriber.objects.update(stopped_at=now() - timedelta(days=2))

    client.post(f"/newsletters/mine/{row.key}/", {"act": "again", "address": GUEST})
    assert Subscriber.objects.get().state == "stopped"

    cache.clear()
    OutgoingMail.objects.all().delete()
    assert confirmed(client).state == "confirmed"


def test_a_member_chooses_with_one_tap_and_sees_it_under_their_mail(client, amina):
    cast.signed_in(client, amina)

    assert client.get(PAGE).status_code == 200
    client.post(PAGE, {"language": "sw", "hub": "east-africa"})
    row = Subscriber.objects.get()
    assert (row.member, row.state, row.address, row.language) == (amina, "confirmed", "", "sw")
    assert letters(amina.email) == []
    mine = client.get("/me/mail/").content.decode()
    assert "/newsletters/subscribe/" in mine

    client.post(PAGE, {"act": "stop"})
    row.refresh_from_db()
    assert row.state == "stopped"


def test_who_joins_with_an_address_that_gets_it_keeps_it_and_erasing_takes_it_away(client):
    row = confirmed(client)

    member = join(email=GUEST, about=About(languages=("sw",)))
    letters()

    row.refresh_from_db()
    assert (row.member, row.state, row.address, row.digest) == (member, "confirmed", "", "")
    erase(member)
    assert Subscriber.objects.count() == 0


def test_hosts_see_numbers_help_one_person_and_ask_those_they_were_given(client, beatriz, amina):
    row = confirmed(client)
    page = "/desk/subscribers/"
    assert client.get(page).status_code in (302, 404)
    host = cast.signed_in(Client(), beatriz)
    host.cookies["django_language"] = "en"

    assert GUEST not in host.get(page).content.decode()
    found = host.post(page, {"act": "find", "address": GUEST})
    assert 'value="stop"' in found.content.decode()
    host.post(page, {"act": "stop", "address": GUEST})
    row.refresh_from_db()
    assert row.state == "stopped"

    pasted = f"new@example.net, {GUEST}\nNew <NEW@example.net>;{amina.email} nonsense@"
    host.post(page, {"act": "paste", "addresses": pasted, "language": "en", "hub": ""})
    assert [mail.state for mail in letters("new@example.net")] == ["sent"]
    # Who stopped is left alone; nobody is put in.
    assert len(letters()) == 1
    assert not Subscriber.objects.filter(state="confirmed").exists()
    assert Subscriber.objects.get(member=amina).state == "asked"


def test_its_pages_are_light_and_ask_little(client, amina, django_assert_max_num_queries):
    row = confirmed(client)
    token = tokens.make(What.NEWS_PAGE, item=row.pk)
    pages = (PAGE, f"/newsletters/mine/{row.key}/", f"/newsletters/stop/{token}/")
    for page in pages:
        with django_assert_max_num_queries(8):
            answer = client.get(page)
        assert len(gzip.compress(answer.content, 6)) <= 14_000
    cast.signed_in(client, amina)
    with django_assert_max_num_queries(8):
        client.get(PAGE)
