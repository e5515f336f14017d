"""Anything here at the size of a message: short enough, with its address whole, for hosts alone.
Run by pytest alone."""

import pytest
from django.urls import reverse

from exchange.contributions.actions import submit, withdraw
from exchange.contributions.content import Content
from exchange.conversation.actions import answer
from exchange.desk.messages import messages, sms_room, sms_units

pytestmark = pytest.mark.django_db

LONG = "We sit in a circle and the youngest opens the meeting with a song they chose. " * 8


def question(author, title="Who opens your meetings?", body=LONG):
    return submit(kind="question", content=Content(title=title, body=body), author=author)


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Who opens your meetings?", LONG),
        ("Who opens your meetings – and why?", "“Nobody” … " * 60),
        ("من يفتتح اجتماعاتكم؟", "نجلس في حلقة ويبدأ أصغرنا بأغنية. " * 12),
        ("Qui ouvre vos réunions ?", ""),
        ("x" * 200, "y" * 5000),
    ],
)
def test_each_fits_its_size_and_ends_with_the_whole_address(amina, settings, title, body):
    settings.BASE_URL = "https://x.example"
    row = question(amina, title, body)
    for message in messages(row):
        assert message.text.endswith(f"https://x.example{row.get_absolute_url()}")
        if message.messages:
            assert sms_units(message.text) <= sms_room(message.text, message.messages)
        else:
            assert message.letters <= 700


def test_a_short_one_is_not_cut(amina):
    row = question(amina, body="We take turns.")
    assert "We take turns." in messages(row)[-1].text
    assert "..." not in messages(row)[-1].text


def test_letters_are_counted_as_phones_count_them():
    assert (sms_units("abc€"), sms_units("سلام"), sms_units("🙂")) == (5, 4, 2)
    assert (sms_room("abc", 1), sms_room("abc", 2), sms_room("سلام", 1)) == (160, 306, 70)


def test_a_host_finds_it_beside_what_all_may_read(amina, beatriz, client, signed_in):
    row = question(amina)
    reply = answer(contribution=row, author=beatriz, body="The youngest.", language="en")
    signed_in(client, beatriz)

    page = client.get(row.get_absolute_url()).content.decode()
    assert reverse("desk:contribution-message", args=[row.pk]) in page
    assert reverse("desk:reply-message", args=[reply.pk]) in page
    for address in ("contribution-message", "reply-message"):
        pk = row.pk if address == "contribution-message" else reply.pk
        assert client.get(reverse(f"desk:{address}", args=[pk])).status_code == 200

    withdraw(contribution=row, by=amina)
    for name, pk in (("contribution-message", row.pk), ("reply-message", reply.pk)):
        assert client.get(reverse(f"desk:{name}", args=[pk])).status_code == 404


def test_a_member_does_not(amina, chen, client, signed_in):
    row = question(amina)
    signed_in(client, chen)
    address = reverse("desk:contribution-message", args=[row.pk])
    assert address not in client.get(row.get_absolute_url()).content.decode()
    assert client.get(address).status_code == 404
