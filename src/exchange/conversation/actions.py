"""Every change to a reply: answer, revise, let out, hold back, withdraw, in one transaction each.
Called by pages, mail, the API and commands alike. Marks and follows are in `marks`."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from exchange.contributions import mails
from exchange.contributions.actions import welcome_writer
from exchange.contributions.errors import (
    AlreadyDecided,
    ChangedMeanwhile,
    Closed,
    NotAllowed,
    TooMany,
)
from exchange.contributions.judging import home_of, judged
from exchange.contributions.models import OUT_STATES, Contribution, State
from exchange.contributions.voice.queries import is_voice_of
from exchange.conversation import marks, queries, rules, voicing
from exchange.conversation.models import Reply, ReplyDecision, ReplyRevision
from exchange.core import ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.members.models import Member
from exchange.members.showing import role_for_all


def answer(
    *,
    contribution: Contribution,
    author: Member,
    body: str,
    language: str,
    parent: Reply | None = None,
    once_key: str = "",
    via: str = "web",
    insist: bool = False,
) -> Reply:
    """Answer a contribution, or say a word to an answer. Published when every gate passes, else
    waiting. The same form twice gives the same reply.
    Raises Closed, NotAllowed, TooMany for a newcomer's eleventh of a day, Refused, and Noticed when
    a gate asks the writer first; with `insist` it is sent all the same and waits for a host."""
    if is_voice_of(author, contribution):
        return voicing.answer_in_voice(contribution, author, body, language, _top(parent), insist)
    sent_before = _sent_before(once_key, author)
    if sent_before:
        return sent_before
    _check(author, contribution)
    passed = _passes(contribution, author, body, language, via, insist)
    try:
        with transaction.atomic():
            reply = _written(contribution, author, body, language, parent, once_key, via)
            if passed:
                _let_out(reply, by=author)
            else:
                _entry("reply.submitted", reply, author)
            marks.follow_because_answered(member=author, contribution=contribution)
    except IntegrityError:
        twin = _sent_before(once_key, author)
        if twin is None:
            raise
        return twin
    return reply


def revise_reply(
    *, reply: Reply, body: str, by: Member, version: int, insist: bool = False
) -> bool:
    """Change one's words. True when they stand at once, False when they wait for a host.
    Raises NotAllowed, Refused, Noticed as answer, ChangedMeanwhile."""
    if not rules.may_revise_reply(by, reply):
        raise NotAllowed
    passed = _passes(reply.contribution, by, body, reply.language, reply.via, insist)
    with transaction.atomic():
        row = _locked(reply)
        if row.version != version:
            raise ChangedMeanwhile(row.version)
        _keep_revision(row, by)
        was_public = row.is_out
        row.body = body
        row.version += 1
        row.changed_at = now()
        row.save(update_fields=["body", "version", "changed_at"])
        return _settle(row, was_public, passed, by)


def publish_reply(*, reply: Reply, by: Member, version: int) -> Reply:
    """A host lets a waiting reply out, and so welcomes its author.
    Raises NotAllowed, AlreadyDecided."""
    with transaction.atomic():
        row = _to_decide(reply, by, version)
        _decided(row, ReplyDecision.What.PUBLISH, by, "")
        _let_out(row, by=by)
        welcome_writer(author=row.author, by=by, space_id=row.contribution.space_id)
    return row


def hold_reply(*, reply: Reply, by: Member, version: int, note: str, reason: str = "") -> Reply:
    """A host keeps it back, with a kind note to the author. Raises as publish_reply."""
    return _keep_back(reply, by, version, note, ReplyDecision.What.HOLD, reason)


def ask_to_rewrite_reply(
    *, reply: Reply, by: Member, version: int, note: str, reason: str = ""
) -> Reply:
    """A host asks the author to change something first. Raises as publish_reply."""
    return _keep_back(reply, by, version, note, ReplyDecision.What.REWRITE, reason)


def withdraw_reply(
    *, reply: Reply, by: Member, note: str = "", reason: str = "", recall: bool = False
) -> Reply:
    """Take it out of every door at once; `recall` as for a contribution. Raises NotAllowed."""
    if not rules.may_withdraw_reply(by, reply) or (recall and not by.is_host):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(reply)
        if row.state != State.WITHDRAWN:
            was_public = row.is_out
            _move(row, State.WITHDRAWN)
            if was_public:
                recount(row.contribution_id)
            _decided(row, ReplyDecision.What.WITHDRAW, by, note, reason)
            mails.stop(mails.about_reply(row.contribution_id, row.pk))
            _entry("reply.withdrawn", row, by, recall=recall)
    return row


def let_back_reply(*, reply: Reply, by: Member) -> Reply:
    """A host lets out again what another host withdrew. Raises NotAllowed, AlreadyDecided."""
    if not rules.may_decide_reply(by, reply):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(reply)
        if row.state != State.WITHDRAWN:
            raise AlreadyDecided
        last = row.decisions.filter(what=ReplyDecision.What.WITHDRAW).first()
        if last is None or last.by_id == row.author_id:
            raise NotAllowed
        _decided(row, ReplyDecision.What.PUBLISH, by, "")
        _let_out(row, by=by)
    return row


def confirm_reply(*, reply: Reply, by: Member, note: str) -> Reply:
    """Another host looked again, as the author asked, and leaves it held or withdrawn.
    Raises NotAllowed, AlreadyDecided when it is neither."""
    if not rules.may_decide_reply(by, reply):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(reply)
        if row.state not in (State.HELD, State.WITHDRAWN):
            raise AlreadyDecided
        _decided(row, ReplyDecision.What.CONFIRM, by, note)
        _entry("reply.confirmed", row, by)
    return row


def take_back_in_voice(*, reply_id: int) -> None:
    """An answer given in a protected voice is withdrawn everywhere, without saying by whom: whose it
    is, the caller has asked. Twice is once; what is sealed stays."""
    with transaction.atomic():
        found = Reply.objects.filter(pk=reply_id, is_protected=True, sealed_at=None).first()
        if found is None or found.state == State.WITHDRAWN:
            return
        row = _locked(found)
        _move(row, State.WITHDRAWN)
        recount(row.contribution_id)
        ReplyDecision.objects.create(reply=row, what=ReplyDecision.What.WITHDRAW)
        mails.stop(mails.about_reply(row.contribution_id, row.pk))
        _entry("reply.withdrawn", row, None)


def _passes(
    contribution: Contribution, author: Member, body: str, language: str, via: str, insist: bool
) -> bool:
    """Whether the words may stand at once. Raises Refused, Noticed."""
    verdict = judged(
        text=body,
        kind="reply",
        language=language,
        author=author,
        origin=via,
        insist=insist,
        home=home_of(contribution, of_reply=True),
    )
    return verdict.passed and not voicing.could_name(contribution, body)


def _written(
    contribution: Contribution,
    author: Member,
    body: str,
    language: str,
    parent: Reply | None,
    once_key: str,
    via: str,
) -> Reply:
    return Reply.objects.create(
        contribution_id=contribution.pk,
        parent=_top(parent),
        body=body,
        language=language,
        author=author,
        shown_as=author.shown_name,
        shown_role=role_for_all(author),
        via=via,
        once_key=once_key or ids.new_id(),
        is_demo=author.is_demo,
    )


def _check(author: Member, contribution: Contribution) -> None:
    if not contribution.is_open:
        raise Closed
    if not rules.may_reply(author, contribution):
        raise NotAllowed
    is_new = home_of(contribution, of_reply=True).is_newcomer(author)
    if is_new and queries.is_at_newcomers_limit(author):
        raise TooMany


def _sent_before(once_key: str, author: Member) -> Reply | None:
    if not once_key:
        return None
    return Reply.objects.filter(once_key=once_key, author=author).first()


def _top(parent: Reply | None) -> Reply | None:
    # One level deep: a word to a word belongs to the answer above both.
    return parent.parent or parent if parent else None


def _settle(row: Reply, was_public: bool, passed: bool, by: Member) -> bool:
    """After a change of words: what stood must pass anew, what was held is looked at again."""
    if was_public and passed:
        _entry("reply.revised_inside" if row.state == State.INSIDE else "reply.revised", row, by)
        return True
    if row.state == State.WAITING and not was_public:
        return False
    _move(row, State.WAITING)
    if was_public:
        recount(row.contribution_id)
        _entry("reply.unpublished", row, by)
    _entry("reply.submitted", row, by)
    return False


def let_stand(*, reply: Reply, by: Member) -> None:
    """Let out what a host wrote in another way; in the transaction of the caller, who judged it."""
    _let_out(reply, by=by)


def _let_out(reply: Reply, by: Member) -> None:
    reply.published_at = reply.published_at or now()
    if reply.is_protected:
        # It was kept with its day alone; it stands where it was let out.
        reply.created_at = reply.published_at
        reply.save(update_fields=["created_at"])
    _move(reply, reply.contribution.out_state)
    recount(reply.contribution_id)
    inside = reply.state == State.INSIDE
    _entry("reply.let_inside" if inside else "reply.published", reply, by)


def _move(reply: Reply, state: State) -> None:
    reply.state = state
    reply.save(update_fields=["state", "published_at"])


def recount(contribution_id: int) -> None:
    """Count anew under the row's lock, so that counters cannot drift."""
    row = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution_id)
    out = Reply.objects.filter(contribution_id=contribution_id, state__in=OUT_STATES)
    public = out.filter(is_holding=False)
    row.reply_count = public.count()
    others = public.exclude(author_id=row.author_id) if row.author_id else public
    row.first_reply_at = (
        others.order_by("published_at").values_list("published_at", flat=True).first()
    )
    answering = public.filter(answered_at__isnull=False).order_by("answered_at")
    row.answered_at = answering.values_list("answered_at", flat=True).first()
    row.save(update_fields=["reply_count", "first_reply_at", "answered_at"])


def _keep_revision(row: Reply, by: Member) -> None:
    ReplyRevision.objects.create(reply=row, number=row.version, body=row.body, by=by)


def _keep_back(
    reply: Reply, by: Member, version: int, note: str, what: ReplyDecision.What, reason: str
) -> Reply:
    with transaction.atomic():
        row = _to_decide(reply, by, version)
        _move(row, State.HELD)
        _decided(row, what, by, note, reason)
        _entry("reply.held", row, by)
    return row


def _to_decide(reply: Reply, by: Member, version: int) -> Reply:
    if not rules.may_decide_reply(by, reply):
        raise NotAllowed
    row = _locked(reply)
    if row.state not in (State.WAITING, State.HELD) or row.version != version:
        last = row.decisions.first()
        raise AlreadyDecided(last.by_name if last else "")
    return row


def _decided(row: Reply, what: ReplyDecision.What, by: Member, note: str, reason: str = "") -> None:
    ReplyDecision.objects.create(
        reply=row, what=what, by=by, by_name=by.shown_name, note=note, reason=reason
    )


def _locked(reply: Reply) -> Reply:
    rows = Reply.objects.select_for_update(of=("self",)).select_related("author", "contribution")
    locked: Reply = rows.get(pk=reply.pk)
    if locked.sealed_at is not None:
        raise NotAllowed
    return locked


def _entry(kind: str, reply: Reply, by: Member | None, **more: bool) -> None:
    record(
        kind,
        subject_type="reply",
        subject_id=reply.pk,
        actor_id=by.pk if by else None,
        detail={"contribution": reply.contribution_id, **more},
    )
