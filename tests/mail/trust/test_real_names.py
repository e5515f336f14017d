"""The resolver speaks with a real name server on loopback, and gives its answers as text.
Run by pytest."""

import socketserver
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset
import pytest

from exchange.mail.trust import asking, judge
from exchange.mail.trust.asking import Internet, Unanswered, backwards
from tests.mail.trust.signing import key, mail, signed

ZONE = {
    ("ngo.example.", "MX"): ["10 mx.ngo.example.", "20 mx2.ngo.example."],
    ("ngo.example.", "TXT"): ['"v=spf1 ip4:" "8.8.4.4 -all"', '"other"'],
    ("mx.ngo.example.", "A"): ["8.8.4.4"],
    ("mx.ngo.example.", "AAAA"): ["2001:db8::7"],
    ("4.4.8.8.in-addr.arpa.", "PTR"): ["mx.ngo.example."],
    ("_dmarc.ngo.example.", "TXT"): ['"v=DMARC1; p=reject"'],
    ("s1._domainkey.ngo.example.", "CNAME"): ["s1.service.example."],
}


class NameServer(socketserver.ThreadingUDPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        record = key()[1]
        pieces = " ".join(f'"{record[at : at + 255]}"' for at in range(0, len(record), 255))
        self.zone = ZONE | {("s1.service.example.", "TXT"): [pieces]}
        self.asked = 0


class _Answer(socketserver.BaseRequestHandler):
    server: NameServer

    def handle(self) -> None:
        question = dns.message.from_wire(self.request[0])
        answer = dns.message.make_response(question)
        answer.flags |= dns.flags.RA
        name, kind = question.question[0].name, question.question[0].rdtype.name
        self.server.asked += 1
        if "broken" in str(name):
            answer.set_rcode(dns.rcode.SERVFAIL)
        self._add(answer, str(name).lower(), kind)
        if not answer.answer and not any(str(name).lower() == each for each, _ in self.server.zone):
            answer.set_rcode(answer.rcode() or dns.rcode.NXDOMAIN)
        self.request[1].sendto(answer.to_wire(), self.client_address)

    def _add(self, answer: dns.message.Message, name: str, kind: str) -> None:
        for sort in ("CNAME", kind):
            values = self.server.zone.get((name, sort), [])
            if values:
                answer.answer.append(dns.rrset.from_text(name, 60, "IN", sort, *values))
            if values and sort == "CNAME":
                self._add(answer, values[0], kind)


@pytest.fixture
def server(monkeypatch):
    with NameServer() as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        resolver = dns.resolver.Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], server.server_address[1]
        monkeypatch.setattr(dns.resolver, "Resolver", lambda: resolver)
        yield server
        server.shutdown()


def test_each_kind_of_answer_is_text(server):
    names = Internet()

    assert sorted(names.ask("ngo.example", "MX")) == ["10 mx.ngo.example", "20 mx2.ngo.example"]
    assert sorted(names.ask("NGO.example.", "TXT")) == ["other", "v=spf1 ip4:8.8.4.4 -all"]
    assert names.ask("mx.ngo.example", "A") == ["8.8.4.4"]
    assert names.ask("mx.ngo.example", "AAAA") == ["2001:db8::7"]
    assert names.ask(backwards("8.8.4.4"), "PTR") == ["mx.ngo.example"]
    assert names.ask("s1._domainkey.ngo.example", "TXT") == [key()[1]], "through another name"


def test_what_does_not_exist_is_an_answer_and_a_broken_server_is_none(server):
    names = Internet(patience=2)

    assert names.ask("nobody.example", "TXT") == []
    assert names.ask("mx.ngo.example", "TXT") == []
    assert names.ask("a" * 70 + ".example", "TXT") == []
    assert names.ask("two..dots", "TXT") == []
    with pytest.raises(Unanswered):
        names.ask("broken.example", "TXT")


def test_the_same_question_is_asked_once(server):
    names = Internet()
    for _ in range(3):
        names.ask("ngo.example", "MX")

    assert server.asked == 1


def test_in_production_a_mail_is_judged_by_what_is_published(server, settings):
    settings.PRODUCTION = True
    settings.MAIL_AUTHSERV = ""

    assert judge(signed(mail())).level == "pass"
    assert judge(mail(), envelope_from="a@ngo.example", peer="8.8.4.4").level == "pass"
    assert judge(mail(), envelope_from="a@ngo.example", peer="8.8.8.8").level == "fail"


def test_in_local_mode_nobody_is_asked(server, settings):
    settings.PRODUCTION = False
    settings.MAIL_AUTHSERV = ""

    assert judge(signed(mail())).level == "none"
    assert isinstance(asking.names(), asking.Nobody)
    assert server.asked == 0
