"""A mail of a megabyte that was made to be slow is read in time, and depth breaks nothing."""

import time

import pytest

from exchange.mail.reading.actions import open_mail
from tests.mail.reading.programs import plain

SIZE, LONGEST = 1_000_000, 2.0
TEXTS = (
    ">", "> \n", "-", "-- \n", "_\n", ":\n", "On 3 Nov wrote:\n", "From: a\n", "<a@b.c>:\n", "a@b.",
    "Sent from my \n", "von meinem ", "this email ", "--- a --- a ", "| a\n", "-=-=- a\n", "*", "a\n",
    "From: a@b.c\nSent: 3\nTo: x\nSubject: y\n", "هذه الرسالة ", "+254 712 345 678\n", "\r", "\0",
)  # fmt: skip
PAGES = ("<div>a", "<blockquote type=cite>a", "<", "&nbsp;", "<br>", "<ul><li>a", "<td>a", "<!--")
FIRST = b"From: a@example.org\n"


def seconds(mail: bytes) -> float:
    began = time.process_time()
    open_mail(mail)
    return time.process_time() - began


@pytest.mark.parametrize("piece", TEXTS, ids=repr)
def test_text_made_to_be_slow_is_read_in_time(piece):
    assert seconds(plain(piece * (SIZE // len(piece)))) < LONGEST


@pytest.mark.parametrize("piece", PAGES, ids=repr)
def test_html_made_to_be_slow_is_read_in_time(piece):
    html = "<html><body>" + piece * (SIZE // len(piece))
    assert seconds(plain(html, **{"Content-Type": "text/html"})) < LONGEST


@pytest.mark.parametrize(
    "mail",
    [
        FIRST + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(9000)),
        FIRST + b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 20_000,
        FIRST + b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\na\n" * 100_000,
        b"From: " + b'"(' * 400_000 + b"\n\na",
        b"Subject: " + b"=?utf-8?q?a?= " * 70_000 + b"\n\na",
        b"Content-Type: text/plain; " + b"a*0=b; " * 140_000 + b"\n\na",
        b"\n" + b"\xc3\x28\xe9a" * 250_000,
        b"Content-Transfer-Encoding: base64\n\n" + b"QQ==" * 250_000,
    ],
    ids=["deep", "same boundary", "many parts", "comments", "encoded words", "parameters", "bytes", "base64"],
)  # fmt: skip
def test_parts_and_headers_made_to_be_slow_are_read_in_time(mail):
    assert seconds(mail) < LONGEST
