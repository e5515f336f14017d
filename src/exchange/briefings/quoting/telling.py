"""Letters about quotes and briefs on their way: asked, reminded once, and a word to the hosts.
Called by the hooks of quoting; each letter goes once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils.translation import override

from exchange.briefings import queries
from exchange.briefings.models import Brief, Quoted
from exchange.briefings.quoting import forgetting, letters, sources
from exchange.briefings.quoting.actions import is_standing
from exchange.contributions import mails
from exchange.contributions.models import State
from exchange.ledger.models import Event
from exchange.mail.actions import About, queue_mail
from exchange.mail.headers import reply_to
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper
from exchange.mail.tokens import What
from exchange.members.models import Member
from exchange.members.to_hosts import all_hosts, tell_hosts

ASKS, FOR_HOSTS = "quote", "brief-hosts"
AGAIN_AFTER = timedelta(days=5)
# A worker that was away for some days makes up for it; later nobody is asked again.
STILL = timedelta(days=7)
AT_ONCE = 200


def ask(*, quote_id: int) -> None:
    """May we quote you?"""
    quote = _asked(quote_id)
    if quote is not None:
        _send(quote, again=False)


def remind(*, moment: datetime) -> int:
    """Once, five days later. Gives how many."""
    latest = moment - AGAIN_AFTER
    rows = Quoted.objects.filter(
        answer=Quoted.Answer.ASKED, asked_at__range=(latest - STILL, latest)
    )
    asked = [_asked(pk) for pk in rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]]
    return sum(_send(quote, again=True) for quote in asked if quote is not None)


def why_not(mail: OutgoingMail) -> str:
    """The last look: are they still asked, and do the words still stand where they came from?"""
    number = mail.item.partition(":")[2]
    quote = _asked(int(number)) if number.isdecimal() else None
    return "" if quote is not None and sources.still_stand(quote) else "not-asked"


def tell_hosts_set_aside(*, brief_id: int, event_id: int) -> None:
    """Whoever wrote the brief, or every host when they host no more."""
    brief = queries.every_brief().filter(pk=brief_id, state=State.DRAFT).first()
    if brief is None:
        return
    _to_hosts(brief, lambda: letters.set_aside(brief), f"aside:{event_id}")


def tell_all_answered(event: Event) -> None:
    """When the last one has answered, so that the host need not look every day."""
    brief = queries.every_brief().filter(pk=int(event.detail["brief"]), state=State.DRAFT).first()
    waited = (Quoted.Answer.CHOSEN, Quoted.Answer.ASKED)
    if brief is None or brief.quotes.filter(answer__in=waited).exists():
        return
    _to_hosts(brief, lambda: letters.all_answered(brief), f"answered:{event.pk}")


def hosts_of(brief: Brief) -> list[Member]:
    """Whom a letter about a brief concerns."""
    author = brief.author
    if author is not None and author.is_appointed and not author.is_demo:
        return [author]
    return all_hosts()


def _asked(quote_id: int) -> Quoted | None:
    """Somebody who waits for our letter, or for whose answer we wait, and can be written to."""
    rows = Quoted.objects.select_related("brief", "member").filter(pk=quote_id)
    quote = rows.filter(answer=Quoted.Answer.ASKED).first()
    if quote is None or quote.member is None or not is_standing(quote.brief):
        return None
    return quote if quote.member.is_active and quote.member.erased_at is None else None


def _send(quote: Quoted, *, again: bool) -> bool:
    member = quote.member
    if member is None or member.is_demo:
        return False
    with override(member.first_language):
        paper = letters.asks(quote, again=again)
        queue_mail(
            to=member.email,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=paper.language,
            purpose="quote",
            key=f"{forgetting.about(quote)}:{'again' if again else 'ask'}",
            headers=reply_to(what=What.QUOTE, person=member.pk, item=quote.pk),
            about=About(person=member.pk, item=f"quote:{quote.pk}"),
        )
    return True


def _to_hosts(brief: Brief, write: Callable[[], Paper], tail: str) -> None:
    tell_hosts(
        write,
        purpose=FOR_HOSTS,
        key=f"{mails.about(brief.pk)}:hosts:{tail}",
        item=f"contribution:{brief.pk}",
        hosts=hosts_of(brief),
    )
