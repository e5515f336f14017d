"""An answer to a mail of the outbox, as the mail program of its reader would write it.
Called by the page at /outbox/ in local mode, where nobody has a mail program for made-up people."""

from email import message_from_bytes
from email.headerregistry import AddressHeader
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from uuid import uuid4

from exchange.core.time import now
from exchange.mail.letters import compose, wire_address
from exchange.mail.models import OutgoingMail
from exchange.mail.receiving.actions import take


def answer(*, mail: OutgoingMail, text: str) -> str:
    """Write the answer and put it into the spool, as if it had come by the door. Gives back its
    arrival."""
    original = message_from_bytes(compose(mail), policy=SMTP)
    to = _answers_go_to(original)
    reply = EmailMessage(policy=SMTP)
    reply["From"] = wire_address(mail.to_address)
    reply["To"] = to
    reply["Subject"] = _subject(mail.subject)
    reply["Date"] = format_datetime(now())
    reply["Message-ID"] = f"<{uuid4()}@outbox.invalid>"
    reply["In-Reply-To"] = mail.message_id
    reply["References"] = f"{original.get('References', '')} {mail.message_id}".strip()
    reply.set_content(f"{text.strip()}\n\n{_quoted(mail, str(original['From']))}")
    return take(
        reply.as_bytes(),
        via="smtp",
        envelope_from=mail.to_address,
        envelope_to=to,
        peer="127.0.0.1",
        helo="localhost",
    )


def _answers_go_to(original: EmailMessage) -> str:
    """The bare address in Reply-To, else the one it is from."""
    for name in ("Reply-To", "From"):
        field = original.get(name)
        if isinstance(field, AddressHeader) and field.addresses:
            return str(field.addresses[0].addr_spec)
        if field:
            return parseaddr(str(field))[1]
    return ""


def _subject(subject: str) -> str:
    return subject if subject.lower().startswith("re:") else f"Re: {subject}"


def _quoted(mail: OutgoingMail, author: str) -> str:
    lines = "\n".join(f"> {line}".rstrip() for line in mail.text.splitlines())
    return f"On {mail.created_at:%a, %d %b %Y at %H:%M}, {author} wrote:\n\n{lines}\n"
