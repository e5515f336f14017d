"""What the doctor says about the names of a domain, and which line it gives to publish.
Run by pytest; the names are made up."""

import pytest

from exchange.mail.doctor.examining import SURE, Case, examine
from exchange.mail.doctor.finding import Finding, txt
from exchange.mail.doctor.sending_names import lookups
from tests.mail.trust.signing import Zone, key

HERE = "8.8.4.4"


def case(**different: object) -> Case:
    return Case(
        **{
            "mail_from": "The Exchange <exchange@exchange.example>",
            "mail_domain": "exchange.example",
            "contact": "hosts@exchange.example",
            "site": "exchange.example",
            "smtp": "",
            "door": "off",
            "selectors": ("s1",),
            "senders": (HERE,),
            **different,
        }
    )


def well_kept() -> Zone:
    """Everything as it should be."""
    return (
        Zone()
        .put("exchange.example", "MX", "10 mail.exchange.example")
        .put("exchange.example", "TXT", "verify=x", f"v=spf1 ip4:{HERE} -all")
        .put("mail.exchange.example", "A", HERE)
        .put("s1._domainkey.exchange.example", "TXT", key()[1])
        .put("_dmarc.exchange.example", "TXT", "v=DMARC1; p=reject")
        .put("4.4.8.8.in-addr.arpa", "PTR", "mail.exchange.example")
    )


def found(names: Zone, matter: str = "", **different: object) -> list[Finding]:
    return [each for each in examine(case(**different), names) if matter in ("", each.matter)]


def one(names: Zone, matter: str, **different: object) -> Finding:
    [finding] = found(names, matter, **different)
    return finding


def test_a_domain_that_is_well_kept_is_well():
    states = {each.matter: each.state for each in found(well_kept())}

    assert states.pop("TLS") == "unasked"
    assert set(states) == {"MX", "SPF", "DKIM", "DMARC", "From", "PTR", "Door"}
    assert set(states.values()) == {"well"}


def test_an_empty_domain_is_told_every_line_to_publish():
    names = Zone().put(SURE, "A", "198.41.0.4")
    lines = {each.matter: each.publish for each in found(names) if each.state == "wrong"}

    assert lines["MX"] == "exchange.example. IN MX 10 exchange.example."
    assert lines["SPF"] == f'exchange.example. IN TXT "v=spf1 ip4:{HERE} ~all"'
    assert lines["DMARC"] == (
        '_dmarc.exchange.example. IN TXT "v=DMARC1; p=none; rua=mailto:hosts@exchange.example"'
    )
    assert lines["DKIM"].startswith("s1._domainkey.exchange.example. IN TXT ")
    assert lines["PTR"].startswith("4.4.8.8.in-addr.arpa. IN PTR ")


@pytest.mark.parametrize("names", [Zone(), Zone().silent("exchange.example", "MX")])
def test_offline_it_says_so_kindly_and_calls_nothing_wrong(names):
    said = found(names)

    assert "offline" in said[0].words
    assert not [each for each in said if each.state == "wrong"]
    assert {each.matter for each in said} == {"Names", "TLS", "Door"}, "the rest is looked at"


def test_one_name_that_does_not_answer_leaves_the_others():
    names = well_kept().silent("_dmarc.exchange.example")
    states = {each.matter: each.state for each in found(names)}

    assert (states["DMARC"], states["SPF"], states["MX"]) == ("unasked", "well", "well")


@pytest.mark.parametrize(
    ("values", "words"),
    [((), "Nobody knows"), (("0 ",), "no mail at all"), (("10 lost.example",), "has no address")],
)
def test_where_mail_is_brought(values, words):
    finding = one(well_kept().put("exchange.example", "MX", *values), "MX")

    assert (finding.state, words in finding.words) == ("wrong", True)


@pytest.mark.parametrize(
    ("records", "words", "line"),
    [
        (["v=spf1 -all"], f"does not let {HERE} send", f'"v=spf1 ip4:{HERE} -all"'),
        (["v=spf1 mx ~all", "v=spf1 a ~all"], "2 SPF records", f'"v=spf1 ip4:{HERE} mx ~all"'),
        (["v=spf1 +all"], "lets everybody send", f'"v=spf1 ip4:{HERE} ~all"'),
        (["v=spf1 include:many.example -all"], "asks for 13 other names", ""),
    ],
)
def test_who_may_send(records, words, line):
    names = well_kept().put("exchange.example", "TXT", *records)
    names.put("exchange.example", "MX", "10 other.example").put("other.example", "A", "8.8.8.8")
    many = " ".join(f"a:h{number}.many.example" for number in range(12))
    names.put("many.example", "TXT", f"v=spf1 {many} -all")
    finding = one(names, "SPF")

    assert finding.state == "wrong"
    assert words in finding.words
    assert finding.publish == (f"exchange.example. IN TXT {line}" if line else "")


def test_lookups_are_counted_through_includes_and_a_circle_ends():
    names = (
        Zone()
        .put("a.example", "TXT", "v=spf1 ip4:192.0.2.1 mx include:b.example redirect=c.example")
        .put("b.example", "TXT", "v=spf1 a exists:%{i}.b.example include:a.example ?all")
        .put("c.example", "TXT", "v=spf1 a/24 -all")
    )

    assert lookups("a.example", names) == 3 + 3 + 1


@pytest.mark.parametrize(
    ("record", "words"),
    [
        ("v=DKIM1; p=", "was taken back"),
        ("v=DKIM1; t=y; p=AAAA", "is marked as a test"),
        ("v=DKIM1; k=rsa; p=MIIBcut", "cut when it was pasted"),
        (key(1024)[1], "1024 bits"),
    ],
)
def test_a_key_that_cannot_be_used(record, words):
    names = well_kept().put("s1._domainkey.exchange.example", "TXT", record)
    finding = one(names, "DKIM")

    assert (finding.state, words in finding.words) == ("wrong", True)


def test_several_selectors_are_looked_at_and_none_is_asked_for():
    both = found(well_kept(), "DKIM", selectors=("s1", "s2"))

    assert [each.state for each in both] == ["well", "wrong"]
    assert one(well_kept(), "DKIM", selectors=()).state == "unasked"


@pytest.mark.parametrize(
    ("values", "state"),
    [
        (["v=DMARC1; p=none"], "well"),
        (["v=DMARC1; p=quarantine; pct=50"], "well"),
        (["v=DMARC1; rua=mailto:x@exchange.example"], "wrong"),
        (["v=DMARC1; p=none", "v=DMARC1; p=reject"], "wrong"),
        (["something else"], "wrong"),
    ],
)
def test_what_others_shall_do_with_forged_mail(values, state):
    finding = one(well_kept().put("_dmarc.exchange.example", "TXT", *values), "DMARC")

    assert finding.state == state
    assert bool(finding.publish) == (state == "wrong")


@pytest.mark.parametrize(
    ("mail_domain", "record", "state"),
    [
        ("exchange.example", "v=DMARC1; p=none; aspf=s", "well"),
        ("in.exchange.example", "v=DMARC1; p=none", "well"),
        ("in.exchange.example", "v=DMARC1; p=none; aspf=s", "wrong"),
        ("replies.other.example", "v=DMARC1; p=none", "wrong"),
    ],
)
def test_what_people_see_and_where_mail_comes_back_belong_together(mail_domain, record, state):
    names = well_kept().put("_dmarc.exchange.example", "TXT", record)
    names.put(mail_domain, "MX", "10 mail.exchange.example")

    assert one(names, "From", mail_domain=mail_domain).state == state


@pytest.mark.parametrize(
    ("name", "leads_to", "state"),
    [("mail.exchange.example", HERE, "well"), ("x.example", "1.2.3.4", "wrong"), ("", "", "wrong")],
)
def test_the_name_of_the_address_mail_leaves_from(name, leads_to, state):
    names = well_kept().put("4.4.8.8.in-addr.arpa", "PTR", *filter(None, [name]))
    names.put(name, "A", *filter(None, [leads_to]))

    assert one(names, "PTR").state == state


def test_an_address_of_the_new_kind_is_looked_at_too():
    names = well_kept().put("exchange.example", "TXT", "v=spf1 ip6:2001:4860::/32 -all")
    back = "8.8.8.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.8.4.0.6.8.4.1.0.0.2.ip6.arpa"
    names.put(back, "PTR", "mail.exchange.example")
    names.put("mail.exchange.example", "AAAA", "2001:4860:4860::8888")
    sender = ("2001:4860:4860::8888",)

    assert one(names, "SPF", senders=sender).state == "well"
    assert one(names, "PTR", senders=sender).state == "well"


def test_where_mail_leaves_is_found_by_the_server_it_is_handed_to():
    names = well_kept().put("out.provider.example", "A", "1.1.1.1")
    finding = one(names, "SPF", senders=(), smtp="smtp://u:p@out.provider.example:587")

    assert "does not let 1.1.1.1 send" in finding.words
    assert one(well_kept(), "PTR", senders=(), site="nowhere.example").state == "unasked"


def test_in_production_it_knocks_where_others_bring_our_mail():
    names = well_kept().put("exchange.example", "MX", "10 mail.exchange.invalid")

    assert one(names, "Port 25", is_production=True).state == "unasked"
    assert found(names, "Port 25") == []


@pytest.mark.parametrize(("is_production", "state"), [(False, "unasked"), (True, "wrong")])
def test_without_a_domain_there_is_nothing_to_ask(is_production, state):
    finding = one(
        Zone(),
        "Domain",
        mail_from="exchange@127.0.0.1",
        mail_domain="127.0.0.1",
        is_production=is_production,
    )

    assert finding.state == state


def test_a_long_line_goes_in_pieces():
    assert txt("x", "a" * 300) == f'x. IN TXT "{"a" * 255}" "{"a" * 45}"'
