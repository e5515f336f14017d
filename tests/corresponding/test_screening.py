"""What a gate sees in private words: given back to their writer, because nobody reads them first.
Run by pytest alone."""

import pytest

from exchange.contributions.errors import Noticed, Refused
from exchange.core import gates
from exchange.core.gates import Outcome, Reason, Verdict
from exchange.corresponding.actions import writing
from exchange.corresponding.errors import Rewrite
from exchange.corresponding.models import Message

pytestmark = pytest.mark.django_db
OF_A_CHILD = "Akinyi, a girl of 9 years from Kilimo village, is beaten at home by her uncle."
PHONE = "Call me on +254 712 345 678 any evening, I would be glad to talk."


@pytest.mark.parametrize("insist", ["", "1"])
def test_what_points_to_a_child_goes_out_in_no_case(at, talk, amina, insist):
    answer = at(amina).post(f"/messages/{talk.pk}/", {"text": OF_A_CHILD, "insist": insist})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "please look at this with us" in page
    assert "Akinyi" in page
    assert "Send it as it is" not in page
    assert "/help-now/" in page
    assert Message.objects.count() == 1


def test_a_phone_number_is_shown_to_its_writer_who_may_send_it(at, talk, amina):
    path = f"/messages/{talk.pk}/"
    asked = at(amina).post(path, {"text": PHONE})

    assert asked.status_code == 422
    assert "Send it as it is" in asked.content.decode()
    assert at(amina).post(path, {"text": PHONE, "insist": "1"}).status_code == 302
    assert Message.objects.filter(text=PHONE).exists()


@pytest.mark.parametrize("words", [PHONE, "Look at https://example.org/x please, it is good."])
def test_of_a_newcomer_neither_numbers_nor_links_are_taken(chen, femi, words):
    with pytest.raises(Rewrite):
        writing.write(by=chen, to=femi, text=words, insist=True)

    assert writing.write(by=chen, to=femi, text="May I ask you about your evenings?")


def test_a_welcomed_member_may_send_a_link(amina, femi):
    assert writing.write(by=amina, to=femi, text="We wrote it down: https://example.org/notes")


def test_a_file_number_leads_to_one_child_too(amina, femi):
    with pytest.raises(Rewrite):
        writing.write(by=amina, to=femi, text="Her case file no. CP-2026-00417 says more.")


def test_advertising_and_gates_that_fail_are_refused(amina, femi, monkeypatch):
    def fails(_submission: object) -> Verdict:
        return Verdict(Outcome.HOLD, (Reason("gate-failed"),))

    monkeypatch.setitem(gates._gates, "safeguarding.screening", fails)
    with pytest.raises(Refused):
        writing.write(by=amina, to=femi, text="Hello, are you well?", insist=True)


def test_no_gate_at_all_lets_nothing_pass(amina, femi, monkeypatch):
    monkeypatch.setattr(gates, "_gates", {})

    with pytest.raises((Refused, Noticed)):
        writing.write(by=amina, to=femi, text="Hello, are you well?", insist=True)
    assert not Message.objects.exists()
