"""What follows when a record is let out, changed or talked about.
Called by the hooks of this matter alone; each is done as often as it is asked, with one effect."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions import mails
from exchange.library.depositing.actions import file_under_title as file_row
from exchange.library.files import actions as files
from exchange.library.models import DepositWord, Resource
from exchange.mail.actions import queue_mail
from exchange.members.models import Member


def let_files_out(*, resource_pk: int, by_pk: int | None) -> None:
    """A record is out, so are its files; who let it out has seen them."""
    row = _row(resource_pk)
    if row is not None and row.is_public:
        by = Member.objects.filter(pk=by_pk).first() if by_pk else None
        files.let_out(resource=row, by=by)


def file_under_title(*, resource_pk: int) -> None:
    row = _row(resource_pk)
    if row is not None:
        file_row(row)


def pass_word_on(*, word_pk: int) -> None:
    """A word goes by mail to the other side: to who added the record, or to the hosts who talked
    with them, and to all hosts when none has yet."""
    word = DepositWord.objects.select_related("resource__author").filter(pk=word_pk).first()
    if word is None or word.resource.sealed_at is not None:
        return
    for member in _other_side(word):
        with override(member.first_language):
            queue_mail(
                to=member.email,
                subject=_("A word about a record you know"),
                text=_letter(word, member),
                language=member.first_language,
                purpose="deposit",
                # Under the record's name, so that its words leave with the record.
                key=f"{mails.about(word.resource_id)}:word:{word.pk}:{member.pk}",
            )


def _other_side(word: DepositWord) -> list[Member]:
    author = word.resource.author
    if word.is_host:
        return [author] if author is not None and author.email else []
    hosts = Member.objects.hosts()
    earlier = DepositWord.objects.filter(resource=word.resource, is_host=True)
    talked = hosts.filter(pk__in=earlier.values("by_id"))
    chosen = talked if talked.exists() else hosts
    return [host for host in chosen.filter(~Q(pk=word.by_id)) if host.email]


def _letter(word: DepositWord, member: Member) -> str:
    page = f"{settings.BASE_URL}{word.resource.get_absolute_url()}#words"
    first = _("%(name)s wrote to you about a record of the library:") % {
        "name": word.shown_as or _("Somebody")
    }
    last = _("Please answer on its page, not by e-mail. Only you and the hosts see it:")
    return "\n\n".join((first, word.body, f"{last}\n{page}"))


def _row(pk: int) -> Resource | None:
    rows: Any = Resource.objects.filter(pk=pk)
    row: Resource | None = rows.first()
    return row
