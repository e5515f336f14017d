"""A mail is read in whatever state it comes: charsets, encodings, parts, headers."""

import base64

import pytest

from exchange.mail.reading.actions import open_mail
from tests.mail.reading.programs import page, plain

FRENCH = "L’école a été fermée à cause des élections, où aller ?"
ARABIC = "نحن نعقد اللقاء بعد صلاة العصر في بيت المختار"
RUSSIAN = "Мы встречаемся в школе после уроков каждый вторник"


def raw(body: bytes, *headers: str) -> bytes:
    return "\r\n".join(["From: a@example.org", *headers, "", ""]).encode() + body


@pytest.mark.parametrize(
    ("words", "sent_as", "declared"),
    [
        (FRENCH, "cp1252", "windows-1252"),
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", "utf-8"),
        (FRENCH, "cp1252", "x-nobody-knows"),
        (FRENCH, "utf-8", "us-ascii"),
        (FRENCH, "utf-8", "iso-8859-1"),
        (FRENCH, "utf-16", "utf-16"),
        (ARABIC, "cp1256", "windows-1256"),
        (ARABIC, "cp1256", "utf-8"),
        (ARABIC, "cp1256", "iso-8859-1"),
        (RUSSIAN, "cp1251", "utf-8"),
        (RUSSIAN, "koi8-r", "x-nobody-knows"),
    ],
)
def test_words_are_read_in_the_charset_they_are_in(words, sent_as, declared):
    mail = raw(words.encode(sent_as), f"Content-Type: text/plain; charset={declared}")
    assert open_mail(mail).words == words


def test_a_charset_that_is_not_told_is_found():
    assert open_mail(raw(FRENCH.encode("cp1252"))).words == FRENCH
    assert open_mail(raw(FRENCH.encode())).words == FRENCH


def test_hurt_bytes_are_told_and_the_rest_is_read():
    opened = open_mail(raw("élèves à l’école".encode() + b" \xff oui", "Content-Type: text/plain"))
    assert opened.damaged
    assert "oui" in opened.words


@pytest.mark.parametrize("cut", [0, 1, 2, 3])
def test_base64_is_read_as_far_as_it_goes(cut):
    coded = base64.encodebytes(FRENCH.encode() * 3)
    mail = raw(coded[: len(coded) - cut], "Content-Transfer-Encoding: base64")
    assert open_mail(mail).words.startswith(FRENCH)


def test_what_says_base64_and_is_plain_text_is_read():
    mail = raw(b"We do, at the school.", "Content-Transfer-Encoding: base64")
    assert open_mail(mail).words == "We do, at the school."


def test_broken_quoted_printable_is_read():
    mail = raw(b"caf=C3=A9 a=b 5 =3 x=\r\n", "Content-Transfer-Encoding: quoted-printable")
    assert open_mail(mail).words.startswith("café a=b 5")


def test_a_list_may_put_its_foot_below_base64():
    mail = raw(
        base64.encodebytes(FRENCH.encode()) + b"\n_________\nA mailing list list@example.org\n",
        "Content-Transfer-Encoding: base64",
    )
    assert FRENCH in open_mail(mail).words


def test_flowed_lines_come_together():
    text = "We meet every \nSunday.\n\nAt four."
    mail = plain(text, **{"Content-Type": "text/plain; charset=utf-8; format=flowed"})
    assert open_mail(mail).words == "We meet every Sunday.\n\nAt four."
    japanese = {"Content-Type": "text/plain; charset=utf-8; format=flowed; delsp=yes"}
    assert open_mail(plain("日本 \n語", **japanese)).words == "日本語"


def test_html_alone_is_read_and_hidden_words_are_not():
    opened = open_mail(
        page("<style>p{}</style><p>One</p><p>Two<span style='display:none'>x</span></p>")
    )
    assert opened.words == "One\n\nTwo"
    assert opened.from_html


def test_html_is_read_where_the_plain_part_only_points_to_it():
    text = "Please view this message in HTML."
    assert open_mail(page("<div>We do.</div>", text)).words == "We do."


def test_plain_text_is_read_where_the_html_says_less():
    assert open_mail(page("<div>&nbsp;</div>", "We do, at school.")).words == "We do, at school."


def test_files_are_kept_and_a_forwarded_mail_is_one():
    mail = raw(
        b"--b\r\n\r\nSee the form.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n"
        b'inner\r\n--b\r\nContent-Type: application/pdf; name="=?utf-8?q?caf=C3=A9=2Epdf?="\r\n'
        b"Content-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--b\r\n"
        b"Content-Type: application/ms-tnef; name=winmail.dat\r\n\r\nx\r\n--b--\r\n",
        "Content-Type: multipart/mixed; boundary=b",
    )
    opened = open_mail(mail)
    assert opened.words == "See the form."
    assert [one.name for one in opened.attachments] == ["message.eml", "café.pdf"]
    assert opened.attachments[1].content == b"%PDF"


def test_an_inline_picture_is_told_from_a_file():
    mail = raw(
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>Look <img src=cid:1></p>\r\n--b\r\n"
        b"Content-Type: image/png\r\nContent-ID: <1>\r\n\r\nx\r\n--b--\r\n",
        "Content-Type: multipart/related; boundary=b",
    )
    assert [one.is_inline for one in open_mail(mail).attachments] == [True]


def test_all_texts_between_pictures_are_read():
    mail = raw(
        b"--b\r\n\r\nFirst.\r\n--b\r\nContent-Type: image/png; name=a.png\r\n\r\nx\r\n"
        b"--b\r\n\r\nSecond.\r\n",
        "Content-Type: multipart/mixed; boundary=b",
    )
    assert open_mail(mail).words == "First.\n\nSecond."


@pytest.mark.parametrize(
    ("header", "name", "address"),
    [
        ("From: =?utf-8?q?Am=C3=A9lie?= <a@b.org>", "Amélie", "a@b.org"),
        ("From: =?UTF-8?B?QW3DqQ==?= =?UTF-8?B?bGll?= <a@b.org>", "Amélie", "a@b.org"),
        ('From: "=?utf-8?q?Am=C3=A9lie?=" <a@b.org>', "Amélie", "a@b.org"),
        ("From: a@b.org (Amina)", "Amina", "a@b.org"),
        ("From: <a@b.org>", "", "a@b.org"),
        ("From: =?utf-8?q?evil=40x=2Eorg=2C?= <a@b.org>", "evil@x.org,", "a@b.org"),
        ("X: none", "", ""),
        ("From:", "", ""),
    ],
)
def test_senders_are_read_in_odd_shapes(header, name, address):
    opened = open_mail(f"{header}\r\n\r\nYes.".encode())
    assert (opened.from_name, opened.from_address) == (name, address)


def test_ids_are_read():
    mail = raw(
        b"Yes.",
        "Message-ID: <1@x>",
        "In-Reply-To: <2@x>",
        "References: <3@x>\r\n <2@x>",
        "Subject: x",
    )
    opened = open_mail(mail)
    assert (opened.message_id, opened.in_reply_to) == ("<1@x>", "<2@x>")
    assert opened.references == ("<3@x>", "<2@x>")


def test_control_characters_and_overrides_are_gone():
    assert open_mail(plain("We\u202e do\u200b.\x00\x07")).words == "We do."


@pytest.mark.parametrize("mail", [b"", b"\n", b"no header at all", b"From: a@b.c", b"\xff\xfe\x00"])
def test_hardly_a_mail_is_still_opened(mail):
    assert isinstance(open_mail(mail).words, str)
