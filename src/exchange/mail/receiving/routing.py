"""For whom a mail is: a token in its address, one of our mails that it answers, or a mailbox.
Called by the actions of receiving."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from exchange.mail.inbound import Sender
from exchange.mail.models import Mailbox, OutgoingMail
from exchange.mail.receiving.heads import Heads, bare
from exchange.mail.tokens import BadToken, Expired, Token, What, read

# So much of a list of addresses is looked at.
LONGEST_LIST = 8000
TOKEN_WORDS = ("reply", "stop", "bounce")
# What an answer to a mail of ours means, by what the mail was about.
_ANSWERS_TO = {
    "contribution": What.ANSWER,
    "text": What.ANSWER,
    "reply": What.ANSWER_TO,
    "receipt": What.RECEIPT,
    "join": What.JOIN,
    "leave": What.LEAVE,
    "confirm": What.CONFIRM,
}
# Letters of these sorts are for many things: an answer goes where their own Reply-To says.
_SAYS_ITSELF = ("webinar", "newsletter", "contact", "message")
# Where people look for the address of a mail that came without an envelope.
_ADDRESSED = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")


@dataclass(frozen=True)
class Route:
    """Where a mail goes. A token that has run out is `expired`; `box` is the mailbox it came to."""

    token: Token | None = None
    expired: Token | None = None
    box: Mailbox | None = None

    @property
    def code(self) -> str:
        if self.expired is not None:
            return f"expired:{name(self.expired.what)}"
        if self.token is not None:
            return f"token:{name(self.token.what)}"
        return f"mailbox:{self.box.local}" if self.box else "mailbox:"

    @property
    def opens(self) -> str:
        return str(self.box.opens) if self.box else str(Mailbox.Opens.DESK)

    @property
    def is_a_concern(self) -> bool:
        return self.token is None and self.opens == Mailbox.Opens.CONCERN

    @property
    def is_private(self) -> bool:
        """Whether it is between two people, and nobody else's to read."""
        token = self.token or self.expired
        return token is not None and token.what is What.MESSAGE


def find(heads: Heads, *, envelope_to: str, sender: Sender | None) -> Route:
    """The way of a mail: first the envelope, then what it answers, then the name of the mailbox.

    Whoever worries about a child and writes so to several of our addresses, or on top of a mail of
    ours, is read by safeguarding alone: nothing of it is ever posted."""
    worry = _concern_among([envelope_to, *_in_headers(heads)])
    if worry is not None:
        return Route(box=worry)
    local = local_part(heads, envelope_to)
    route = _by_token(local)
    if route is None:
        route = _by_answer(heads, sender)
    return route or Route(box=box_of(local))


def local_part(heads: Heads, envelope_to: str) -> str:
    """The part before the @ of our address, in small letters. Where the envelope was lost (a
    mailbox that was asked), an address of ours in the headers."""
    addresses = [envelope_to] if envelope_to else _in_headers(heads)
    ours = [one.rpartition("@")[0].lower() for one in addresses]
    return next((one for one in ours if token_text(one)[0]), ours[0] if ours else "")


def token_text(local: str) -> tuple[str, str]:
    """The word and the token of a local part; two empty ones when it is no such address."""
    word, _, rest = local.partition(settings.MAIL_DELIMITER)
    return (word, rest) if rest and word in TOKEN_WORDS else ("", "")


def box_of(local: str) -> Mailbox | None:
    """The open mailbox of this name, else the desk's own."""
    plain = local.partition(settings.MAIL_DELIMITER)[0]
    boxes = Mailbox.objects.filter(is_open=True)
    return boxes.filter(local=plain).first() or boxes.filter(opens=Mailbox.Opens.DESK).first()


def answered_mail(heads: Heads) -> OutgoingMail | None:
    """The mail of ours that this one answers: some programs answer From and not Reply-To."""
    ids = heads.answered
    found = {mail.message_id: mail for mail in OutgoingMail.objects.filter(message_id__in=ids)}
    return next((found[one] for one in ids if one in found), None) if ids else None


def quoted_text(heads: Heads, *, envelope_to: str) -> str:
    """The words of ours that this mail probably quotes: of the mail it answers, else of the newest
    one about what its address is for. Some programs drop the ids, none drops the address."""
    answered = answered_mail(heads)
    if answered is not None:
        return answered.text
    route = _by_token(local_part(heads, envelope_to))
    token = (route.token or route.expired) if route else None
    if token is None or not token.person:
        return ""
    items = [f"{sort}:{token.item}" for sort, what in _ANSWERS_TO.items() if what is token.what]
    theirs = OutgoingMail.objects.filter(person=token.person, item__in=items).exclude(text="")
    return theirs.order_by("-pk").values_list("text", flat=True).first() or ""


def answered_item(heads: Heads, route: Route) -> str:
    """What the mail of ours was about that this one probably quotes, such as "contribution:12"."""
    token = route.token or route.expired
    if token is not None and token.what in (What.ANSWER, What.ANSWER_TO):
        sort = "reply" if token.what is What.ANSWER_TO else "contribution"
        return f"{sort}:{token.item}"
    mail = answered_mail(heads)
    return mail.item if mail else ""


def name(what: What) -> str:
    """ "ANSWER_TO" as it stands in a route."""
    return what.name.lower().replace("_", "-")


def _by_token(local: str) -> Route | None:
    word, text = token_text(local)
    if not word or word == "bounce":
        return None
    try:
        return Route(token=read(text))
    except Expired as gone:
        return Route(expired=gone.token)
    except (BadToken, ValueError):
        return None


def _by_answer(heads: Heads, sender: Sender | None) -> Route | None:
    """Only for the person the mail went to: whoever else has it has no token."""
    mail = answered_mail(heads)
    sort, _, rest = mail.item.partition(":") if mail else ("", "", "")
    if mail is None or not _is_theirs(mail, heads, sender):
        return None
    if sort in _SAYS_ITSELF:
        own = bare(mail.headers.get("Reply-To", ""))
        return _by_token(own.rpartition("@")[0].lower())
    if sender is None:
        return None
    number = rest.partition(":")[0]
    if sort not in _ANSWERS_TO or not number.isdecimal():
        return None
    return Route(token=Token(_ANSWERS_TO[sort], sender.person, int(number), None))


def _is_theirs(mail: OutgoingMail, heads: Heads, sender: Sender | None) -> bool:
    """Whether the mail went to whoever answers it: to this person, or to this very address."""
    if sender is not None:
        return mail.person == sender.person
    return mail.person is None and bool(mail.to_address) and mail.to_address == heads.address


def _concern_among(addresses: list[str]) -> Mailbox | None:
    named = {one.rpartition("@")[0].partition(settings.MAIL_DELIMITER)[0] for one in addresses}
    boxes = Mailbox.objects.filter(opens=Mailbox.Opens.CONCERN, is_open=True)
    return boxes.filter(local__in=[name.lower() for name in named]).first()


def _in_headers(heads: Heads) -> list[str]:
    found = [
        bare(part)
        for header in _ADDRESSED
        for value in heads.all(header)
        for part in value[:LONGEST_LIST].split(",")
    ]
    end = f"@{settings.MAIL_DOMAIN.lower()}"
    return [address for address in found if address.endswith(end)]


def without_command(token: Token | None) -> bool:
    """Whether a token leaves no room for a command: whoever writes to stop means stop."""
    return token is not None and token.what >= What.STOP_FOLLOW
