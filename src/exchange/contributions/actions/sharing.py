"""Writing a contribution: submit, bring in, revise.
Called by pages, mail, the API and commands alike; each verb is one transaction and one entry."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from exchange.contributions import queries, rules
from exchange.contributions.actions.rows import (
    ROWS,
    content_of,
    entry,
    fill,
    keep_revision,
    let_out,
    let_wait,
    locked,
    move,
    replace_words,
    set_context,
)
from exchange.contributions.content import Content
from exchange.contributions.errors import (
    ChangedMeanwhile,
    NotAllowed,
    TooMany,
)
from exchange.contributions.judging import NOWHERE, Home, home_of, judged
from exchange.contributions.models import (
    Contribution,
    State,
)
from exchange.core import gates, ids
from exchange.core.time import now
from exchange.hubs.models import Space
from exchange.members.models import Member
from exchange.members.showing import role_for_all


def submit(
    *,
    kind: str,
    content: Content,
    author: Member,
    once_key: str = "",
    origin: str = "web",
    insist: bool = False,
    space: Space | None = None,
    is_inside: bool = False,
) -> Contribution:
    """Share something: published at once when every gate passes, else waiting for a host. In a
    hub or a group (`space`) it is shown there as well; with `is_inside`, there alone.
    Sending the same form twice (`once_key`) gives the same contribution.
    Raises NotAllowed for a paused member and for who does not belong there, TooMany for a newcomer's fourth of a day, Refused when a gate refuses, Noticed when a gate asks
    the writer first; with `insist` it is sent all the same and waits for a host."""
    if not rules.may_share_in(author, space, is_inside=is_inside):
        raise NotAllowed
    sent_before, once_key = _form(once_key, author, content)
    if sent_before:
        return sent_before
    home = Home(space, is_inside)
    if home.is_newcomer(author) and queries.is_at_newcomers_limit(author):
        raise TooMany
    verdict = _judged(kind, content, author, origin, insist, home)
    try:
        with transaction.atomic():
            contribution = _written(kind, content, author, once_key, origin, space, is_inside)
            if verdict.passed:
                let_out(contribution, by=author)
            else:
                let_wait(contribution, author)
    except IntegrityError:
        # The second of two simultaneous sends of one form meets the unique key.
        twin = _sent_before(once_key, author)
        if twin is None:
            raise
        return twin
    return contribution


def prepare(*, kind: str, content: Content, author: Member, once_key: str = "") -> Contribution:
    """Write something down that only its author and hosts see, to be shared later by
    `send_prepared`. The same form twice gives the same row. Raises NotAllowed."""
    if not rules.may_contribute(author):
        raise NotAllowed
    sent_before, once_key = _form(once_key, author, content)
    if sent_before:
        return sent_before
    with transaction.atomic():
        row = _written(kind, content, author, once_key, "web")
        row.submitted_at = None
        row.save(update_fields=["submitted_at"])
        move(row, State.DRAFT)
    return row


def send_prepared(*, contribution: Contribution, by: Member, insist: bool = False) -> Contribution:
    """Share what was prepared, through the gates as submit. Sent before: nothing happens.
    Raises NotAllowed, Refused, Noticed."""
    if not (rules.may_send_prepared(by, contribution) and rules.may_contribute(by)):
        raise NotAllowed
    content = content_of(contribution, title=contribution.title, body=contribution.body)
    verdict = _judged(contribution.kind, content, by, "web", insist)
    with transaction.atomic():
        row = locked(contribution)
        if row.state != State.DRAFT:
            return row
        row.submitted_at = now()
        row.save(update_fields=["submitted_at"])
        if verdict.passed:
            let_out(row, by=by)
        else:
            let_wait(row, by)
    return row


def change_prepared(*, contribution: Contribution, content: Content, by: Member) -> None:
    """Other words for what is still being prepared; nobody has read it, so nothing is kept of the
    former ones. Raises NotAllowed."""
    if not rules.may_send_prepared(by, contribution):
        raise NotAllowed
    with transaction.atomic():
        row = locked(contribution)
        if row.state != State.DRAFT:
            raise ChangedMeanwhile(row.version)
        full = ROWS[row.kind].objects.get(pk=row.pk) if row.kind in ROWS else row
        fill(full, row.kind, content, row.origin)
        full.state, full.submitted_at = State.DRAFT, None
        full.version, full.changed_at = row.version + 1, now()
        full.save()
        set_context(full, content.term_keys())
        keep_revision(full, content, by, "", number=full.version, state=State.PUBLISHED)


def bring_in(
    *,
    kind: str,
    content: Content,
    shown_as: str,
    row: Contribution | None = None,
    by: Member | None,
    author: Member | None = None,
    origin: str = "starter",
) -> Contribution:
    """Publish starter content, an imported record, or what somebody asked elsewhere (`author`), in
    the name of the hosts, through the gates as a host's words. A gate that does not pass leaves
    it waiting."""
    contribution = row or ROWS.get(kind, Contribution)()
    contribution.shown_as = shown_as
    contribution.author = author
    submission = gates.Submission(
        text=content.whole,
        title=content.title,
        kind=kind,
        language=content.language,
        author_is_host=True,
        author_is_newcomer=False,
        origin=origin,
    )
    verdict = gates.judge(submission)
    with transaction.atomic():
        fill(contribution, kind, content, origin=origin)
        contribution.save()
        set_context(contribution, content.term_keys())
        if verdict.passed:
            # One of many: nobody who waits for a code to sign in waits for these.
            let_out(contribution, by=by, bulk=True)
        else:
            let_wait(contribution, by)
    return contribution


def revise(
    *,
    contribution: Contribution,
    content: Content,
    by: Member,
    version: int,
    why: str = "",
    insist: bool = False,
) -> bool:
    """Change the words. True when the new words stand at once; False when they wait for a host
    (a published text stays as it was until then).
    Raises NotAllowed, Refused, Noticed as submit, or ChangedMeanwhile when `version` is no longer
    the present one."""
    if not (rules.may_revise(by, contribution) and rules.may_contribute(by)):
        raise NotAllowed
    verdict = _judged(contribution.kind, content, by, "web", insist, home_of(contribution))
    with transaction.atomic():
        row = locked(contribution)
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        if row.is_out and not verdict.passed:
            keep_revision(row, content, by, why, number=row.version + 1, state=State.WAITING)
            entry("contribution.submitted", row, by)
            return False
        replace_words(row, content, by, why)
        return row.is_out


def _judged(
    kind: str, content: Content, author: Member, origin: str, insist: bool, home: Home = NOWHERE
) -> gates.Verdict:
    return judged(
        text=content.whole,
        title=content.title,
        kind=kind,
        language=content.language,
        author=author,
        origin=origin,
        insist=insist,
        home=home,
    )


def _sent_before(once_key: str, author: Member) -> Contribution | None:
    if not once_key:
        return None
    return Contribution.objects.filter(once_key=once_key, author=author).first()


def _form(once_key: str, author: Member, content: Content) -> tuple[Contribution | None, str]:
    """What this form has become already, and its key. A form brought back from the phone and
    written anew gets a fresh key: other words are never dropped."""
    row = _sent_before(once_key, author)
    if row is None:
        return None, once_key or ids.new_id()
    if (row.title, row.body) == (content.title, content.body):
        return row, once_key
    return None, ids.new_id()


def _written(
    kind: str,
    content: Content,
    author: Member,
    once_key: str,
    origin: str,
    space: Space | None = None,
    is_inside: bool = False,
) -> Contribution:
    row = ROWS.get(kind, Contribution)(once_key=once_key, author=author, is_demo=author.is_demo)
    row.shown_as = author.shown_name
    row.shown_role = role_for_all(author)
    row.space, row.is_inside = space, is_inside
    fill(row, kind, content, origin)
    row.save()
    set_context(row, content.term_keys())
    keep_revision(row, content, author, "", number=row.version, state=State.PUBLISHED)
    return row
