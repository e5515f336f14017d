"""The message on the wire, as a mail program reads it.
See test_queue.py for what never gets so far."""

from email import message_from_bytes
from email.policy import default

import pytest

from exchange.mail.actions import About
from exchange.mail.letters import compose

ARABIC = "تمت الإجابة عن سؤالك حول العمل مع أولياء الأمور في القرى البعيدة عن المدينة"


def read_back(mail):
    return message_from_bytes(compose(mail), policy=default)


@pytest.mark.django_db
def test_a_letter_has_text_first_html_second_and_neutral_names(write):
    mail = write(html="<p>Somebody has answered.</p>", language="fr", key="alert:1")

    letter = read_back(mail)

    assert letter["From"] == "The Exchange <exchange@exchange.example>"
    assert (letter["To"], letter["Subject"]) == ("amina@example.org", "Your question was answered")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "fr"
    assert letter["Date"].datetime == mail.created_at.replace(microsecond=0)
    assert [part.get_content_type() for part in letter.iter_parts()] == [
        "text/plain",
        "text/html",
    ]
    assert (
        letter.get_body(["plain"]).get_content().replace("\r\n", "\n") == "Somebody has answered.\n"
    )


@pytest.mark.django_db
def test_the_same_mail_is_always_the_same_bytes(write):
    mail = write(html="<p>Yes</p>")

    assert compose(mail) == compose(mail)


@pytest.mark.django_db
def test_the_message_id_follows_from_the_key_and_does_not_tell_it(write):
    first, second = write(key="alert:1"), write(key="alert:2")

    assert first.message_id != second.message_id
    assert first.message_id.endswith("@exchange.example>")
    assert "alert" not in first.message_id


@pytest.mark.django_db
def test_right_to_left_text_arrives_as_it_was_written(write):
    mail = write(subject=ARABIC, text=f"{ARABIC}\n" * 30, html=f"<p>{ARABIC}</p>", language="ar")

    raw, letter = compose(mail), read_back(mail)

    assert raw.isascii()
    assert max(len(line) for line in raw.splitlines()) <= 998
    assert letter["Subject"] == ARABIC
    assert letter.get_body(["plain"]).get_content().replace("\r\n", "\n") == f"{ARABIC}\n" * 30
    assert letter.get_body(["html"]).get_content().strip() == f"<p>{ARABIC}</p>"


@pytest.mark.django_db
def test_long_links_and_addresses_in_headers_stay_whole(write):
    link = f"<https://exchange.example/stop/{'t' * 180}>"
    answer = f"reply+{'t' * 56}@exchange.example"
    far = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example"
    mail = write(to=far, headers={"List-Unsubscribe": link, "Reply-To": answer})

    raw = compose(mail).decode("ascii")

    assert f"List-Unsubscribe: {link}\r\n" in raw
    assert f"Reply-To: {answer}\r\n" in raw
    assert f"To: {far}\r\n" in raw


@pytest.mark.django_db
def test_a_domain_in_another_script_is_written_for_mail_servers(write):
    assert read_back(write(to="amina@exämple.org"))["To"] == "amina@xn--exmple-cua.org"


@pytest.mark.django_db
def test_very_long_lines_are_wrapped_for_the_way(write):
    mail = write(text="word " * 10_000)

    raw = compose(mail)

    assert max(len(line) for line in raw.splitlines()) <= 998
    assert read_back(mail).get_body(["plain"]).get_content().split() == ["word"] * 10_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "language", "shown"),
    [
        ("Amina", "en", "Amina via the Exchange"),
        ("أمينة", "en", "أمينة via the Exchange"),
        ("José Ñandú de la Cruz Hernández y Martínez", "en", None),
        ("", "en", "The Exchange"),
        ("support@bank.example", "en", "The Exchange"),
        ("Amina amina@example.org", "en", "Amina via the Exchange"),
        ('Amina" <x@y.org>, "', "en", "Amina via the Exchange"),
        ("Amina\r\nBcc: chen", "en", "Amina Bcc: chen via the Exchange"),
        ("\u202eAnima\u200b\ufeff", "en", "Anima via the Exchange"),
        ("<>", "en", "The Exchange"),
    ],
)
def test_whose_words_it_carries_stands_in_its_sender(write, name, language, shown):
    mail = write(about=About(shown_from=name), language=language)

    raw, letter = compose(mail), read_back(mail)

    (address,) = letter["From"].addresses
    assert address.addr_spec == "exchange@exchange.example"
    assert raw.isascii()
    assert raw.count(b"\r\nFrom:") + raw.startswith(b"From:") == 1
    assert b"\nBcc:" not in raw
    assert "@" not in address.display_name
    if shown:
        assert address.display_name == shown
    else:
        assert address.display_name.startswith("José Ñandú")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text", [f"{ARABIC}\n" * 200, "é" * 5000, "A short line.\n", "x" * 4000, "Ndiyo — sawa\n" * 50]
)
def test_bodies_travel_in_an_encoding_of_their_size_and_short_lines(write, text):
    mail = write(text=text, html=f"<p>{text}</p>")

    raw, letter = compose(mail), read_back(mail)

    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    for part in letter.iter_parts():
        assert part["Content-Transfer-Encoding"] in ("7bit", "base64", "quoted-printable")
    kept = letter.get_body(["plain"]).get_content().replace("\r\n", "\n")
    assert kept.rstrip("\n") == text.rstrip("\n")
    assert len(raw) < 2 * 3.1 * len(text.encode()) + 2000
