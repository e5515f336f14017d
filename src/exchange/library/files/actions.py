"""Every change to a file: keep, attach, let out, replace, take away.
Called by pages, by listeners of the ledger and by clocks; each is one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO, Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, Sum

from exchange.contributions.errors import NotAllowed, Refused, TooMany
from exchange.contributions.models import Contribution
from exchange.core import gates
from exchange.core.text import clean_line
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.library.files import names, rules, store
from exchange.library.files.cleaning import Cleaned, cleaned, mark_of, real
from exchange.library.files.kinds import NotTaken
from exchange.library.models import File, Resource
from exchange.library.models.files import FileQuerySet
from exchange.members.models import Member


class Upload(Protocol):
    """What a form hands over: Django's UploadedFile, or anything with a file and its size."""

    file: IO[bytes] | None
    size: int | None


def keep(
    *,
    upload: Upload,
    by: Member,
    draft_key: str = "",
    resource: Resource | None = None,
    name: str,
    label: str = "",
    language: str = "",
) -> File:
    """Keep a file for a draft or beside a record; the same bytes again give the file that is
    there. Raises NotTaken, Refused, NotAllowed, TooMany; then nothing is kept."""
    if resource is not None and not rules.may_add(by, resource):
        raise NotAllowed
    with _opened(upload) as file:
        sent = mark_of(file)
        twin = _twin(sent, by, draft_key, resource)
        if twin is not None:
            return twin
        _check_room(by, draft_key, resource)
        with cleaned(file, upload.size or 0) as made:
            row = _row(made, sent, by, name=name, label=label, language=language)
            row.resource, row.draft_key = resource, "" if resource else draft_key
            return _kept(row, made)


def bring_in(*, path: Path, resource: Resource, label: str = "", language: str = "") -> File:
    """A file of the Exchange's own, beside a record of the hosts; cleaned as everybody's, seen at
    once. Raises NotTaken."""
    with path.open("rb") as file:
        sent = mark_of(file)
        with cleaned(file, path.stat().st_size) as made:
            row = File(
                resource=resource,
                name=names.safe(path.name, made.kind.suffix),
                label=label[:160],
                language=language or resource.language,
                media_type=made.kind.media_type,
                size=made.size,
                sha256=made.sha256,
                sent_sha256=sent,
                taken_out=list(made.taken_out),
                scanned_at=made.scanned_at,
            )
            return _kept(row, made)


def attach(*, draft_key: str, resource: Resource, by: Member) -> list[File]:
    """The draft has become a record: its files stand beside it now. Twice is once."""
    with transaction.atomic():
        rows = list(_of_draft(draft_key, by).select_for_update(of=("self",)))
        beside = set(_beside(resource).values_list("sent_sha256", flat=True))
        for row in rows:
            if row.sent_sha256 in beside:
                _gone(row)
                continue
            row.resource, row.draft_key = resource, ""
            row.save(update_fields=["resource", "draft_key"])
            _entry("file.kept", row, by.pk)
    return [row for row in rows if row.resource_id]


def let_out(*, resource: Resource, by: Member | None) -> list[File]:
    """The record is published: its files may be seen. What a gate wants a host to read first
    waits until a host is `by`; what the scanner has not passed waits for that."""
    with transaction.atomic():
        waiting = _beside(resource).filter(let_out_at=None).select_for_update(of=("self",))
        return [row for row in waiting if _let_out_if_fit(row, by)]


def replace(*, file: File, upload: Upload, by: Member, name: str = "") -> File:
    """A newer version in its place; the old one stays as an earlier version. Raises as keep."""
    if not rules.may_change(by, file):
        raise NotAllowed
    with _opened(upload) as opened:
        sent = mark_of(opened)
        if sent == file.sent_sha256:
            return file
        _check_day(by)
        with cleaned(opened, upload.size or 0) as made:
            row = _row(
                made, sent, by, name=name or file.name, label=file.label, language=file.language
            )
            row.version = file.version + 1
            row.resource_id, row.draft_key = file.resource_id, file.draft_key
            return _kept(row, made, instead_of=file)


def take_away(*, file: File, by: Member) -> None:
    """Gone at once with every earlier version; a newer version that nobody has seen yet goes
    alone, and the one before it stands again. Raises NotAllowed."""
    if not rules.may_change(by, file):
        raise NotAllowed
    with transaction.atomic():
        row = _locked(file.pk)
        earlier = File.objects.filter(replaced_by=row).first()
        if earlier is not None and not row.is_out and earlier.is_out:
            earlier.replaced_by = None
            earlier.save(update_fields=["replaced_by"])
            earlier = None
        _gone(row, by.pk)
        while earlier is not None:
            _gone(earlier, by.pk)
            earlier = File.objects.filter(replaced_by=earlier).first()


def let_out_one(*, file: File, by: Member) -> bool:
    """A host has opened it. Says whether it is out now. Raises NotAllowed."""
    if not rules.may_let_out(by, file):
        raise NotAllowed
    with transaction.atomic():
        return _let_out_if_fit(_locked(file.pk), by)


def scanned(*, file: File) -> None:
    """The scanner has passed it; what waited for that alone is out."""
    with transaction.atomic():
        row = _locked(file.pk)
        row.scanned_at = now()
        row.save(update_fields=["scanned_at"])
        if row.resource is not None and row.resource.is_public:
            _let_out_if_fit(row, None)


def remove(*, file: File, why: str = "") -> None:
    """Gone by itself: infected, forgotten, withdrawn long ago. Earlier versions have their own
    turn."""
    with transaction.atomic():
        row = _locked(file.pk)
        _gone(row)
        if why:
            row.fixity = why
            row.save(update_fields=["fixity"])


@contextmanager
def _opened(upload: Upload) -> Iterator[IO[bytes]]:
    """The upload as a real file, small enough, and passed by the sizes alone."""
    size = upload.size or 0
    if upload.file is None or size == 0:
        raise NotTaken("empty")
    if size > settings.LARGEST_LIBRARY_FILE:
        raise NotTaken("too-large")
    with real(upload.file) as file:
        yield file


def _row(made: Cleaned, sent: str, by: Member, *, name: str, label: str, language: str) -> File:
    """What will be kept, not saved yet: its name and label have been judged. Raises Refused."""
    safe, label = names.safe(name, made.kind.suffix), clean_line(label)[:160]
    verdict = gates.judge(
        gates.Submission(
            text="\n\n".join(filter(None, (label, names.words_of(safe)))) or "-",
            kind="caption",
            language=language or by.first_language,
            author_id=by.pk,
            author_is_host=by.is_host,
            author_is_newcomer=by.is_newcomer,
        )
    )
    if verdict.outcome is gates.Outcome.REFUSE:
        raise Refused(verdict.reasons)
    return File(
        by=by,
        name=safe,
        label=label,
        language=language,
        media_type=made.kind.media_type,
        size=made.size,
        sha256=made.sha256,
        sent_sha256=sent,
        taken_out=list(made.taken_out),
        # No gate reads what stands in a file: a host opens it first, whoever sent it.
        needs_a_look=not by.is_host or not verdict.passed,
        scanned_at=made.scanned_at,
    )


def _kept(row: File, made: Cleaned, instead_of: File | None = None) -> File:
    """Bytes first, then the row: what a crash leaves between the two is swept."""
    store.put(row.store_key, made.path)
    try:
        with transaction.atomic():
            _save(row, instead_of)
    except IntegrityError:
        # Somebody, most likely the same finger, sent it twice at once.
        store.remove(row.store_key)
        twin = _twin(row.sent_sha256, row.by, row.draft_key, row.resource)
        if twin is None:
            raise
        return twin
    except BaseException:
        store.remove(row.store_key)
        raise
    return row


def _save(row: File, instead_of: File | None) -> None:
    by = row.by
    row.save(force_insert=True)
    if instead_of is not None:
        old = _locked(instead_of.pk)
        if old.state != File.State.KEPT or old.replaced_by_id:
            raise NotAllowed
        old.replaced_by = row
        old.save(update_fields=["replaced_by"])
    if row.resource is None:
        return
    _entry("file.kept", row, by.pk if by else None)
    beside = Contribution.objects.select_for_update(of=("self",)).get(pk=row.resource.pk)
    if beside.is_public:
        _let_out_if_fit(row, None)


def _let_out_if_fit(row: File, by: Member | None) -> bool:
    """A look by a host counts even while the scanner has still to pass it."""
    if row.needs_a_look and by is not None and rules.may_let_out(by, row):
        row.needs_a_look = False
        row.save(update_fields=["needs_a_look"])
    unscanned = settings.SCANNER and row.scanned_at is None
    if row.needs_a_look or unscanned or row.let_out_at is not None:
        return False
    row.let_out_at = now()
    row.save(update_fields=["let_out_at"])
    _entry("file.let_out", row, by.pk if by else None)
    return True


def _check_room(by: Member, draft_key: str, resource: Resource | None) -> None:
    rows = _beside(resource) if resource is not None else _of_draft(draft_key, by)
    if rows.count() >= rules.MOST_BESIDE:
        raise TooMany
    _check_day(by)


def _check_day(by: Member) -> None:
    if by.is_host:
        return
    today = File.objects.filter(by=by, added_at__gt=now() - timedelta(days=1))
    sent = today.aggregate(files=Count("pk"), size=Sum("size"))
    if not rules.has_room_today(by, files=sent["files"], size=sent["size"] or 0):
        raise TooMany


def _twin(sent: str, by: Member | None, draft_key: str, resource: Resource | None) -> File | None:
    rows = _beside(resource) if resource is not None else _of_draft(draft_key, by)
    found: File | None = rows.filter(sent_sha256=sent).first()
    return found


def _beside(resource: Resource | None) -> FileQuerySet:
    rows: FileQuerySet = File.objects.standing().filter(resource=resource)
    return rows


def _of_draft(draft_key: str, by: Member | None) -> FileQuerySet:
    """A key is chosen by a browser, so it opens nobody else's files."""
    rows: FileQuerySet = File.objects.standing().filter(resource=None, draft_key=draft_key, by=by)
    return rows


def _gone(row: File, actor_id: int | None = None) -> None:
    """The row stays as a trace, without the words people gave it."""
    if row.state != File.State.GONE:
        row.state, row.gone_at = File.State.GONE, now()
        row.name, row.label, row.draft_key = "", "", ""
        row.save(update_fields=["state", "gone_at", "name", "label", "draft_key"])
        if row.resource_id:
            _entry("file.gone", row, actor_id)
    key = row.store_key
    transaction.on_commit(lambda: store.remove(key))


def _locked(pk: int) -> File:
    row: File = File.objects.select_for_update(of=("self",)).select_related("resource").get(pk=pk)
    return row


def _entry(kind: str, row: File, actor_id: int | None) -> None:
    record(
        kind,
        subject_type="file",
        subject_id=row.pk,
        actor_id=actor_id,
        detail={"resource": row.resource_id},
    )
