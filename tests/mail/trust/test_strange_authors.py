"""From headers that programs read in different ways are never believed. Run by pytest."""

import dkim
import pytest

from exchange.mail.trust import asking, judge
from tests.mail.trust.signing import Zone, mail, signed, zone

REJECT = "v=DMARC1; p=reject"


def level(raw: bytes, names: Zone) -> str:
    with asking.use(names):
        return judge(raw).level


@pytest.mark.parametrize(
    "author",
    [
        "Amina",
        "",
        "amina@",
        "amina@ngo",
        "amina@[192.0.2.1]",
        "amina@127.0.0.1",
        "Friends: amina@ngo.example;",
        "undisclosed-recipients:;",
        "amina@ngo.example, chief@ngo.example",
        "<amina@ngo.example> <chief@other.example>",
        "amina@ngo.example.",
        "amina@ngo..example",
        "=?utf-8?q?amina=40ngo.example?=",
        "amina@ngo.example\r\nFrom: chief@ngo.example",
        "chief@other.example\rFrom: amina@ngo.example",
        "amina@ngo.example\x00@other.example",
        "amina@" + "a" * 300 + ".example",
    ],
)
def test_what_is_not_one_plain_address_never_passes(author):
    raw = mail("X <x@ngo.example>").replace(b"X <x@ngo.example>", author.encode())
    try:
        raw = signed(raw)
    except dkim.DKIMException:
        raw = signed(mail()).split(b"From:")[0] + raw

    assert level(raw, zone(REJECT)) in ("none", "fail")


def test_an_international_name_in_the_clear_never_passes():
    raw = signed(mail("Amina <amina@مثال.example>"), domain="xn--mgbh0fb.example")

    assert level(raw, zone(domain="xn--mgbh0fb.example")) == "none"
    assert level(raw, zone(REJECT, domain="xn--mgbh0fb.example")) == "none"
    assert level(mail("A <a@مثال.example>"), zone(REJECT, domain="xn--mgbh0fb.example")) == "fail"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"no head at all",
        b"From",
        b"\xff\xfe\x00" * 50,
        b"From: a@b.example\r\n" + b"X" * 100_000,
        b"Subject: x\r\nFrom: a@b.example",
        b"From: a@b.example\r\n folded\r\n\tand again\r\n\r\n",
        b"DKIM-Signature: v=1\r\nFrom: a@ngo.example\r\n\r\n",
        b"DKIM-Signature: v=1; d=ngo.example; s=s1; a=rsa-sha256; h=from; b=\r\nFrom: a@ngo.example",
        b"DKIM-Signature: =;;;d=ngo.example\r\nFrom: a@ngo.example\r\n\r\n",
        b"From: " + b"(" * 5000 + b"a@ngo.example\r\n\r\n",
        b"From: " + b"a@ngo.example," * 5000 + b"\r\n\r\n",
    ],
)
def test_nothing_that_can_come_makes_it_fall_over(raw):
    assert level(raw, zone()) in ("none", "fail")
