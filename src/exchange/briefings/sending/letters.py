"""One edition as a letter to one person: the words are made once, what is the person's own is put
in. Called by the chain, by the last look and by test mails."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.briefings.builder.paper import address_of, letter
from exchange.briefings.models import Newsletter, Subscriber
from exchange.briefings.sending import keys
from exchange.briefings.sending.standing import mark_of
from exchange.core import ids
from exchange.core.time import now
from exchange.mail import headers, tokens
from exchange.mail.actions import About, Queued
from exchange.mail.paper import Piece
from exchange.mail.tokens import What
from exchange.members.models import Member

# After that it is no news; a backup that was put back does not send it again.
GOOD_FOR = timedelta(days=3)
_GAP = f"gap-{secrets.token_hex(12)}"


class Press:
    """One edition as it is at this moment, ready for very many."""

    def __init__(self, edition: Newsletter) -> None:
        self.edition = edition
        self._before = (edition.sending_since or now()) + GOOD_FOR
        self.mark = mark_of(edition)
        paper = letter(edition)
        with override(edition.language):
            whole = replace(paper, pieces=(*paper.pieces, *_foot()))
            self._text, self._html = whole.text, whole.html
            self._neutral = _("A message for you")
        self._subject = paper.subject
        self._archive = address_of(edition)

    def for_one(
        self, subscriber: Subscriber, *, attempt: int = 0, before: datetime | None = None
    ) -> Queued:
        """The letter, ready for the queue; after `before` it does not go any more."""
        edition, person = self.edition, subscriber.member_id or 0
        page = tokens.make(
            What.NEWS_PAGE, person=person, item=subscriber.pk, days=headers.PAGE_DAYS
        )
        return Queued(
            to=subscriber.mail_address,
            subject=self._subject_for(subscriber.member),
            text=self._text.replace(_GAP, page),
            html=self._html.replace(_GAP, page),
            language=edition.language,
            purpose=keys.PURPOSE,
            key=keys.key_of(edition.issue_id, subscriber.pk, attempt),
            headers=self._headers(subscriber),
            about=About(
                person=subscriber.member_id,
                item=keys.item_of(edition.pk, self.mark),
                send_before=before or self._before,
            ),
        )

    def test(self, to: Member) -> Queued:
        """To a host who looks at it; its way to stop leads nowhere."""
        with override(self.edition.language):
            subject = _("[Test] %(subject)s") % {"subject": self._subject}
        return Queued(
            to=to.email,
            subject=subject,
            text=self._text.replace(_GAP, "test"),
            html=self._html.replace(_GAP, "test"),
            language=self.edition.language,
            purpose=keys.TEST,
            key=f"{keys.TEST}:{self.edition.pk}:{to.pk}:{ids.new_id()}",
            about=About(person=to.pk, item=keys.item_of(self.edition.pk, self.mark)),
        )

    def _subject_for(self, member: Member | None) -> str:
        return self._neutral if member is not None and member.neutral_subjects else self._subject

    def _headers(self, subscriber: Subscriber) -> dict[str, str]:
        edition, person = self.edition, subscriber.member_id or 0
        place = "-".join(filter(None, ["newsletter", edition.hub, edition.language]))
        return {
            **headers.list_headers(
                name=settings.SITE_NAME,
                slug=place,
                what=What.NEWS_STOP,
                person=person,
                item=subscriber.pk,
                page=self._archive,
                stop_at="briefings:stop",
            ),
            **headers.reply_to(what=What.NEWS_ANSWER, person=person, item=subscriber.pk),
        }


def _foot() -> tuple[Piece, ...]:
    """Why it came, how to change or stop it, and how whoever got a copy can have their own."""
    stop = f"{settings.BASE_URL}{reverse('briefings:stop', args=[_GAP])}"
    own = f"{settings.BASE_URL}{reverse('briefings:subscribe')}"
    return (
        Piece("rule"),
        Piece("small", _("You get this newsletter because you said yes to it. An answer to it reaches the hosts.")),
        Piece("small", _("To stop it, or to change its language or hub:"), stop),
        Piece("small", _("Was it passed on to you? You can have your own:"), own),
    )  # fmt: skip
