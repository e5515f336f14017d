"""The account switched on and off; followers who come and go; servers that are kept out.
Called by the hosts' pages, by `inbox` and by hooks; each verb is one transaction."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from exchange.announcing.fediverse import asking, signing
from exchange.announcing.fediverse.asking import Stranger
from exchange.announcing.fediverse.proof import WINDOW
from exchange.announcing.models import Actor, Blocked, Follower, Inbox, Seen
from exchange.announcing.rules import host_of
from exchange.core import keeping
from exchange.ledger.actions import record
from exchange.members.models import Member

MOST_FOLLOWERS = 20_000
MOST_OF_ONE_SERVER = 2_000
# A server that has not answered for so long is gone, and who followed from there with it.
GIVEN_UP_AFTER = timedelta(days=14)


class TooMany(Exception):
    """No more followers are taken, in all or from this server."""


def switch_on(*, handle: str, name: str, summary: str, by: Member) -> Actor:
    """Begin, or begin again with other words. The handle and the key stay once they are made:
    to others they are who we are."""
    with transaction.atomic():
        row = Actor.objects.select_for_update(of=("self",), no_key=True).order_by("pk").first()
        if row is None:
            private, public = signing.fresh_keys()
            row = Actor(
                handle=handle,
                public_key=public,
                private_key=keeping.locked(private, room="announcing"),
            )
        row.name, row.summary, row.is_on = name, summary, True
        row.save()
        _switched(row, by)
    return row


def switch_off(*, by: Member) -> None:
    """Nothing is published there any more, nobody can follow. What was published is taken back
    there as usual. `forget_all` erases the followers as well."""
    with transaction.atomic():
        for row in Actor.objects.filter(is_on=True):
            row.is_on = False
            row.save(update_fields=["is_on"])
            _switched(row, by)


def forget_all(*, by: Member) -> None:
    """Erase every follower and every inbox: nobody there is told anything any more."""
    with transaction.atomic():
        Inbox.objects.all().delete()
        for row in Actor.objects.all():
            _switched(row, by)
    asking.forget()


def fresh_key(*, by: Member) -> None:
    """Another key: after a leak, or when the site's secret key was changed."""
    private, public = signing.fresh_keys()
    with transaction.atomic():
        for row in Actor.objects.all():
            row.public_key, row.private_key = public, keeping.locked(private, room="announcing")
            row.save(update_fields=["public_key", "private_key"])
            _switched(row, by)


def block(*, domain: str, by: Member) -> None:
    """Hear nothing of a server and of those below it, and reach nobody there."""
    with transaction.atomic():
        row, _is_new = Blocked.objects.get_or_create(domain=domain)
        under = Inbox.objects.filter(domain=domain) | Inbox.objects.filter(
            domain__endswith=f".{domain}"
        )
        under.delete()
        record(
            "server.blocked", subject_type="server", subject_id=row.pk, actor_id=by.pk, public=False
        )


def unblock(*, domain: str, by: Member) -> None:
    with transaction.atomic():
        row = Blocked.objects.filter(domain=domain).first()
        if row is not None:
            record(
                "server.unblocked",
                subject_type="server",
                subject_id=row.pk,
                actor_id=by.pk,
                public=False,
            )
            row.delete()


def add_follower(*, stranger: Stranger, key_id: str, follow: str, mark: str) -> None:
    """Somebody follows, once or again; the answer is owed. The same words sent once more by
    whoever copied them do nothing. Raises TooMany."""
    url = stranger.shared_inbox or stranger.inbox
    domain = host_of(url).partition(":")[0]
    with transaction.atomic():
        if not _is_first(mark):
            return
        is_known = Follower.objects.filter(actor=stranger.actor).exists()
        if not is_known and _is_full(domain):
            raise TooMany
        inbox, _is_new = Inbox.objects.get_or_create(
            url=url, defaults={"domain": domain, "is_shared": bool(stranger.shared_inbox)}
        )
        columns = {
            "inbox": inbox,
            "own_inbox": stranger.inbox,
            "follow": follow,
            "key_id": key_id,
            "public_key": stranger.key(key_id),
        }
        row, _is_new = Follower.objects.update_or_create(actor=stranger.actor, defaults=columns)
        record("follower.came", subject_type="follower", subject_id=row.pk, public=False)


def forget_follower(*, actor: str, mark: str = "") -> None:
    """Erase somebody who stopped following or is gone, and an inbox that was theirs alone."""
    with transaction.atomic():
        if mark and not _is_first(mark):
            return
        row = Follower.objects.filter(actor=actor).select_related("inbox").first()
        if row is not None:
            row.delete()
            if not row.inbox.is_shared:
                row.inbox.delete()
    asking.forget(actor)


def drop_inbox(*, inbox: Inbox) -> None:
    """A server said that there is nobody any more, or was silent for too long."""
    inbox.delete()


def look_after(*, moment: datetime) -> None:
    """Forget what need not be known any more; called by the clock."""
    # Twice the window: a request may carry a moment before or after our own.
    Seen.objects.filter(at__lt=moment - 2 * WINDOW).delete()
    Inbox.objects.filter(failing_since__lt=moment - GIVEN_UP_AFTER).delete()
    Inbox.objects.filter(followers=None, is_shared=False).delete()


def _is_first(mark: str) -> bool:
    _row, is_new = Seen.objects.get_or_create(digest=mark)
    return is_new


def _is_full(domain: str) -> bool:
    there = Follower.objects.filter(inbox__domain=domain)
    return there.count() >= MOST_OF_ONE_SERVER or Follower.objects.count() >= MOST_FOLLOWERS


def _switched(row: Actor, by: Member) -> None:
    # Public: pages say the address of the account, or no more.
    record(
        "fediverse.switched",
        subject_type="fediverse",
        subject_id=row.pk,
        actor_id=by.pk,
        detail={"on": row.is_on},
    )
