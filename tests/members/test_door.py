"""Joining and signing in: one address, one code, nothing told, nothing lost."""

import re
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from exchange.ledger.models import Event
from exchange.mail.models import OutgoingMail
from exchange.members import actions
from exchange.members.models import CONDUCT_VERSION, Agreement, Member
from tests import cast

pytestmark = pytest.mark.django_db

JOINING = {
    "email": "Grace@Example.org ",
    "display_name": "Grace",
    "adult": "on",
    "conduct": "on",
    "language_1": "sw",
    "language_2": "en",
    "country": "UG",
    "role": "Para social worker",
    "practice": "Foster care",
}


def newest_mail(to: str) -> OutgoingMail:
    return OutgoingMail.objects.filter(to_address=to).newest_first()[0]


def code_for(to: str) -> str:
    found = re.search(r"[A-Z]{3}-[A-Z]{3}", newest_mail(to).text)
    assert found
    return found[0]


def test_a_newcomer_joins_with_a_code_and_is_welcomed(visitor: Client) -> None:
    asked = visitor.post("/join/", JOINING)
    assert asked.url == "/sign-in/code/"
    assert not Member.objects.exists()

    answer = visitor.post("/sign-in/code/", {"code": code_for("grace@example.org")})

    assert answer.url == "/welcome/"
    grace = Member.objects.get()
    assert (grace.email, grace.display_name, grace.language_codes) == (
        "grace@example.org",
        "Grace",
        ["sw", "en"],
    )
    assert (grace.country, grace.role, grace.practice) == (
        "UG",
        "Para social worker",
        "Foster care",
    )
    assert set(grace.agreements.values_list("what", "version")) == {
        ("adult", 1),
        ("conduct", CONDUCT_VERSION),
    }
    assert Event.objects.get(kind="member.joined").actor_id == grace.pk
    assert "Grace" in visitor.get("/welcome/").content.decode()


def test_a_code_is_read_without_regard_to_dashes_capitals_and_spaces(visitor: Client) -> None:
    visitor.post("/join/", JOINING)
    typed = f" {code_for('grace@example.org').replace('-', ' ').lower()} "

    assert visitor.post("/sign-in/code/", {"code": typed}).url == "/welcome/"


def test_after_joining_people_come_back_to_where_they_were(visitor: Client) -> None:
    visitor.post("/join/", {**JOINING, "next": "/me/profile/?unsent=1"})

    answer = visitor.post("/sign-in/code/", {"code": code_for("grace@example.org")})

    assert answer.url == "/me/profile/?unsent=1"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_nobody_is_sent_to_another_site(visitor: Client, amina: Member, elsewhere: str) -> None:
    visitor.post("/sign-in/", {"email": amina.email, "next": elsewhere})

    assert visitor.post("/sign-in/code/", {"code": code_for(amina.email)}).url == "/me/"


@pytest.mark.parametrize("needed", ["adult", "conduct", "email"])
def test_joining_needs_the_declarations_and_keeps_what_was_typed(
    visitor: Client, needed: str
) -> None:
    typed = {name: value for name, value in JOINING.items() if name != needed}

    answer = visitor.post("/join/", typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Para social worker" in page
    assert 'value="Grace"' in page
    assert not OutgoingMail.objects.exists()


def test_a_member_signs_in_with_a_code(visitor: Client, amina: Member) -> None:
    asked = visitor.post("/sign-in/", {"email": amina.email, "next": "/me/security/"})
    assert asked.url == "/sign-in/code/"

    answer = visitor.post("/sign-in/code/", {"code": code_for(amina.email)})

    assert answer.url == "/me/security/"
    assert visitor.get("/me/").status_code == 200


def test_the_page_does_not_tell_whether_an_address_is_known(amina: Member) -> None:
    known, unknown = Client(), Client()

    answers = [
        client.post("/sign-in/", {"email": email}, follow=True)
        for client, email in ((known, amina.email), (unknown, "nobody@example.org"))
    ]

    shown = [
        re.sub(r'value="[^"]{60,}"|~size~|\d+ kB', "", answer.content.decode())
        for answer in answers
    ]
    assert shown[0].replace(amina.email, "@") == shown[1].replace("nobody@example.org", "@")
    assert [answer.redirect_chain for answer in answers] == [[("/sign-in/code/", 302)]] * 2


def test_joining_and_signing_in_ask_the_database_the_same_for_all(
    amina: Member, django_assert_num_queries, django_assert_max_num_queries
) -> None:
    def asked(path: str, **fields: str) -> int:
        with django_assert_max_num_queries(14) as counted:
            Client().post(path, fields)
        return len(counted)

    joining = {name: value for name, value in JOINING.items() if name != "email"}

    assert asked("/sign-in/", email=amina.email) == asked("/sign-in/", email="no@example.org")
    assert asked("/join/", email=amina.email, **joining) == asked(
        "/join/", email="no@example.org", **joining
    )


def test_who_joins_twice_is_signed_in_and_nothing_is_changed(
    visitor: Client, amina: Member
) -> None:
    visitor.post("/join/", {**JOINING, "email": amina.email})
    assert "You have a place here already" in newest_mail(amina.email).text

    visitor.post("/sign-in/code/", {"code": code_for(amina.email)})

    assert visitor.get("/me/").context["user"] == amina
    amina.refresh_from_db()
    assert amina.display_name == "Amina"


def test_who_signs_in_with_an_unknown_address_may_join_without_another_code(
    visitor: Client,
) -> None:
    visitor.post("/sign-in/", {"email": "grace@example.org", "next": "/me/profile/"})
    assert "Nobody has joined with this address yet" in newest_mail("grace@example.org").text
    answer = visitor.post("/sign-in/code/", {"code": code_for("grace@example.org")})
    assert answer.url == "/join/?next=%2Fme%2Fprofile%2F"

    form = {name: value for name, value in JOINING.items() if name != "email"}
    answer = visitor.post("/join/", {**form, "next": "/me/profile/"})

    assert answer.url == "/me/profile/"
    assert Member.objects.get().email == "grace@example.org"


def test_a_proven_address_cannot_be_exchanged_for_another(visitor: Client, amina: Member) -> None:
    visitor.post("/sign-in/", {"email": "grace@example.org"})
    visitor.post("/sign-in/code/", {"code": code_for("grace@example.org")})

    visitor.post("/join/", {**JOINING, "email": amina.email})

    assert visitor.get("/me/").context["user"].email == "grace@example.org"


def test_two_wrong_codes_are_forgiven_and_the_third_ends_it(visitor: Client, amina: Member) -> None:
    visitor.post("/sign-in/", {"email": amina.email})
    right = code_for(amina.email)

    assert [visitor.post("/sign-in/code/", {"code": "AAA"}).status_code for _ in range(2)] == [
        422,
        422,
    ]
    third = visitor.post("/sign-in/code/", {"code": "AAA"}, follow=True)

    assert urlsplit(third.redirect_chain[0][0]).path == "/sign-in/"
    assert amina.email in third.content.decode()
    assert "three times" in third.content.decode()
    visitor.post("/sign-in/code/", {"code": right})
    assert visitor.get("/me/").status_code == 302


def test_the_third_wrong_code_while_joining_loses_nothing(visitor: Client) -> None:
    visitor.post("/join/", JOINING)

    for _ in range(3):
        answer = visitor.post("/sign-in/code/", {"code": "AAA"})

    page = visitor.get(answer.url).content.decode()
    assert "Para social worker" in page
    assert "grace@example.org" in page


def test_a_code_works_for_a_quarter_of_an_hour(visitor: Client, amina: Member) -> None:
    with time_machine.travel("2026-03-01 10:00", tick=False) as clock:
        visitor.post("/sign-in/", {"email": amina.email})
        code = code_for(amina.email)
        clock.shift(15 * 60 - 1)
        assert visitor.get("/sign-in/code/").status_code == 200
        clock.shift(2)

        answer = visitor.post("/sign-in/code/", {"code": code}, follow=True)

    assert "no longer works" in answer.content.decode()
    assert visitor.get("/me/").status_code == 302


def test_only_the_newest_code_works(visitor: Client, amina: Member) -> None:
    visitor.post("/sign-in/", {"email": amina.email})
    first = code_for(amina.email)
    visitor.post("/sign-in/code/", {"action": "again"})
    second = code_for(amina.email)

    assert visitor.post("/sign-in/code/", {"code": first}).status_code == 422
    assert visitor.post("/sign-in/code/", {"code": second}).url == "/me/"


def test_a_code_is_of_no_use_in_another_browser(visitor: Client, amina: Member) -> None:
    visitor.post("/sign-in/", {"email": amina.email})
    thief = Client()
    thief.post("/sign-in/", {"email": amina.email})
    code_of_the_thief = code_for(amina.email)

    assert visitor.post("/sign-in/code/", {"code": code_of_the_thief}).status_code == 422


def test_an_address_gets_four_codes_in_ten_minutes_and_keeps_being_typed(amina: Member) -> None:
    answers = [Client().post("/sign-in/", {"email": amina.email}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [302, 302, 302, 302, 429]
    assert f'value="{amina.email}"' in answers[4].content.decode()
    assert OutgoingMail.objects.count() == 4
    assert Client().post("/sign-in/", {"email": "other@example.org"}).status_code == 302


def test_nobody_keeps_a_member_out_by_asking_for_their_codes(amina: Member) -> None:
    thief = [Client().post("/sign-in/", {"email": amina.email}) for _ in range(6)]
    assert thief[-1].status_code == 429

    at_home = Client(REMOTE_ADDR="10.1.1.1").post("/sign-in/", {"email": amina.email})

    assert at_home.status_code == 302


def test_an_address_is_not_flooded_from_many_lines(amina: Member) -> None:
    answers = [
        Client(REMOTE_ADDR=f"10.0.0.{line}").post("/sign-in/", {"email": amina.email}).status_code
        for line in range(14)
    ]

    assert answers == [302] * 12 + [429] * 2


def test_a_line_asks_for_forty_codes_in_ten_minutes(db: None) -> None:
    answers = [
        Client().post("/sign-in/", {"email": f"{number}@example.org"}).status_code
        for number in range(41)
    ]

    assert answers == [302] * 40 + [429]


@pytest.mark.parametrize("email", ["", "amina", "a@b@c", "x" * 300 + "@example.org", "a\x00@b.c"])
def test_what_is_no_address_is_said_in_plain_words(visitor: Client, email: str) -> None:
    answer = visitor.post("/sign-in/", {"email": email})

    assert answer.status_code == 422
    assert not OutgoingMail.objects.exists()


def test_a_closed_account_stays_closed(visitor: Client, amina: Member) -> None:
    Member.objects.filter(pk=amina.pk).update(is_active=False)
    visitor.post("/sign-in/", {"email": amina.email})

    answer = visitor.post("/sign-in/code/", {"code": code_for(amina.email)}, follow=True)

    assert answer.status_code == 403
    assert visitor.get("/me/").status_code == 302


def test_a_new_version_of_the_code_of_conduct_is_asked_before_coming_in(
    visitor: Client, amina: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    newer = CONDUCT_VERSION + 1
    monkeypatch.setattr("exchange.members.actions.CONDUCT_VERSION", newer)
    monkeypatch.setattr("exchange.members.queries.CONDUCT_VERSION", newer)
    visitor.post("/sign-in/", {"email": amina.email, "next": "/me/profile/"})
    answer = visitor.post("/sign-in/code/", {"code": code_for(amina.email)})
    assert answer.url == "/sign-in/agreement/"
    assert visitor.get("/me/").status_code == 302
    assert visitor.post("/sign-in/agreement/", {}).status_code == 422

    answer = visitor.post("/sign-in/agreement/", {"conduct": "on"})

    assert answer.url == "/me/profile/"
    assert amina.agreements.filter(what=Agreement.What.CONDUCT, version=newer).exists()


def test_an_invited_host_agrees_to_everything_at_the_first_sign_in(visitor: Client) -> None:
    host = actions.invite_host(email="host@example.org", display_name="Hana")
    visitor.post("/sign-in/", {"email": host.email})
    visitor.post("/sign-in/code/", {"code": code_for(host.email)})

    answer = visitor.post("/sign-in/agreement/", {"adult": "on", "conduct": "on"})

    assert answer.url == "/me/"
    assert visitor.get("/me/").context["user"] == host


def test_another_address_can_be_taken_at_any_time(visitor: Client, amina: Member) -> None:
    visitor.post("/sign-in/", {"email": "wrong@example.org"})

    assert visitor.post("/sign-in/anew/", {"next": "/me/"}).url == "/sign-in/?next=%2Fme%2F"
    assert visitor.get("/sign-in/code/").status_code == 302


def test_signing_out_is_asked_and_done(visitor: Client, amina: Member) -> None:
    cast.signed_in(visitor, amina)
    assert "Sign out?" in visitor.get("/sign-out/").content.decode()

    visitor.post("/sign-out/")

    assert visitor.get("/me/").url == "/sign-in/?next=%2Fme%2F"


@pytest.mark.parametrize("path", ["/password/", "/me/password/", "/accounts/login/", "/login/"])
def test_there_is_no_page_for_passwords(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


def test_mail_speaks_the_members_language(visitor: Client, amina: Member) -> None:
    Member.objects.filter(pk=amina.pk).update(languages="ar en")

    visitor.post("/sign-in/", {"email": amina.email})

    assert newest_mail(amina.email).language == "ar"


def test_the_subject_says_the_code_and_no_more(visitor: Client, amina: Member) -> None:
    visitor.post("/sign-in/", {"email": amina.email})

    mail = newest_mail(amina.email)
    assert mail.subject == f"Your code for the Exchange: {code_for(amina.email)}"
    assert amina.display_name not in mail.text
