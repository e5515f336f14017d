"""The bytes of a mail mean what the standard library's would: both are read, and compared.
Run by pytest alone."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.mail import wire
from exchange.mail.letters import compose
from exchange.mail.models import OutgoingMail

ARABIC = "تمت الإجابة عن سؤالك حول العمل مع أولياء الأمور في القرى البعيدة عن المدينة"
BODIES = [
    "A short line.\n",
    "no end of line",
    "\n\n\n",
    ".\n..\n.x\nmore\n.",
    "From amina\n>From chen\n",
    "ends in blanks   \nand a tab\t\n",
    "word " * 3000,
    "x" * 4000,
    ".".join(["y" * 75] * 40),
    f"{ARABIC}\n" * 60,
    ARABIC * 40,
    "Où êtes-vous ? — Ndiyo, sawa.\n" * 50,
    "👩🏾‍🌾 sat 🌳 under\n.👧🏿\n" * 90,
    "one\r\ntwo\rthree\n",
    "a = b =\n=20\n=?utf-8?q?no?=\n",
    "--=_edge\n--=_edge--\n",
    "\x0b\x0c\x85\u2028 odd ends\n",
]
SUBJECTS = ["Short", ARABIC, "é" * 200, "👩🏾‍🌾" * 30, "A long one " * 18, "=?utf-8?q?no?=", "a\tb"]
HEADERS = {
    "List-Id": '"The Exchange" <digest.exchange.example>',
    "List-Unsubscribe": f"<https://exchange.example/mail/stop/{'t' * 180}>, <mailto:stop@x.example>",
    "Reply-To": f"<reply+{'t' * 56}@exchange.example>",
}


def a_mail(**different):
    usual = {
        "key": "digest:1",
        "to_address": "amina@example.org",
        "subject": "Your digest",
        "text": "Somebody has answered.\n",
        "headers": HEADERS,
        "message_id": "<k@exchange.example>",
        "created_at": datetime(2026, 11, 20, 12, tzinfo=UTC),
    }
    return OutgoingMail(**{**usual, **different})


def by_the_library(text, html):
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message_from_bytes(message.as_bytes(), policy=default)


def parts_of(letter):
    return [
        (part.get_content_type(), part.get_content_charset(), part.get_payload(decode=True))
        for part in letter.walk()
        if not part.is_multipart()
    ]


def is_sound(raw):
    """What every relay passes: seven bits, short lines that end as they must."""
    lines = raw.split(b"\r\n")
    return (
        raw.isascii()
        and b"\n" not in raw.replace(b"\r\n", b"")
        and b"\r" not in raw.replace(b"\r\n", b"")
        and max(map(len, lines)) <= 998
        and raw.endswith(b"\r\n")
    )


@pytest.mark.parametrize("html", ["", "<p>Yes</p>", *BODIES])
@pytest.mark.parametrize("text", BODIES)
def test_the_body_is_read_as_the_standard_librarys(text, html):
    raw = compose(a_mail(text=text, html=html))

    letter = message_from_bytes(raw, policy=default)
    assert is_sound(raw)
    assert letter.defects == []
    assert parts_of(letter) == parts_of(by_the_library(text, html))
    assert letter.get_content_type() == ("multipart/alternative" if html else "text/plain")


letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")


@given(text=st.text(letters), html=st.text(letters))
def test_any_words_at_all_arrive_as_they_were_written(text, html):
    raw = compose(a_mail(text=text, html=html))

    assert is_sound(raw)
    read = parts_of(message_from_bytes(raw, policy=default))
    assert read == parts_of(by_the_library(text, html))


@pytest.mark.parametrize("subject", SUBJECTS)
def test_subject_and_headers_are_read_as_they_were_written(subject):
    raw = compose(a_mail(subject=subject, to_address="amina@exämple.org"))

    letter = message_from_bytes(raw, policy=default)
    assert letter["Subject"] == subject
    assert letter["To"] == "amina@xn--exmple-cua.org"
    as_written = message_from_bytes(raw)
    assert {name: as_written[name] for name in HEADERS} == HEADERS
    assert letter["Date"].datetime == datetime(2026, 11, 20, 12, tzinfo=UTC)
    for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        assert b"=?" not in line or len(line) <= 76 or subject.isascii()


@pytest.mark.parametrize("bad", ["a\r\nBcc: chen@example.org", "a\nb", "a\rb", "é"])
def test_a_header_that_goes_over_its_line_is_not_written(bad):
    with pytest.raises(ValueError, match=r"line|ascii"):
        compose(a_mail(headers={"Reply-To": bad}))


def test_a_subject_that_goes_over_its_line_is_not_written():
    with pytest.raises(ValueError, match="line"):
        wire.write([], subject="a\r\nBcc: chen", text="x", html="", boundary="b")


def test_words_cannot_end_their_part():
    raw = compose(a_mail(text="x", html="<p>x</p>"))
    edge = message_from_bytes(raw).get_boundary()

    forged = f"Before\n--{edge}\nContent-Type: text/html\n\n<p>forged</p>\n--{edge}--\n"
    read = parts_of(message_from_bytes(compose(a_mail(text=forged, html="<p>x</p>"))))

    assert [kind for kind, _charset, _words in read] == ["text/plain", "text/html"]
    assert b"forged" in read[0][2]
    assert b"forged" not in read[1][2]
