"""What goes into somebody's calendar, as mail programs find it in a mail (RFC 6047).
See tests/webinars/calendars/ for what stands in it."""

from email import message_from_bytes
from email.policy import default

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from exchange.ledger import worker
from exchange.mail import actions, outbox
from exchange.mail.actions import Queued, queue_many
from exchange.mail.letters import compose
from exchange.mail.models import OutgoingMail
from exchange.mail.queries import words_held
from exchange.mail.rules import MailRefused
from tests.mail.test_wire import ARABIC, a_mail, is_sound

SUMMARIES = [
    "Talking with fathers",
    ARABIC[:60],
    "👩🏾‍🌾 under the tree",
    "a = b =20 --=_x",
    "é" * 30,
]


def a_calendar(summary="Talking with fathers", method="REQUEST"):
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        "UID:1@x.example",
    ]
    lines += [f"SUMMARY:{summary}", "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines)


def read(**different):
    raw = compose(a_mail(**different))
    assert is_sound(raw)
    letter = message_from_bytes(raw, policy=default)
    assert [part.defects for part in letter.walk() if part.defects] == []
    return letter


def shape(letter):
    if not letter.is_multipart():
        return letter.get_content_type()
    return (letter.get_content_subtype(), [shape(part) for part in letter.iter_parts()])


@pytest.mark.parametrize("summary", SUMMARIES)
@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_the_calendar_is_the_last_alternative_and_a_file(summary, method):
    calendar = a_calendar(summary, method)

    letter = read(text="Come.\n", html="<p>Come.</p>", calendar=calendar)

    alternatives = ["text/plain", "text/html", "text/calendar"]
    assert shape(letter) == ("mixed", [("alternative", alternatives), "application/ics"])
    inside, file = letter.iter_parts()
    part = list(inside.iter_parts())[-1]
    assert part["Content-Type"].params == {"method": method, "charset": "utf-8"}
    assert part.get_payload(decode=True).decode() == calendar
    assert file.get_filename() == "invite.ics"
    assert file.get_content_disposition() == "attachment"
    assert file.get_payload(decode=True).decode() == calendar


def test_a_mail_without_html_carries_it_as_well():
    letter = read(text="Come.\n", calendar=a_calendar())

    alternatives = ["text/plain", "text/calendar"]
    assert shape(letter) == ("mixed", [("alternative", alternatives), "application/ics"])


def test_the_same_row_is_the_same_bytes():
    mail = a_mail(html="<p>x</p>", calendar=a_calendar())

    assert compose(mail) == compose(mail)


def test_a_mail_without_one_is_as_it_always_was():
    raw = compose(a_mail(html="<p>x</p>"))

    edge = f"--{message_from_bytes(raw).get_boundary()}".encode()
    plain, page = b"Somebody has answered.\r\n", b"<p>x</p>\r\n"
    way = b'; charset="utf-8"\r\nContent-Transfer-Encoding: 7bit\r\n\r\n'
    parts = [b"Content-Type: text/plain" + way + plain, b"Content-Type: text/html" + way + page]
    expected = b"".join(b"\r\n" + edge + b"\r\n" + part for part in parts)
    assert raw.endswith(expected + b"\r\n" + edge + b"--\r\n")
    assert raw.count(b"multipart") == 1


@given(words=st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=60))
def test_any_words_in_it_arrive_as_they_were(words):
    calendar = a_calendar(words.replace("\x85", ""))

    inside, file = read(text="x", html="<p>y</p>", calendar=calendar).iter_parts()

    assert list(inside.iter_parts())[-1].get_payload(decode=True).decode() == calendar
    assert file.get_payload(decode=True).decode() == calendar


@pytest.mark.parametrize(
    "bad",
    [
        "SUMMARY:x\r\n",
        a_calendar(method="PUBLISH"),
        a_calendar(method="request"),
        a_calendar().replace("\r\n", "\n"),
        a_calendar("a\nMETHOD:CANCEL"),
        a_calendar("\x00"),
        a_calendar() + a_calendar(),
        a_calendar("x\r\nEND:VCALENDAR\r\n\r\nBEGIN:VCALENDAR"),
    ],
)
@pytest.mark.django_db
def test_what_is_no_calendar_does_not_get_into_the_queue(write, bad):
    with pytest.raises(MailRefused, match="bad-calendar"):
        write(calendar=bad)

    assert write(calendar=a_calendar()).calendar == a_calendar()


@pytest.mark.django_db
def test_a_calendar_that_is_too_long_is_refused(write):
    with pytest.raises(MailRefused, match="too-large"):
        write(calendar=a_calendar("x" * 40_000))


@pytest.mark.django_db(transaction=True)
def test_it_goes_through_the_queue_to_the_outbox_and_to_a_server(write, outbox_dir, sink):
    mail = write(calendar=a_calendar(ARABIC[:40]), html="<p>x</p>")

    worker.run_until_idle()

    mail.refresh_from_db()
    assert mail.state == "sent"
    written = message_from_bytes(outbox.path_of(mail).read_bytes(), policy=default)
    sent = message_from_bytes(sink.letters[0], policy=default)
    for letter in (written, sent):
        _inside, file = letter.iter_parts()
        assert file.get_payload(decode=True).decode() == a_calendar(ARABIC[:40])


@pytest.mark.django_db(transaction=True)
def test_many_carry_each_their_own():
    letters = [
        Queued(
            to=f"r{number}@example.org",
            subject="x",
            text="x",
            purpose="webinar",
            key=f"w:{number}",
            calendar=a_calendar(f"For {number}"),
        )
        for number in range(3)
    ]
    with transaction.atomic():
        queue_many(letters)

    rows = OutgoingMail.objects.order_by("key")
    assert [mail.calendar for mail in rows] == [a_calendar(f"For {n}") for n in range(3)]


@pytest.mark.django_db
def test_its_words_are_forgotten_with_the_others(write):
    write(key="alert:1:a", calendar=a_calendar("Zebrafinch"))
    write(key="alert:2:b", calendar=a_calendar("Zebrafinch"), to="chen@example.org")
    assert "Zebrafinch" in words_held(containing="zebrafinch")

    actions.forget_words(key_prefix="alert:1:")
    actions.forget_address(address="chen@example.org")

    assert words_held(containing="zebrafinch") == ""
    assert set(OutgoingMail.objects.values_list("calendar", flat=True)) == {""}
