"""Looks at everything about mail, one matter after the other, and never stops at the first.
Called by the command `doctor_mail`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.utils import parseaddr
from ipaddress import ip_address

from exchange.mail.doctor import names as asking_names
from exchange.mail.doctor import sending_names, servers
from exchange.mail.doctor.finding import Finding, unasked, wrong
from exchange.mail.door.setting import ascii_domain, domain_of
from exchange.mail.smtp import NotNow, Server
from exchange.mail.trust.asking import Names, Unanswered

# A name that exists wherever there is internet.
SURE = "a.root-servers.net"


@dataclass(frozen=True)
class Case:
    """What is looked at: the settings about mail, taken from Django's by the command."""

    mail_from: str
    mail_domain: str
    contact: str
    site: str
    smtp: str
    door: str
    selectors: tuple[str, ...] = ()
    # The addresses our mail leaves from, if somebody told them.
    senders: tuple[str, ...] = ()
    is_production: bool = False

    @property
    def author(self) -> str:
        """The domain people see in From."""
        return ascii_domain(domain_of(parseaddr(self.mail_from)[1]))

    @property
    def envelope(self) -> str:
        """The domain of the addresses people answer to and mail comes back to."""
        return ascii_domain(self.mail_domain)


def examine(case: Case, names: Names) -> Iterator[Finding]:
    """Every matter in its turn."""
    if not _is_domain(case.author) or not _is_domain(case.envelope):
        yield _no_domain(case)
    elif not _is_online(case, names):
        yield unasked(
            "Names",
            "I cannot ask for names here: this machine seems to be offline, or nobody answers. "
            "Everything else I looked at; try again where there is internet.",
        )
    else:
        yield from _by_names(case, names)
    yield servers.outgoing(case.smtp, name=case.author, is_production=case.is_production)
    yield servers.door(case.door, is_production=case.is_production)


def _by_names(case: Case, names: Names) -> Iterator[Finding]:
    host = case.site if _is_domain(case.site) else f"mail.{case.envelope}"
    yield _asked("MX", lambda: asking_names.mx(case.envelope, host, names))
    senders = _senders(case, names)
    for domain in dict.fromkeys((case.envelope, case.author)):
        yield _asked("SPF", lambda domain=domain: sending_names.spf(domain, senders, names))  # type: ignore[misc]
    yield from _keys(case, names)
    yield _asked("DMARC", lambda: asking_names.dmarc(case.author, case.contact, names))
    yield _asked("From", lambda: asking_names.alignment(case.author, case.envelope, names))
    for address in senders:
        yield _asked("PTR", lambda address=address: asking_names.ptr(address, names))  # type: ignore[misc]
    if not senders:
        yield unasked(
            "PTR",
            "I do not know from which address your mail leaves. Say it with "
            "EXCHANGE_MAIL_SENDS_FROM=ADDRESS and ask again.",
        )
    if case.is_production:
        yield _asked("Port 25", lambda: _street(case, names))


def _keys(case: Case, names: Names) -> Iterator[Finding]:
    for selector in case.selectors:
        yield _asked(
            "DKIM",
            lambda selector=selector: asking_names.dkim(case.author, selector, names),  # type: ignore[misc]
        )
    if not case.selectors:
        yield unasked(
            "DKIM",
            "Tell me the selector your mail server or provider signs with: EXCHANGE_DKIM_SELECTOR.",
        )


def _street(case: Case, names: Names) -> Finding:
    hosts = [value.partition(" ")[2] for value in sorted(names.ask(case.envelope, "MX"))[:2]]
    return servers.street([host for host in hosts if host])


def _senders(case: Case, names: Names) -> list[str]:
    """The addresses mail leaves from: as told, or the server's that it is handed to."""
    if case.senders:
        return list(case.senders)
    try:
        server = Server.from_url(case.smtp)
        name = case.site if server.is_this_machine else server.host
        return asking_names.addresses(name, names) if _is_domain(name) else []
    except (NotNow, Unanswered):
        return []


def _asked(matter: str, look: Callable[[], Finding]) -> Finding:
    try:
        return look()
    except Unanswered:
        return asking_names.not_asked(matter)


def _is_online(case: Case, names: Names) -> bool:
    """Some closed networks answer that nothing exists, so a name that surely exists is asked too."""
    questions = [(case.envelope, kind) for kind in ("MX", "TXT", "A")] + [(SURE, "A")]
    try:
        return any(names.ask(name, kind) for name, kind in questions)
    except Unanswered:
        return False


def _is_domain(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return "." in name
    return False


def _no_domain(case: Case) -> Finding:
    said = (
        "Mail has no domain of its own yet. Once the Exchange has a name, set EXCHANGE_BASE_URL or "
        "EXCHANGE_MAIL_FROM."
    )
    return wrong("Domain", said) if case.is_production else unasked("Domain", said)
