"""One conversation with a mail server, and what its end means: sent, not now, never, unsure.
Called by `mail.actions` alone, with no transaction open."""

import re
import smtplib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from urllib.parse import unquote, urlsplit

from django.conf import settings

from exchange.core import reaching
from exchange.mail.letters import compose, envelope_sender, sender, wire_address
from exchange.mail.models import OutgoingMail

TIMEOUT = 30
# A server that has the text may look at it for long; to go on earlier would leave us in doubt.
TIMEOUT_AFTER_DOT = 300
MAILS_A_LINE = 100
IDLE_SECONDS = 15

_STATUS = re.compile(rb"([245]\.\d{1,3}\.\d{1,3})\b")
# After these the server hangs up.
_CLOSING = ("smtp-421", "smtp-nonsense")


class Trouble(Exception):
    """The mail did not go out, or may not have; the code is safe to keep and to show. `status` is
    the server's "5.1.1" (RFC 3463), if it gave one. `of_line`: no other mail would go now either."""

    def __init__(self, code: str, *, status: str = "", of_line: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.status = status
        self.of_line = of_line


class NotNow(Trouble):
    """It certainly did not go, and may be tried again."""


class Never(Trouble):
    """It certainly did not go, and the server refuses it for good."""


class Unsure(Trouble):
    """The text was handed over and no answer came: it may have gone, it may not."""


@dataclass(frozen=True)
class Server:
    """EXCHANGE_SMTP taken apart: smtp://user:password@host:587, or smtps:// for TLS at once."""

    host: str
    port: int
    user: str
    password: str
    tls_at_once: bool

    @classmethod
    def from_url(cls, url: str) -> "Server":
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise NotNow("smtp-setting-unreadable", of_line=True)
        at_once = parts.scheme == "smtps"
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        usual = 465 if at_once else 587 if user else 25
        return cls(parts.hostname, parts.port or usual, user, password, at_once)

    @property
    def is_this_machine(self) -> bool:
        return reaching.is_this_machine(self.host)


class Line:
    """An open line to the server, kept for a few mails: a hundred letters need not greet it a
    hundred times. Used by one thread."""

    def __init__(self) -> None:
        self._smtp: smtplib.SMTP | None = None
        self._url = ""
        self._mails = 0
        self._used_at = 0.0
        self._begun = False

    def send(self, mail: OutgoingMail, *, about_to_send: Callable[[], None]) -> None:
        """Hand the mail over. `about_to_send` is called when the server has the whole text and only
        the dot that ends it is missing: up to there it must throw away what it has (RFC 5321,
        4.1.1.4), so nothing can have gone out."""
        text = _ended(compose(mail))
        try:
            smtp = self._introduced(envelope_sender(mail))
            _accept(smtp.rcpt(wire_address(mail.to_address)))
            _accept(smtp.docmd("DATA"), wanted=354)
            smtp.send(text)
            about_to_send()
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            raise NotNow(_code(error), of_line=True) from None
        except Trouble as trouble:
            if trouble.code in _CLOSING:
                self.close()
            raise
        except BaseException:
            self.close()
            raise
        self._finish(smtp)

    def close(self) -> None:
        """Hang up; what the other side makes of it does not matter any more."""
        if self._smtp:
            self._smtp.close()
        self._smtp = None

    def _finish(self, smtp: smtplib.SMTP) -> None:
        """The dot. From here until the answer nobody on our side can know."""
        try:
            if smtp.sock:
                smtp.sock.settimeout(TIMEOUT_AFTER_DOT)
            smtp.send(b".\r\n")
            answer = smtp.getreply()
            if smtp.sock:
                smtp.sock.settimeout(TIMEOUT)
        except (smtplib.SMTPException, OSError):
            self.close()
            raise Unsure("smtp-no-answer") from None
        self._mails += 1
        self._used_at = monotonic()
        self._begun = False
        try:
            _accept(answer)
        except Trouble:
            self.close()
            raise

    def _introduced(self, sender: str) -> smtplib.SMTP:
        """The line, after the server has taken the sender. A line it closed meanwhile is opened
        again, once; a refused sender is our trouble, not the recipient's, so it passes."""
        was_open = self._smtp is not None
        try:
            smtp = self._ready()
            self._begun = True
            answer = smtp.mail(sender)
        except (smtplib.SMTPServerDisconnected, ConnectionError):
            self.close()
            if not was_open:
                raise
            answer = (421, b"")
        if was_open and answer[0] == 421:
            self.close()
            smtp = self._ready()
            self._begun = True
            answer = smtp.mail(sender)
        try:
            _accept(answer)
        except Trouble as trouble:
            raise NotNow(trouble.code, status=trouble.status, of_line=True) from None
        return smtp

    def _ready(self) -> smtplib.SMTP:
        stale = monotonic() - self._used_at > IDLE_SECONDS or self._mails >= MAILS_A_LINE
        if stale or self._url != settings.SMTP_URL or (self._begun and not self._clean()):
            self.close()
        if self._smtp is None:
            self._smtp = _connect(Server.from_url(settings.SMTP_URL))
            self._url, self._mails, self._used_at = settings.SMTP_URL, 0, monotonic()
        self._begun = False
        return self._smtp

    def _clean(self) -> bool:
        """Forget the mail before, which was refused in the middle."""
        try:
            return self._smtp is not None and self._smtp.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Reading all certificates of the system takes longer than a mail."""
    return ssl.create_default_context()


def _connect(server: Server) -> smtplib.SMTP:
    """Open a line. A password never travels in the clear over a network."""
    name = sender().rpartition("@")[2] or "localhost"  # asking the resolver for it can take long
    if server.tls_at_once:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, name, timeout=TIMEOUT, context=_tls()
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, name, timeout=TIMEOUT)
    try:
        if smtp.sock:
            # The dot travels by itself; it need not wait until the text before it is acknowledged.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        smtp.ehlo_or_helo_if_needed()
        if not server.tls_at_once and not server.is_this_machine:
            if smtp.has_extn("starttls"):
                smtp.starttls(context=_tls())
                smtp.ehlo()
            elif server.user:
                raise NotNow("smtp-without-tls", of_line=True)
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _ended(text: bytes) -> bytes:
    """The text as it travels: dots doubled, its last line ended, without the dot that ends it."""
    whole = text if text.endswith(b"\r\n") else text + b"\r\n"
    doubled = whole.replace(b"\n.", b"\n..")
    return b"." + doubled if doubled.startswith(b".") else doubled


def _accept(answer: tuple[int, bytes], *, wanted: int = 0) -> None:
    """4xx is a pause, 5xx the end; the server's words are dropped, they may quote the address."""
    code = answer[0]
    found = _STATUS.match(answer[1])
    status = found[1].decode() if found else ""
    if 500 <= code < 600:
        raise Never(f"smtp-{code}", status=status)
    if not 200 <= code < 400 or (wanted and code != wanted):
        raise NotNow(f"smtp-{code}" if code > 0 else "smtp-nonsense", status=status)


def _code(error: Exception) -> str:
    """Trouble before the text. Also a refused password is only a pause: somebody will mend it."""
    known: tuple[tuple[type[Exception], str], ...] = (
        (smtplib.SMTPAuthenticationError, "smtp-password-refused"),
        (smtplib.SMTPServerDisconnected, "smtp-hung-up"),
        (smtplib.SMTPException, "smtp-greeting-failed"),
        (ssl.SSLError, "smtp-tls-failed"),
        (TimeoutError, "smtp-timeout"),
        (ConnectionRefusedError, "smtp-refused-connection"),
    )
    return next((code for kind, code in known if isinstance(error, kind)), "smtp-unreachable")


line = Line()
