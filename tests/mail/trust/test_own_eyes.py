"""Trust when we look ourselves: SPF, DKIM and DMARC of mails that are really signed.
Run by pytest; the names are made up."""

import time

import pytest

from exchange.mail.trust import asking, judge
from exchange.mail.trust.aligning import are_one_house, organisation
from tests.mail.trust.signing import SELECTOR, Zone, key, mail, signed, zone

REJECT = "v=DMARC1; p=reject"
NONE = "v=DMARC1; p=none; rua=mailto:x@ngo.example"
PEER = "8.8.4.4"


@pytest.fixture(autouse=True)
def nobody_before_us(settings):
    settings.MAIL_AUTHSERV = ""


def level(raw: bytes, names: Zone, **envelope: str) -> str:
    with asking.use(names):
        return judge(raw, **envelope).level


def test_a_mail_signed_by_its_authors_domain_is_believed():
    with asking.use(zone(REJECT)):
        found = judge(signed(mail()))

    assert found.level == "pass"
    assert found.results == {"spf": "none", "dkim": "pass", "dmarc": "pass"}


@pytest.mark.parametrize("dmarc", ["", NONE, REJECT])
def test_a_domain_without_a_policy_can_vouch_too(dmarc):
    assert level(signed(mail()), zone(dmarc)) == "pass"


@pytest.mark.parametrize(
    ("dmarc", "expected"),
    [("", "none"), (NONE, "none"), ("v=DMARC1; p=quarantine", "fail"), (REJECT, "fail")],
)
def test_what_nobody_vouches_for_is_disowned_only_if_the_domain_says_so(dmarc, expected):
    assert level(mail(), zone(dmarc)) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"register", b"regime"),
        (b"A question", b"Another question"),
        (b"amina@ngo.example", b"chief@ngo.example"),
    ],
)
def test_a_mail_that_was_changed_on_its_way_is_not_believed(old, new):
    raw = signed(mail()).replace(old, new)

    assert level(raw, zone(REJECT)) == "fail"
    assert level(raw, zone(NONE)) == "none"


def test_words_added_behind_a_signed_length_are_nobodys():
    raw = signed(mail(), length=True)

    assert level(raw, zone(REJECT)) == "pass", "the length covers it all"
    assert level(raw + b"Send money to this account.\r\n", zone(REJECT)) == "fail"


def test_a_signature_that_has_expired_is_not_believed(monkeypatch):
    raw = mail()
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 9 * 86_400)
    old = signed(raw)
    monkeypatch.setattr(time, "time", real)

    assert level(old, zone(REJECT)) == "pass", "age alone is no fault"
    assert level(_expiring(raw, in_days=-2), zone(REJECT)) == "fail"
    assert level(_expiring(raw, in_days=2), zone(REJECT)) == "pass"


def _expiring(raw: bytes, in_days: int) -> bytes:
    """A signature with x=, signed as it stands; dkimpy itself writes none."""
    import base64
    import hashlib
    import re

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import padding
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    body = raw.split(b"\r\n\r\n", 1)[1]
    now = int(time.time())
    expires = now + in_days * 86_400
    signature = (
        f"v=1; a=rsa-sha256; c=relaxed/relaxed; d=ngo.example; s={SELECTOR}; "
        f"t={min(now, expires) - 60}; x={expires}; h=from:subject; "
        f"bh={base64.b64encode(hashlib.sha256(body).digest()).decode()}; b="
    )
    head = dict(
        re.split(rb":\s*", line, maxsplit=1) for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n")
    )
    signed_words = b"from:" + head[b"From"] + b"\r\nsubject:" + head[b"Subject"] + b"\r\n"
    signed_words += b"dkim-signature:" + signature.encode()
    private = load_pem_private_key(key()[0], None)
    made = private.sign(signed_words, padding.PKCS1v15(), hashes.SHA256())
    return b"DKIM-Signature: " + signature.encode() + base64.b64encode(made) + b"\r\n" + raw


def test_a_signature_that_does_not_cover_the_author_is_worth_nothing():
    raw = _expiring(mail(), in_days=2).replace(b"h=from:subject", b"h=subject")

    assert level(raw, zone(REJECT)) == "fail"


def test_the_signature_of_a_stranger_vouches_for_nobody_else():
    raw = signed(mail(), domain="spammer.example")
    names = zone(REJECT).put(f"{SELECTOR}._domainkey.spammer.example", "TXT", key()[1])

    assert level(raw, names) == "fail"


def test_a_name_shown_as_an_address_is_just_a_name():
    raw = signed(mail('"amina@ngo.example" <x@spammer.example>'), domain="spammer.example")
    names = Zone().put(f"{SELECTOR}._domainkey.spammer.example", "TXT", key()[1])

    assert level(raw, names) == "pass", "for spammer.example, whose address it is"
    forged = signed(mail('"x@spammer.example" <amina@ngo.example>'), domain="spammer.example")
    assert level(forged, names.put("_dmarc.ngo.example", "TXT", REJECT)) == "fail"


def test_a_department_and_its_house_are_one_unless_the_house_is_strict():
    raw = signed(mail("Amina <amina@field.ngo.example>"))

    assert level(raw, zone(REJECT)) == "pass"
    assert level(raw, zone(f"{REJECT}; adkim=s")) == "fail"
    assert level(signed(mail()), zone(f"{REJECT}; adkim=s")) == "pass"


def test_a_house_may_want_something_else_for_its_departments():
    raw = mail("Amina <amina@field.ngo.example>")

    assert level(raw, zone("v=DMARC1; p=reject; sp=none")) == "none"
    assert level(raw, zone("v=DMARC1; p=none; sp=reject")) == "fail"
    assert level(raw, zone(f"{REJECT}; pct=0")) == "none", "the house is only trying it out"


@pytest.mark.parametrize(
    "record", ["v=DMARC1", "p=reject", "v=DMARC1; p=reject\x00", "v=spf1 -all"]
)
def test_a_record_that_cannot_be_read_is_no_policy_to_fail_by(record):
    assert level(mail(), zone(record)) == "none"


def test_two_records_are_none():
    assert level(mail(), zone().put("_dmarc.ngo.example", "TXT", REJECT, REJECT)) == "none"


@pytest.mark.parametrize(
    ("spf", "expected"),
    [
        ("v=spf1 ip4:8.8.4.0/24 -all", "pass"),
        ("v=spf1 include:mail.example -all", "pass"),
        ("v=spf1 a mx -all", "pass"),
        ("v=spf1 ip4:1.1.1.1 -all", "fail"),
        ("v=spf1 ip4:1.1.1.1 ~all", "fail"),
        ("v=spf1 include:loop.example -all", "fail"),
        ("v=spf1 nonsense:x -all", "fail"),
    ],
)
def test_the_address_it_comes_from_can_vouch(spf, expected):
    names = zone(REJECT, spf=spf)
    names.put("mail.example", "TXT", "v=spf1 ip4:8.8.4.4 -all")
    names.put("loop.example", "TXT", "v=spf1 include:loop.example -all")
    names.put("ngo.example", "MX", "10 mx.ngo.example").put("mx.ngo.example", "A", PEER)

    assert level(mail(), names, envelope_from="amina@ngo.example", peer=PEER) == expected


def test_the_address_it_comes_from_vouches_for_its_own_domain_alone():
    names = zone(REJECT).put("list.example", "TXT", "v=spf1 ip4:8.8.4.4 -all")

    assert level(mail(), names, envelope_from="bounce@list.example", peer=PEER) == "fail"


def test_a_bounce_without_a_sender_is_looked_at_by_its_greeting():
    names = zone(REJECT).put("mx.ngo.example", "TXT", "v=spf1 ip4:8.8.4.4 -all")

    assert level(mail(), names, peer=PEER, helo="mx.ngo.example") == "pass"


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.0.7", "::1", "", "nonsense"])
def test_a_server_of_ours_before_us_says_nothing_about_the_sender(peer):
    names = zone(spf="v=spf1 +all")

    assert level(mail(), names, envelope_from="amina@ngo.example", peer=peer) == "none"


def test_through_a_mailing_list_nothing_is_disowned_while_the_domain_asks_for_nothing():
    listed = b"List-Id: <l.list.example>\r\n" + signed(mail()).replace(
        b"Subject: A", b"Subject: [list] A"
    )
    names = zone(NONE, spf="v=spf1 ip4:1.1.1.1 -all")
    names.put("list.example", "TXT", "v=spf1 ip4:8.8.4.4 -all")

    assert level(listed, names, envelope_from="bounce@list.example", peer=PEER) == "none"


def test_a_plain_forwarder_keeps_the_signature_and_so_the_trust():
    forwarded = b"Received: from a by b; x\r\nX-Forwarded-To: x\r\n" + signed(mail())
    names = zone(REJECT, spf="v=spf1 ip4:1.1.1.1 -all")

    assert level(forwarded, names, envelope_from="amina@ngo.example", peer=PEER) == "pass"


@pytest.mark.parametrize("where", [f"{SELECTOR}._domainkey.ngo.example", "_dmarc.ngo.example"])
def test_no_answer_is_neither_yes_nor_no(where):
    tampered = signed(mail()).replace(b"register", b"regime")

    assert level(tampered, zone(REJECT).silent(where)) == "none"


def test_when_nobody_answers_it_does_not_take_long(settings):
    settings.PRODUCTION = False
    began = time.monotonic()

    assert judge(signed(mail()), envelope_from="a@ngo.example", peer=PEER).level == "none"
    assert time.monotonic() - began < 1


def test_the_real_resolver_gives_up_in_seconds(monkeypatch):
    import dns.resolver

    from exchange.mail.trust.asking import Internet, Unanswered

    resolver = dns.resolver.Resolver(configure=False)
    resolver.nameservers, resolver.port = ["127.0.0.1"], 9
    monkeypatch.setattr(dns.resolver, "Resolver", lambda: resolver)
    names = Internet(patience=0.5)
    began = time.monotonic()
    for name in ("a.example", "b.example", "c.example", "d.example"):
        with pytest.raises(Unanswered):
            names.ask(name, "TXT")

    assert time.monotonic() - began < 2


def test_a_short_key_and_an_old_method_are_not_believed():
    names = zone(REJECT).put(f"{SELECTOR}._domainkey.ngo.example", "TXT", "v=DKIM1; p=")

    assert level(signed(mail()), names) == "fail", "a key that was taken back"
    old = signed(mail()).replace(b"a=rsa-sha256", b"a=rsa-sha1")
    assert level(old, zone(REJECT)) == "fail"


def test_one_good_signature_among_broken_ones_is_enough():
    raw = signed(mail())
    broken = signed(mail("B <b@ngo.example>")).split(b"From:")[0]

    assert level(broken * 2 + raw, zone(REJECT)) == "pass"


@pytest.mark.parametrize(
    ("domain", "house"),
    [
        ("mail.ngo.co.ke", "ngo.co.ke"),
        ("ngo.org", "ngo.org"),
        ("co.ke", ""),
        ("org", ""),
        ("a.b.unlisted", "b.unlisted"),
        ("x.github.io", "x.github.io"),
    ],
)
def test_what_somebody_registered(domain, house):
    assert organisation(domain) == house


def test_neighbours_under_one_suffix_are_not_one_house():
    assert not are_one_house("a.co.ke", "b.co.ke")
    assert not are_one_house("a.github.io", "b.github.io")
    assert are_one_house("a.ngo.co.ke", "b.ngo.co.ke")
