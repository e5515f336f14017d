"""Telling those who brought a record, or follow it, that somebody used it: once a day at most.
Called by the hooks; who may still read it, and wants it, is asked when the mail is written."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions import mails
from exchange.conversation.models import Follow
from exchange.core import time
from exchange.library.models import Deposit, Resource, Use
from exchange.library.offering.letters import Letter, farewell, titled, whole
from exchange.library.offering.telling import reachable, write
from exchange.library.practice.queries import used_in_words


def those_to_tell(*, use_id: int) -> list[int]:
    """Whoever wrote the record or put it on the shelf, and who follows each answer."""
    use = Use.objects.select_related("resource").filter(pk=use_id).first()
    if use is None or not use.resource.is_public:
        return []
    people = {use.resource.author_id}
    people.update(
        Deposit.objects.filter(resource_id=use.resource_id).values_list("by_id", flat=True)
    )
    follows = Follow.objects.filter(contribution_id=use.resource_id)
    people.update(follows.filter(level=Follow.Level.EACH).values_list("member_id", flat=True))
    # Who wants nothing of it gets nothing, whoever they are.
    people -= set(follows.filter(level=Follow.Level.OFF).values_list("member_id", flat=True))
    return sorted(pk for pk in people if pk is not None and pk != use.by_id)


def tell_of_use(*, use_id: int, member_id: int) -> None:
    """That it was used, and how often by now; nothing of who, and nothing of their words."""
    member = reachable(member_id)
    use = Use.objects.select_related("resource").filter(pk=use_id).first()
    if member is None or use is None or not use.resource.is_public:
        return
    with override(member.first_language):
        letter = _letter(use.resource)
    key = f"{mails.about(use.resource_id)}:used:{member.pk}:{time.now():%Y-%m-%d}"
    write(member, letter, key)


def _letter(resource: Resource) -> Letter:
    return Letter(
        _("Somebody used a record"),
        whole(
            _("Somebody says that they used a record which you brought here or follow:"),
            titled(resource),
            used_in_words(resource),
            _(
                "We write about this once a day at most. To hear less, open the record and choose"
                " how you follow it."
            ),
            farewell(),
        ),
    )
