"""Who may ask for, make and look at a translation. Pure: they read the rows they are given.
Called by actions, and by views that show or hide a button."""

from __future__ import annotations

from exchange.contributions import rules as spine
from exchange.contributions.models import Contribution
from exchange.conversation.models import Reply
from exchange.core.languages import SPOKEN
from exchange.hubs import rules as hubs
from exchange.members.models import Member
from exchange.translating.models import Translation

# The kinds whose pages show a translation beside the original.
KINDS = ("question", "experience", "idea", "discussion", "notice")
# After so many that a second reader let out, somebody's translations need none.
TRUSTED_AFTER = 3


def can_be_carried(contribution: Contribution, reply: Reply | None, language: str) -> bool:
    """Whether there is something to translate: words that are out, into another language."""
    source = reply if reply is not None else contribution
    is_out = contribution.kind in KINDS and (contribution.is_public or contribution.is_out)
    is_standing = reply is None or (reply.is_out and reply.contribution_id == contribution.pk)
    return is_out and is_standing and language in SPOKEN and source.language != language


def may_translate(member: Member, contribution: Contribution) -> bool:
    """Active members; inside a group, those who may write there."""
    if not spine.may_contribute(member):
        return False
    return not contribution.is_inside or hubs.may_write(member, contribution.space_id)


def may_look(member: Member, row: Translation) -> bool:
    """A second reader: somebody who reads both languages and is no newcomer, or a host; never who
    made it. What a gate held is for hosts alone."""
    if row.translator_id == member.pk or not may_translate(member, row.contribution):
        return False
    if spine.is_hosting(member, row.contribution):
        return True
    reads_both = {row.language, row.source_language} <= set(member.language_codes)
    return reads_both and not member.is_newcomer and not row.is_held


def may_take_back(member: Member, row: Translation) -> bool:
    """Who made it, who wrote the original, and hosts."""
    own = member.pk in (row.translator_id, row.source.author_id)
    return own or spine.is_hosting(member, row.contribution)


def may_be_drafted_by_machine(contribution: Contribution, reply: Reply | None) -> bool:
    """Only what anybody may read already, and never a protected voice."""
    is_public = contribution.is_public and not contribution.is_inside
    return (
        is_public
        and not contribution.is_protected
        and contribution.sealed_at is None
        and (reply is None or (reply.state == "published" and reply.sealed_at is None))
    )
