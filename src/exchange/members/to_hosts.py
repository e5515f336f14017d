"""The same letter to several hosts, to each in their own language.
Called by rooms above that have something to tell those who keep the Exchange."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import override

from exchange.mail.actions import About, queue_mail
from exchange.mail.paper import Paper
from exchange.members.models import Member


def all_hosts() -> list[Member]:
    """Everybody who hosts and is somebody: a pretended host has no mailbox."""
    return list(Member.objects.hosts().filter(is_demo=False).order_by("pk"))


def tell_hosts(
    write: Callable[[], Paper],
    *,
    purpose: str,
    key: str,
    item: str = "",
    hosts: Iterable[Member] | None = None,
) -> int:
    """`write` makes the paper in the language that is active. `key` names the occasion: the same
    one again reaches nobody twice. Gives to how many it goes."""
    told = all_hosts() if hosts is None else list(hosts)
    for host in told:
        with override(host.first_language):
            paper = write()
        queue_mail(
            to=host.email,
            subject=paper.subject,
            text=paper.text,
            html=paper.html,
            language=paper.language,
            purpose=purpose,
            key=f"{key}:{host.pk}",
            about=About(person=host.pk, item=item),
        )
    return len(told)
