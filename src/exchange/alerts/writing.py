"""One letter to one member into the queue, with all that the delivery ledger keeps of it.
Called by the actions of this room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import override

from exchange.alerts import letters
from exchange.alerts.letters import Letter
from exchange.alerts.models import Wishes
from exchange.alerts.wishing.queries import wishes_of
from exchange.mail.actions import About, queue_mail
from exchange.mail.headers import in_thread
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member


def write(
    member: Member,
    letter: Letter,
    key: str,
    *,
    thread: int = 0,
    headers: Mapping[str, str] | None = None,
    item: str = "",
    shown_from: str = "",
    send_before: datetime | None = None,
) -> OutgoingMail:
    """`thread`: mail programs show the mails about one contribution together. `item` is a code such
    as "reply:12", `shown_from` the name of the person whose words it carries. A letter that has
    words in it, a title or a host's note, is replaced for who wishes none in their mail; letters
    about an item see to that by themselves."""
    if letter.has_words and not item and wishes_of(member).content == Wishes.Content.NOTICE:
        with override(member.first_language):
            letter = letters.wordless()
    return queue_mail(
        to=member.email,
        subject=letters.subject_for(member, letter),
        text=letter.text,
        html=letter.html,
        language=member.first_language,
        purpose="alert",
        key=key,
        headers={**(in_thread(thread) if thread else {}), **(headers or {})},
        about=About(
            person=member.pk, item=item, shown_from=shown_from[:80], send_before=send_before
        ),
    )
