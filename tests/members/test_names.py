"""Names: anybody may choose one, nobody may pass for a host or hide in letters."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from exchange.core import gates
from exchange.core.gates import Outcome, Reason, Submission, Verdict
from exchange.members import actions
from exchange.members.actions import About
from exchange.members.models import Member
from exchange.members.naming import NameRefused, Problem, problem_with_line, problem_with_name
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["", "Grace", "Mama Ochieng", "محمد", "Dr 2nd Street", "N'Golo"])
def test_a_name_or_a_pseudonym_stands(name: str) -> None:
    assert problem_with_name(name) is None


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("grace@example.org", Problem.CONTACT),
        ("Call 0712 345 678", Problem.CONTACT),
        ("www.example.org", Problem.CONTACT),
        ("https://x.example", Problem.CONTACT),
        ("٠٧١٢٣٤٥٦٧٨ محمد", Problem.CONTACT),
        ("....", Problem.NO_LETTERS),
        ("The Host", Problem.THE_HOUSE),
        ("Exchange team", Problem.THE_HOUSE),
        ("Hοst", Problem.THE_HOUSE),
        ("Safeguarding lead", Problem.THE_HOUSE),
    ],
)
def test_a_name_that_is_something_else_does_not(name: str, problem: Problem) -> None:
    assert problem_with_name(name) is problem


@pytest.mark.parametrize(
    "name", ["Beatriz", "beatriz", "Bеatriz", "Beatrız", "B e a t r i z", "Bèatriz"]
)
def test_nobody_is_named_like_a_host(beatriz: Member, name: str) -> None:
    assert problem_with_name(name) is Problem.A_HOST


def test_hosts_keep_their_own_name(beatriz: Member) -> None:
    assert problem_with_name("Beatriz", member=beatriz) is None


def test_members_may_share_a_name(amina: Member) -> None:
    assert problem_with_name("Amina") is None


def test_the_gates_are_asked_and_a_refusal_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Submission] = []

    def refuses(submission: Submission) -> Verdict:
        asked.append(submission)
        return Verdict(Outcome.REFUSE, (Reason("slur"),))

    monkeypatch.setattr(gates, "_gates", {"test": refuses})

    assert problem_with_name("Grace") is Problem.REFUSED
    assert problem_with_line("Teacher") is Problem.REFUSED
    assert [submission.kind for submission in asked] == ["name", "name"]


def test_a_broken_gate_lets_no_name_through(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(submission: Submission) -> Verdict:
        raise RuntimeError

    monkeypatch.setattr(gates, "_gates", {"test": breaks})

    assert problem_with_name("Grace") is Problem.CANNOT_CHECK
    assert problem_with_name("") is None


def test_a_held_name_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "_gates", {"test": lambda _one: Verdict(Outcome.HOLD)})

    assert problem_with_name("Grace") is None


def test_actions_hold_to_it_whatever_the_door(amina: Member, beatriz: Member) -> None:
    with pytest.raises(NameRefused):
        actions.edit_profile(member=amina, about=About(display_name="Beatriz"))
    with pytest.raises(NameRefused):
        actions.join(email="new@example.org", about=About(display_name="Beatriz"))
    assert not Member.objects.filter(email="new@example.org").exists()


@given(st.text(max_size=200))
def test_any_text_is_a_name_or_is_refused(name: str) -> None:
    from exchange.core.text import clean_name

    cleaned = clean_name(name)
    assert "​" not in cleaned
    assert "‮" not in cleaned
    assert cleaned == clean_name(cleaned)


def test_the_profile_is_changed_and_shown(visitor: Client, amina: Member) -> None:
    cast.signed_in(visitor, amina)
    told = {
        "display_name": "Ami​na\u202e K.",
        "country": "UG",
        "language_1": "sw",
        "language_2": "sw",
        "language_3": "en",
        "role": "  Youth   worker ",
        "practice": "Foster care",
    }

    assert visitor.post("/me/profile/", told).url == "/me/"

    amina.refresh_from_db()
    assert amina.display_name == "Amina K."
    assert amina.language_codes == ["sw", "en"]
    assert (amina.country, amina.role, amina.practice) == ("UG", "Youth worker", "Foster care")
    assert "Youth worker" in visitor.get("/me/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", "x" * 61),
        ("display_name", "Beatriz"),
        ("role", "write to me@example.org"),
        ("practice", "x" * 301),
        ("country", "XX"),
        ("language_1", "klingon"),
    ],
)
def test_a_profile_that_cannot_stand_comes_back_as_it_was_typed(
    visitor: Client, amina: Member, beatriz: Member, field: str, value: str
) -> None:
    cast.signed_in(visitor, amina)

    answer = visitor.post(
        "/me/profile/", {"display_name": "Grace", "practice": "Groups", field: value}
    )

    assert answer.status_code == 422
    assert (
        value if field not in ("country", "language_1") else "Groups"
    ) in answer.content.decode()
    amina.refresh_from_db()
    assert amina.display_name == "Amina"


def test_a_profile_typed_before_signing_in_is_kept(visitor: Client, amina: Member) -> None:
    visitor.post("/me/profile/", {"display_name": "Grace", "practice": "Foster care"})
    cast.signed_in(visitor, amina)

    page = visitor.get("/me/profile/?unsent=1").content.decode()

    assert 'value="Grace"' in page
    assert 'value="Foster care"' in page


def test_saving_data_is_turned_on_and_off(visitor: Client, amina: Member) -> None:
    cast.signed_in(visitor, amina)

    for wanted in ("yes", "no"):
        visitor.post("/me/data-saver/", {"wanted": wanted})
        amina.refresh_from_db()
        assert amina.data_saver is (wanted == "yes")


def test_the_own_page_asks_the_database_little(
    visitor: Client, amina: Member, django_assert_max_num_queries
) -> None:
    cast.signed_in(visitor, amina)

    with django_assert_max_num_queries(8):
        visitor.get("/me/")
