"""The authenticator app and recovery codes, from setting up to signing in."""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from exchange.mail.models import OutgoingMail
from exchange.members import actions, rules
from exchange.members.models import Member
from tests import cast
from tests.members.test_door import code_for

pytestmark = pytest.mark.django_db
START = "2026-03-01 10:00"


def digits(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up(client: Client, **posted: str) -> str:
    page = client.get("/me/security/app/").content.decode()
    found = re.search(r'<code dir="ltr">([A-Z2-7]+)</code>', page)
    assert found
    answer = client.post("/me/security/app/", {"code": digits(found[1]), **posted})
    assert answer.url == "/me/security/recovery-codes/"
    return found[1]


def sign_in(client: Client, member: Member, page: str = "") -> str:
    client.post("/sign-in/", {"email": member.email, "next": page})
    url: str = client.post("/sign-in/code/", {"code": code_for(member.email)}).url
    return url


def test_an_app_is_set_up_and_asked_for_from_then_on(visitor: Client, amina: Member) -> None:
    with time_machine.travel(START, tick=False) as clock:
        sign_in(visitor, amina)
        secret = set_up(visitor)
        clock.shift(60)
        other = Client()

        assert sign_in(other, amina, "/me/profile/") == "/sign-in/second-step/"
        assert other.get("/me/").status_code == 302
        assert "data-passkey" not in other.get("/sign-in/second-step/").content.decode()
        assert other.post("/sign-in/second-step/", {"code": "000000"}).status_code == 422
        answer = other.post("/sign-in/second-step/", {"code": digits(secret)})

        assert answer.url == "/me/profile/"
        assert other.get("/me/").status_code == 200


def test_a_wrong_code_sets_up_nothing(visitor: Client, amina: Member) -> None:
    sign_in(visitor, amina)
    visitor.get("/me/security/app/")

    assert visitor.post("/me/security/app/", {"code": "000000"}).status_code == 422
    assert not rules.has_second_factor(amina)


def test_a_recovery_code_stands_in_once(visitor: Client, amina: Member) -> None:
    sign_in(visitor, amina)
    set_up(visitor)
    page = visitor.get("/me/security/recovery-codes/").content.decode()
    recovery = re.findall(r"<code>(\w{8})</code>", page)
    assert len(recovery) == 10

    first, second = Client(), Client()
    sign_in(first, amina)
    assert first.post("/sign-in/second-step/", {"code": recovery[0]}).url == "/me/"
    sign_in(second, amina)
    assert second.post("/sign-in/second-step/", {"code": recovery[0]}).status_code == 422


def test_recovery_codes_are_given_as_a_file(visitor: Client, amina: Member) -> None:
    sign_in(visitor, amina)
    set_up(visitor)

    answer = visitor.get("/me/security/recovery-codes/file/")

    assert len(answer.content.split()) == 10
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_setting_up_is_told_by_mail(
    visitor: Client, amina: Member, django_capture_on_commit_callbacks
) -> None:
    sign_in(visitor, amina)

    with django_capture_on_commit_callbacks(execute=True):
        set_up(visitor)

    subjects = set(OutgoingMail.objects.values_list("subject", flat=True))
    assert "An authenticator app was added to your account" in subjects


def test_removing_needs_the_second_factor_once_more(visitor: Client, amina: Member) -> None:
    with time_machine.travel(START, tick=False) as clock:
        sign_in(visitor, amina)
        secret = set_up(visitor)
        clock.shift(16 * 60)
        asked = visitor.get("/me/security/app/remove/")
        assert asked.url == "/me/security/again/?next=%2Fme%2Fsecurity%2Fapp%2Fremove%2F"
        answer = visitor.post(
            asked.url, {"code": digits(secret), "next": "/me/security/app/remove/"}
        )
        assert answer.url == "/me/security/app/remove/"

        assert visitor.post("/me/security/app/remove/").url == "/me/security/"
        assert visitor.get("/me/").status_code == 200

    assert not Authenticator.objects.exists()


def test_a_host_who_sets_it_up_goes_on_to_the_desk(visitor: Client, amina: Member) -> None:
    actions.appoint_host(member=amina)
    sign_in(visitor, amina)
    assert "authenticator app" in visitor.get("/me/security/why/?next=/desk/").content.decode()

    set_up(visitor)

    page = visitor.get("/me/security/recovery-codes/").content.decode()
    assert 'href="/desk/"' in page
    assert visitor.get("/me/security/why/?next=/desk/").url == "/desk/"


def test_second_factors_cannot_be_tried_without_end(visitor: Client, amina: Member) -> None:
    with time_machine.travel(START, tick=False):
        cast.with_second_factor(amina)
        sign_in(visitor, amina)

        for _ in range(6):
            page = visitor.post("/sign-in/second-step/", {"code": "000000"}).content.decode()

    assert "wait five minutes" in page


@pytest.mark.parametrize(
    "path",
    ["", "why/", "app/", "passkeys/", "passkeys/add/", "recovery-codes/new/", "again/"],
)
def test_the_pages_of_security_are_the_members_own(visitor: Client, path: str) -> None:
    page = f"/me/security/{path}"

    assert visitor.get(page).url.startswith("/sign-in/?next=")


def test_the_address_is_changed_by_a_code_and_the_old_one_is_told(
    visitor: Client, amina: Member
) -> None:
    sign_in(visitor, amina)
    asked = visitor.post("/me/email/", {"email": "new@example.org", "action_add": ""})
    assert asked.url == "/me/email/code/"
    assert visitor.post("/me/email/code/", {"code": "AAA", "action": "verify"}).status_code == 422
    found = re.search(
        r"[A-Z]{4}-[A-Z]{4}", OutgoingMail.objects.get(to_address="new@example.org").text
    )
    assert found

    visitor.post("/me/email/code/", {"code": found[0], "action": "verify"})

    amina.refresh_from_db()
    assert amina.email == "new@example.org"
    told = OutgoingMail.objects.filter(to_address="amina@example.org").newest_first()[0]
    assert told.subject == "Your address at the Exchange was changed"


def test_too_many_changes_are_slowed_down_in_words(visitor: Client, amina: Member) -> None:
    sign_in(visitor, amina)
    new = {"email": "new@example.org", "action_add": ""}

    answers = [visitor.post("/me/email/", new) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 429]
    assert "wait a few minutes" in answers[1].content.decode()


def test_changing_to_a_known_address_tells_nothing(visitor: Client, amina: Member) -> None:
    chen = cast.chen()
    sign_in(visitor, amina)

    known = visitor.post("/me/email/", {"email": chen.email, "action_add": ""})

    assert known.url == "/me/email/code/"
    assert chen.email in visitor.get(known.url).content.decode()


def test_a_taken_address_is_never_taken_over(visitor: Client, amina: Member) -> None:
    chen = cast.chen()
    sign_in(visitor, amina)
    visitor.post("/me/email/", {"email": chen.email, "action_add": ""})
    found = re.search(r"[A-Z]{4}-[A-Z]{4}", OutgoingMail.objects.get(to_address=chen.email).text)
    assert found

    visitor.post("/me/email/code/", {"code": found[0], "action": "verify"})

    amina.refresh_from_db()
    chen.refresh_from_db()
    assert (amina.email, chen.email) == ("amina@example.org", "chen@example.org")
