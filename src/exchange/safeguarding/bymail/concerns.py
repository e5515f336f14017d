"""A mail to the address for concerns becomes a case, and nothing of it stays among the other mails.
Its handler is registered by hooks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.crypto import salted_hmac
from django.utils.translation import override

from exchange.contributions.bymail.strangers import in_their_language
from exchange.core.time import now
from exchange.mail.actions import queue_mail
from exchange.mail.headers import answering
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.receiving import keeping
from exchange.mail.receiving.recognising import is_robot
from exchange.members.bymail.people import member_of
from exchange.members.models import Member
from exchange.safeguarding import letters
from exchange.safeguarding.actions import Circumstances, TooMany, report
from exchange.safeguarding.actions.reporting import LONGEST_WORDS
from exchange.safeguarding.models import Concern, Kind
from exchange.safeguarding.screening import findings as codes
from exchange.safeguarding.screening.judge import findings
from exchange.safeguarding.targets import GENERAL

DONE = "concern"
# Beyond that an address gets no more letters that day.
MOST_LETTERS = 5
_LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
_OF_A_CHILD = {codes.DANGER, codes.CHILD_NAMED, codes.CHILD_DESCRIBED, codes.ONE_CASE}


def take(arrived: Arrived) -> Outcome:
    """Somebody, known or not, worries about a child: as if the form of the page had been sent."""
    # What proves nothing is read all the same, but as nobody's: an address is quickly written.
    member = member_of(arrived.sender) if arrived.is_proven else None
    spoken = arrived if member else in_their_language(arrived)
    language = member.first_language if member else spoken.language
    with override(language):
        try:
            concern = _reported(spoken, member, language)
        except TooMany:
            # A flood from one address: the file waits for its day, and nobody reads it meanwhile.
            return Outcome("ignored", "concern-too-many")
        _forget(arrived)
        _thank(arrived, concern, member, language)
    return Outcome("done", DONE)


def _reported(arrived: Arrived, member: Member | None, language: str) -> Concern:
    opened, address = arrived.opened, _address(arrived)
    words = "\n\n".join(filter(None, [opened.subject, opened.words]))
    if member is None and address:
        # Who writes from outside can be asked back; lead and deputies alone read this.
        words = f"{opened.from_name} <{address}>\n\n{words}".strip()
    whole = "\n\n".join(filter(None, [opened.subject, opened.whole.strip() or opened.words]))
    is_more = bool(opened.cut) or len(words) > LONGEST_WORDS
    target = replace(GENERAL, text=whole, language=language) if is_more else GENERAL
    return report(
        kind=_kind(arrived, member, whole),
        target=target,
        words=words,
        reporter=member,
        reporter_address="" if member else address,
        via="mail",
        circumstances=Circumstances(
            line=salted_hmac("exchange.safeguarding.line", address).hexdigest()[:32],
            tell_outcome=member is not None,
            once_key=f"mail-{arrived.mail_id}"[:40],
        ),
    )


def _kind(arrived: Arrived, member: Member | None, text: str) -> Kind:
    """The gravest, because a mail cannot be asked. Only what looks like advertising does not wake
    anybody at night, and is looked at within a day."""
    found = {finding.code for finding in findings(text, arrived.language)}
    if member is not None or found & _OF_A_CHILD:
        return Kind.AT_RISK
    detail = IncomingMail.objects.values_list("detail", flat=True).get(pk=arrived.mail_id)
    is_doubtful = bool(_LINK.search(text)) or codes.SPAM in found or bool(detail.get("no_answer"))
    return Kind.HARMFUL if is_doubtful else Kind.AT_RISK


def _forget(arrived: Arrived) -> None:
    """The case has it. First the row, finished and without a word, then the file: whoever dies in
    between leaves nothing that is handled once more."""
    row = IncomingMail.objects.get(pk=arrived.mail_id)
    rows = IncomingMail.objects.filter(pk=row.pk)
    rows.empty(at=now(), state=IncomingMail.State.DONE, outcome=DONE)
    keeping.forget(row.arrival)


def _thank(arrived: Arrived, concern: Concern, member: Member | None, language: str) -> None:
    """Without a word of it. Nobody is answered who may not have written."""
    to = member.email if member else _address(arrived)
    row = IncomingMail.objects.get(pk=arrived.mail_id)
    if not to or arrived.trust == "fail" or is_robot(to) or row.detail.get("no_answer"):
        return
    lately = OutgoingMail.objects.filter(
        to_address=to, key__startswith="concern:", created_at__gt=now() - timedelta(days=1)
    )
    if lately.count() >= MOST_LETTERS:
        return
    letter = letters.got_it(
        hours=Kind(concern.kind).hours, has_files=bool(arrived.opened.attachments)
    )
    queue_mail(
        to=to,
        subject=letter.subject,
        text=letter.text,
        language=language,
        purpose="safeguarding",
        key=f"concern:{concern.pk}:received",
        headers=answering(arrived.opened.message_id),
    )


def _address(arrived: Arrived) -> str:
    address = arrived.opened.from_address
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
