"""The author of something inside a group answers whether everybody may read it: yes or no, by mail.
Its handler is registered by hooks."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions.bymail import letters
from exchange.contributions.errors import SpineError
from exchange.contributions.models import Contribution
from exchange.contributions.spaces import sharing_on
from exchange.mail import small_words
from exchange.mail.inbound import Arrived, Outcome
from exchange.mail.receiving.answering import answer as answer_back
from exchange.members.bymail.people import member_of
from exchange.members.models import Member


def answered(arrived: Arrived) -> Outcome:
    """A plain yes lets the same words out; anything else leaves them where they are."""
    token, member = arrived.token, member_of(arrived.sender)
    if token is None or member is None or not arrived.is_senders_own or arrived.trust == "fail":
        return Outcome("kept", "share-of-another")
    row = Contribution.objects.visible_to(member).filter(pk=token.item, author=member).first()
    said = small_words.said(arrived.opened.words, arrived.opened.subject)
    if row is None or said not in ("yes", "no"):
        return Outcome("kept", "share-not-said")
    if said == "no":
        return Outcome("done", "share-no")
    return _share(arrived, row, member)


def _share(arrived: Arrived, row: Contribution, member: Member) -> Outcome:
    with override(member.first_language):
        try:
            shared = sharing_on.share_as_it_is(row=row, by=member)
        except SpineError:
            paper = letters.plain(
                member,
                _("Please look at it once more"),
                _("We could not share it as it is. On its page you can change the words first."),
                path=row.get_absolute_url(),
            )
            answer_back(arrived, paper, code="share-by-page", token=None)
            return Outcome("done", "share-by-page")
        paper = letters.plain(
            member,
            _("Thank you"),
            _("Everybody can read it now.") if shared.is_out else _("A host reads it first."),
            path=shared.get_absolute_url(),
        )
        answer_back(arrived, paper, code="share-yes", token=None)
    return Outcome("done", "share-yes", "contribution", shared.pk)
