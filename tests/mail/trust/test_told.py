"""Trust when the mail server before us has looked (Authentication-Results, RFC 8601).
Run by pytest."""

import pytest

from exchange.mail.trust import asking, judge
from tests.mail.trust.signing import Zone, mail

US = "mx.exchange.example"
RECEIVED = "Received: from somewhere by mx.exchange.example; Fri, 20 Nov 2026 10:00:00 +0000\r\n"
GOOD = f"Authentication-Results: {US}; dmarc=pass (p=reject dis=none) header.from=ngo.example\r\n"
BAD = f"Authentication-Results: {US}; dmarc=fail (p=reject dis=none) header.from=ngo.example\r\n"


@pytest.fixture(autouse=True)
def somebody_before_us(settings):
    settings.MAIL_AUTHSERV = US


def level(head: str, names: Zone | None = None, raw: bytes = b"") -> str:
    with asking.use(names or Zone()):
        return judge(head.encode() + (raw or mail())).level


def test_what_our_own_server_found_is_believed():
    assert level(GOOD + RECEIVED) == "pass"
    assert level(RECEIVED + GOOD) == "pass", "some write it below"
    assert level(BAD + RECEIVED) == "fail"
    assert level(RECEIVED) == "none", "it found nothing"


def test_a_forged_one_in_the_mail_itself_is_not():
    assert level(BAD + RECEIVED + GOOD) == "fail"
    assert level(RECEIVED + BAD + GOOD) == "fail"
    assert level(RECEIVED + BAD + RECEIVED + GOOD) == "fail"
    empty = f"Authentication-Results: {US}; none\r\n"
    assert level(RECEIVED + empty + GOOD) == "none"
    assert level(empty + RECEIVED + GOOD) == "none"


def test_what_another_server_found_says_nothing():
    other = GOOD.replace(US, "mx.other.example")

    assert level(other + RECEIVED) == "none"
    assert level(GOOD.replace(US, f"{US}.evil.example") + RECEIVED) == "none"
    assert level(GOOD.replace(US, f"evil.example ({US})") + RECEIVED) == "none"


def test_a_result_about_another_domain_says_nothing_of_this_author():
    assert level(GOOD.replace("ngo.example", "other.example") + RECEIVED) == "none"


def test_a_word_in_a_comment_is_no_result():
    tricky = f"Authentication-Results: {US}; spf=fail (x; dmarc=pass (deep; dmarc=pass)) x\r\n"

    assert level(tricky + RECEIVED) == "none"


def test_several_of_our_own_above_the_line_are_read_together():
    spf = f"Authentication-Results: {US};\r\n\tspf=pass smtp.mailfrom=x@bounce.ngo.example\r\n"
    signed = f"Authentication-Results: {US} 1; dkim=pass header.d=ngo.example header.s=s1\r\n"

    assert level(spf + "X-Other: x\r\n" + signed + RECEIVED) == "pass"
    assert level(spf + RECEIVED) == "pass"
    assert level(signed.replace("d=ngo", "d=other") + RECEIVED) == "none"


@pytest.mark.parametrize(
    ("record", "expected"),
    [("v=DMARC1; p=reject", "fail"), ("v=DMARC1; p=none", "none"), ("", "none")],
)
def test_a_failure_without_the_wish_behind_it_is_looked_up(record, expected):
    names = Zone().put("_dmarc.ngo.example", "TXT", *filter(None, [record]))

    assert level(BAD.replace("(p=reject dis=none)", "") + RECEIVED, names) == expected


def test_a_failure_of_a_domain_that_asks_for_nothing_disowns_nobody():
    assert level(BAD.replace("p=reject", "p=NONE") + RECEIVED) == "none"


def test_two_authors_are_never_believed_whatever_was_found():
    raw = mail("amina@ngo.example, chief@ngo.example")

    assert level(GOOD + RECEIVED, raw=raw) == "none"


@pytest.mark.parametrize(
    "junk", ["", ";", "; dmarc", "; dmarc=", "; =pass", "; dmarc=pass=x;;;", "(((; dmarc=pass"]
)
def test_junk_is_no_result(junk):
    assert level(f"Authentication-Results: {US}{junk}\r\n" + RECEIVED) in ("none", "pass")
