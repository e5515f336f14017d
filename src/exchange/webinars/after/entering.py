"""All that stays of an hour as one record of the library, in one step; it goes when the hour goes.
Called by the hosts' pages and by the hooks of this matter."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions import catalogue, sealing
from exchange.contributions.actions import withdraw
from exchange.contributions.catalogue import Enclosed, Entry
from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution, State
from exchange.core import ids
from exchange.core.languages import named
from exchange.ledger.models import Event
from exchange.members.models import Member
from exchange.webinars import queries
from exchange.webinars.after import booklet
from exchange.webinars.after.booklet import Block, Chapter, Picture
from exchange.webinars.after.drafting import answered, polls
from exchange.webinars.errors import NotNow
from exchange.webinars.lanes import slide_files
from exchange.webinars.lanes.queries import slides_out
from exchange.webinars.models import Lane, Line, Phase, Recording, Slide, Summary, Webinar
from exchange.webinars.recordings import places
from exchange.webinars.recordings import queries as recordings


def enter_record(*, webinar: Webinar, by: Member) -> Contribution:
    """Make the record of a summed-up hour, or make it anew from what stands now. Raises NotAllowed,
    NotNow before the summary is out or where nobody keeps records, and as the keeper does."""
    keeper = catalogue.the()
    summary = Summary.objects.filter(webinar=webinar, state=Summary.State.OUT).first()
    if not by.is_host:
        raise NotAllowed
    if keeper is None or summary is None or webinar.phase != Phase.SUMMED:
        raise NotNow
    with tempfile.TemporaryDirectory(dir=settings.FILE_UPLOAD_TEMP_DIR) as folder:
        record = keeper.enter(_entry(webinar, summary, Path(folder)), by)
    queries.every().filter(pk=webinar.pk).update(record=record)
    webinar.record = record
    return record


def enter_again(*, webinar_id: int) -> None:
    """Words of the hour were taken back: the record is made anew without them, in the name of the
    host who let the summary out, or of another. Where it cannot be, hosts look at it
    first: what was taken back does not stand in it for anybody else."""
    webinar = queries.every().filter(pk=webinar_id, phase=Phase.SUMMED).first()
    if webinar is None or webinar.record_id is None:
        return
    host = _in_whose_name(webinar)
    try:
        if host is None:
            raise NotNow
        enter_record(webinar=webinar, by=host)
    except NotNow:
        sealing.hold_for_reports(contribution=webinar.record)


def _in_whose_name(webinar: Webinar) -> Member | None:
    row = Summary.objects.filter(webinar=webinar).select_related("by").first()
    known = [row.by if row is not None else None, webinar.author]
    named = next((one for one in known if one is not None and one.is_appointed), None)
    return named or Member.objects.hosts().order_by("pk").first()


def go_with_the_hour(*, webinar_id: int, kind: str, actor_id: int | None) -> None:
    """The hour was withdrawn, held, sealed, or let back: its record has the same words."""
    webinar = queries.every().filter(pk=webinar_id).select_related("record").first()
    record = webinar.record if webinar is not None else None
    if record is None:
        return
    if kind == "contribution.held":
        sealing.hold_for_reports(contribution=record)
    elif kind == "contribution.sealed":
        sealing.seal(contribution=record)
    elif kind == "contribution.unsealed":
        sealing.unseal(contribution=record)
    elif record.state != State.WITHDRAWN:
        actor = Member.objects.filter(pk=actor_id).first()
        if actor is not None and actor.is_appointed:
            withdraw(contribution=record, by=actor)
        else:
            sealing.withdraw_sealed(contribution=record)


def webinar_of(event: Event) -> int:
    """Which hour something happened to; 0 when it is gone."""
    if event.subject_type != "recording":
        return int(event.subject_id or 0)
    rows = Recording.objects.filter(pk=event.subject_id)
    return rows.values_list("webinar_id", flat=True).first() or 0


def contribution_of(event: Event) -> int:
    """What a published answer is an answer to."""
    return int(event.detail.get("contribution", 0))


def _entry(webinar: Webinar, summary: Summary, folder: Path) -> Entry:
    begun = webinar.went_live_at or webinar.starts_at
    presenters = [one for one in webinar.presenters.all() if one.is_shown]
    with override(webinar.language):
        files = (_book(webinar, summary, folder), *_sound(webinar))
    return Entry(
        title=webinar.title,
        summary="\n\n".join(filter(None, [summary.text, _listed(summary)])),
        language=summary.language,
        source=webinar,
        made_by=tuple(one.name for one in presenters),
        year=begun.year,
        month=begun.month,
        types=("webinar",),
        hubs=(webinar.hub,) if webinar.hub else (),
        files=files,
    )


def _listed(summary: Summary) -> str:
    return "\n".join(f"- {point}" for point in summary.points)


def _book(webinar: Webinar, summary: Summary, folder: Path) -> Enclosed:
    content = booklet.write(
        title=webinar.title,
        language=webinar.language,
        identifier=f"{settings.BASE_URL}{webinar.get_absolute_url()}",
        chapters=tuple(_chapters(webinar, summary)),
    )
    path = folder / f"{ids.slug(webinar.title) or 'webinar'}.epub"
    path.write_bytes(content)
    return Enclosed(path, str(_("The whole hour to read")), webinar.language)


def _sound(webinar: Webinar) -> tuple[Enclosed, ...]:
    """Released sound, the smaller file first. What is kept elsewhere has no file."""
    found = []
    for recording in recordings.out_of(webinar):
        for sort in ("opus", "mp3"):
            path = places.file(recording.key, sort)
            if path.exists():
                found.append(Enclosed(path, str(_("The recording")), recording.language))
    return tuple(found)


def _chapters(webinar: Webinar, summary: Summary) -> Iterator[Chapter]:
    said = [("p", part) for part in summary.text.split("\n\n") if part.strip()]
    yield Chapter(
        _("In short"), summary.language, (*(("li", point) for point in summary.points), *said)
    )
    if rows := answered(webinar):
        told = (
            (kind, words) for row in rows for kind, words in (("h2", row.text), ("p", row.answer))
        )
        yield Chapter(_("Questions and answers"), webinar.language, tuple(told))
    if counted := polls(webinar):
        blocks: list[tuple[str, str]] = []
        for one in counted:
            blocks.append(("h2", one.poll.text))
            blocks += [("li", f"{choice}: {count}") for choice, count in one.rows]
        yield Chapter(_("What people chose"), webinar.language, tuple(blocks))
    yield from _slides(webinar)
    for lane in webinar.lanes.all():
        if chapter := _lane(lane):
            yield chapter


def _slides(webinar: Webinar) -> Iterator[Chapter]:
    rows = slides_out(webinar)
    if rows:
        blocks = [block for slide in rows for block in _slide(slide)]
        yield Chapter(_("Slides"), rows[0].language, tuple(blocks))


def _slide(slide: Slide) -> Iterator[Block]:
    yield "h2", slide.title or str(slide.number)
    if content := slide_files.kept(slide.picture):
        yield Picture(content, slide.title or str(slide.number))
    if slide.text.strip():
        yield "p", slide.text


def _lane(lane: Lane) -> Chapter | None:
    lines = Line.objects.filter(lane=lane).shown().values_list("text", flat=True)
    blocks = tuple(("p", line) for line in lines)
    if not blocks:
        return None
    with override(lane.language):
        title = _("What was said, in %(language)s") % {"language": named(lane.language)}
    return Chapter(title, lane.language, blocks)
