"""Doing what falls due, once, and giving up with a letter where it cannot be done.
Called by the command that the worker starts."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from exchange.briefings.models import Due
from exchange.briefings.writing_room import MOST_TRIES, begin_try, put_due
from exchange.members.models import Member
from exchange.writing.models import WrittenPage
from exchange.writing.publishing.actions import let_out, take_back
from exchange.writing.scheduling.letters import tell_it_did_not_go_out

log = logging.getLogger(__name__)
AT_ONCE = 20


def do_due(*, moment: datetime) -> int:
    """Every page whose hour has come. Gives how many went out or back."""
    numbers = Due.objects.filter(at__lte=moment).order_by("at").values_list("page_id", flat=True)
    return sum(_do(page_id, moment) for page_id in list(numbers[:AT_ONCE]))


def _do(page_id: int, moment: datetime) -> bool:
    number = begin_try(page_id=page_id, moment=moment)
    if number == 0:
        return False
    page = _page(page_id)
    if page is None:
        put_due(page_id=page_id, at=None)
        return False
    if number > MOST_TRIES:
        _give_up(page)
        return False
    try:
        return _done(page, moment)
    except Exception:
        # The next page must have its turn; this one has its next try kept already.
        log.exception("page %s could not be published", page_id)
        return False


def _done(page: WrittenPage, moment: datetime) -> bool:
    revision = page.revisions.filter(approved_go_live_at__lte=moment).order_by("pk").last()
    if revision is not None:
        return _let_out(page, revision)
    if page.is_public and page.expire_at is not None and page.expire_at <= moment:
        by = _who(page.get_latest_revision(), page)
        if by is not None:
            take_back(page=page, by=by)
        return by is not None
    put_due(page_id=page.pk, at=None)
    return False


def _let_out(page: WrittenPage, revision: Revision) -> bool:
    by = _who(revision, page)
    if by is None or revision.user_id not in (None, by.pk):
        # Who set the hour is no host any more; nobody else has pressed the button.
        _give_up(page)
        return False
    # The letter goes with what became of it: a kill between the two repeats both.
    with transaction.atomic():
        outcome = let_out(revision=revision, by=by)
        if outcome.code not in ("public", "kept"):
            tell_it_did_not_go_out(page=page, revision_id=revision.pk, to=by)
    return outcome.code == "public"


def _give_up(page: WrittenPage) -> None:
    revision = page.revisions.filter(approved_go_live_at__isnull=False).order_by("pk").last()
    page.revisions.update(approved_go_live_at=None)
    put_due(page_id=page.pk, at=None)
    by = _who(revision, page)
    if revision is not None and by is not None:
        tell_it_did_not_go_out(page=page, revision_id=revision.pk, to=by)


def _page(page_id: int) -> WrittenPage | None:
    found = Page.objects.filter(pk=page_id).first()
    specific = found.specific if found is not None else None
    return specific if isinstance(specific, WrittenPage) else None


def _who(revision: Revision | None, page: WrittenPage) -> Member | None:
    """Whoever set the hour, while they are a host."""
    for one in (getattr(revision, "user", None), page.owner):
        if isinstance(one, Member) and one.is_active and one.is_appointed:
            return one
    return None
