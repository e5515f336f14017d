"""What people did with a record: used it, wrote down what it recommends, told what was given back.
Called by views. Words about it are answers to the record, so that every gate and right applies."""

from __future__ import annotations

from django.db import transaction

from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import State
from exchange.conversation import actions as talk
from exchange.conversation import rules as talk_rules
from exchange.conversation.models import Reply
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.library.models import (
    GiveBack,
    GiveBackWord,
    Recommendation,
    Resource,
    Standing,
    Use,
)
from exchange.library.offering import actions as offering
from exchange.library.offering import rules as offering_rules
from exchange.library.practice.rules import MOST_ADVICE
from exchange.members.models import Member


class Full(NotAllowed):
    """As many recommendations stand or wait beside this record as people will read."""


def say_used(
    *,
    resource: Resource,
    by: Member,
    how: str,
    recommendation: Recommendation | None = None,
    country: str | None = None,
    setting: str | None = None,
) -> Use:
    """One row for a member and a record, changeable; what is None stays as it was. The first time
    the member's own country is taken. Raises NotAllowed."""
    if not offering_rules.may_offer(by, resource):
        raise NotAllowed
    given = {
        "how": how,
        "recommendation": recommendation,
        "country": country,
        "setting": setting,
    }
    changed = {name: value for name, value in given.items() if value is not None}
    with transaction.atomic():
        use, fresh = Use.objects.select_for_update(of=("self",)).get_or_create(
            resource=resource, by=by, defaults={"country": by.country, **changed}
        )
        moved = fresh or use.how != how
        if not fresh:
            for name, value in changed.items():
                setattr(use, name, value)
            use.at = now() if moved else use.at
            use.save()
        _used(use, by, "resource.used" if moved else "resource.use_changed")
    return use


def take_use_away(*, use: Use, by: Member) -> None:
    """One's own use, with the words about it. Raises NotAllowed."""
    if use.by_id != by.pk:
        raise NotAllowed
    with transaction.atomic():
        _say(use, by=by, body="", language="", once_key="", insist=False)
        _used(use, by, "resource.use_gone")
        use.delete()


def say_received(
    *, resource: Resource, by: Member, received: bool, country: str = ""
) -> GiveBackWord:
    """ "We received this", or "we did not": one a member, changeable. Raises NotAllowed."""
    if not offering_rules.may_offer(by, resource):
        raise NotAllowed
    with transaction.atomic():
        word, _fresh = GiveBackWord.objects.update_or_create(
            resource=resource,
            by=by,
            defaults={"received": received, "country": country, "at": now()},
        )
        _received(word, by)
    return word


def take_received_away(*, word: GiveBackWord, by: Member) -> None:
    """One's own, with the words about it. Raises NotAllowed."""
    if word.by_id != by.pk:
        raise NotAllowed
    with transaction.atomic():
        _say(word, by=by, body="", language="", once_key="", insist=False)
        _received(word, by)
        word.delete()


def say_in_words(
    *,
    row: Use | GiveBackWord,
    by: Member,
    body: str,
    language: str,
    once_key: str = "",
    insist: bool = False,
) -> Reply | None:
    """A few words about it, as an answer to the record; none takes back what was said. Raises as
    `conversation.actions.answer`; the use itself is kept whatever becomes of the words."""
    if row.by_id != by.pk:
        raise NotAllowed
    return _say(row, by=by, body=body, language=language, once_key=once_key, insist=insist)


def offer_advice(
    *,
    resource: Resource,
    text: str,
    where: str,
    language: str,
    by: Member,
    once_key: str = "",
    insist: bool = False,
) -> Recommendation:
    """Write down what a record recommends. A host's, and its author's, stand at once.
    Raises Full, and as `offering.actions.offer`."""
    rows = Recommendation.objects.filter(
        resource=resource, standing__in=(Standing.PUBLISHED, Standing.WAITING)
    )
    sent_before = bool(once_key) and rows.filter(once_key=once_key).exists()
    places = list(rows.values_list("place", flat=True))
    if len(places) >= MOST_ADVICE and not sent_before:
        raise Full
    return offering.offer(
        row=Recommendation(
            resource=resource,
            text=text,
            where=where,
            language=language,
            place=max(places, default=0) + 1,
        ),
        content=Content(title="", body=text, parts={"where": where}),
        by=by,
        stands_at_once=by.is_host or offering_rules.brought_it(by, resource),
        replaces=Recommendation.objects.none,
        once_key=once_key,
        insist=insist,
    )


def tell_give_back(
    *, row: GiveBack, by: Member, once_key: str = "", insist: bool = False
) -> GiveBack:
    """Say what went back to the communities of a study. Raises as `offering.actions.offer`."""
    return offering.offer(
        row=row,
        content=Content(
            title="", parts={"communities": row.communities, "how": row.how, "link": row.link}
        ),
        by=by,
        stands_at_once=by.is_host or offering_rules.brought_it(by, row.resource),
        replaces=GiveBack.objects.none,
        once_key=once_key,
        insist=insist,
    )


def _say(
    row: Use | GiveBackWord, *, by: Member, body: str, language: str, once_key: str, insist: bool
) -> Reply | None:
    said = _own_words(row, by)
    if said is None and not body:
        return None
    if said is not None and not body:
        talk.withdraw_reply(reply=said, by=by)
        said = None
    elif said is not None:
        if said.body != body:
            talk.revise_reply(reply=said, body=body, by=by, version=said.version, insist=insist)
    else:
        said = talk.answer(
            contribution=row.resource,
            author=by,
            body=body,
            language=language,
            once_key=once_key,
            insist=insist,
        )
    type(row)._default_manager.filter(pk=row.pk).update(reply=said)
    row.reply = said
    return said


def _own_words(row: Use | GiveBackWord, by: Member) -> Reply | None:
    """The answer that goes with it, if its writer can still change it."""
    if row.reply_id is None:
        return None
    found: Reply | None = Reply.objects.visible_to(by).filter(pk=row.reply_id).first()
    if found is None or found.state == State.WITHDRAWN:
        return None
    return found if talk_rules.may_revise_reply(by, found) else None


def _used(use: Use, by: Member, kind: str) -> None:
    record(
        kind,
        subject_type="use",
        subject_id=use.pk,
        actor_id=by.pk,
        detail={"resource": use.resource_id, "how": use.how},
    )
    offering.enriched(use.resource_id, by=by, what="use")


def _received(word: GiveBackWord, by: Member) -> None:
    offering.enriched(word.resource_id, by=by, what="give_back_word")
