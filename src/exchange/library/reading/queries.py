"""What is read of light views: those of a record, one part, its pictures, what needs a host.
Called by the pages of this room; whatever somebody asked for goes through the file's `visible_to`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from exchange.core.remembering import remembered
from exchange.core.time import now
from exchange.library.files import everybodys
from exchange.library.models import (
    File,
    Reading,
    ReadingFigure,
    ReadingPart,
    ReadingProblem,
    Resource,
)
from exchange.library.reading.making import PROGRAMS
from exchange.library.reading.tree import CLOSE, OPEN
from exchange.members.models import Member

# A file that nobody has read after so long will not be read by itself: nothing more is promised.
PREPARING = timedelta(hours=6)
_FIGURES = re.compile(f"{OPEN}f:([A-Za-z0-9_-]+){CLOSE}")


@dataclass(frozen=True)
class View:
    """One light view of a record, or that it is being prepared. The first needs no file's name in
    its address."""

    file: File
    reading: Reading | None
    resource: Resource
    is_first: bool

    @property
    def state(self) -> str:
        if self.reading is None:
            young = self.file.added_at > now() - PREPARING
            return Reading.State.WAITING if young else ""
        return "hidden" if self.reading.hidden_at else self.reading.state

    @property
    def is_offered(self) -> bool:
        return self.reading is not None and self.reading.is_offered

    @property
    def url(self) -> str:
        return self._at("reading")

    def part_url(self, number: int) -> str:
        return self._at("reading-part", number)

    def problem_url(self, number: int) -> str:
        return self._at("reading-problem", number)

    def _at(self, name: str, *more: int) -> str:
        slug = self.resource.slug or "-"
        if self.is_first:
            return reverse(f"library:{name}", args=[self.resource.pk, slug, *more])
        of = f"library:{name}-of-file"
        return reverse(of, args=[self.resource.pk, slug, self.file.pk, *more])


def views_of(resource: Resource, reader: Member | None) -> list[View]:
    """The light views of a record, one for each file that can be read, in the files' order."""
    if reader is None or (
        resource.is_public and not reader.is_host and reader.pk != resource.author_id
    ):
        return remembered(
            ("reading.views", resource.pk, resource.version), lambda: _views_of(resource, None)
        )
    return _views_of(resource, reader)


def _views_of(resource: Resource, reader: Member | None) -> list[View]:
    views, first = [], True
    for file in _readable(resource, reader):
        reading = getattr(file, "reading", None)
        is_first = first and reading is not None and reading.is_offered
        first = first and not is_first
        views.append(View(file, reading, resource, is_first))
    return views


def _readable(resource: Resource, reader: Member | None) -> list[File]:
    if reader is None:
        open_to_all = everybodys.with_readings(resource)
        return [file for file in open_to_all if file.media_type in PROGRAMS]
    newest = Q(replaced_by=None) | Q(replaced_by__let_out_at=None)
    rows = (
        File.objects.visible_to(reader)
        .filter(newest, resource_id=resource.pk, media_type__in=list(PROGRAMS))
        .select_related("reading")
    )
    return list(rows.order_by("added_at", "id"))


def offered(resource: Resource, reader: Member | None, file: int | None) -> View | None:
    """The light view somebody asked for; the record's first when they named no file."""
    for view in views_of(resource, reader):
        if view.is_offered and (view.is_first if file is None else view.file.pk == file):
            return view
    return None


def weight_for_all(resource_id: int) -> int:
    """Bytes of the first light view of a record that anybody may read; 0 when there is none."""
    newest = Q(file__replaced_by=None) | Q(file__replaced_by__let_out_at=None)
    rows = Reading.objects.filter(
        newest,
        resource_id=resource_id,
        state=Reading.State.READY,
        hidden_at=None,
        file__state=File.State.KEPT,
        file__let_out_at__isnull=False,
    ).order_by("file__added_at", "file_id")
    return rows.values_list("size", flat=True).first() or 0


def part_of(view: View, number: int) -> ReadingPart | None:
    """One part with all its words."""
    return ReadingPart.objects.filter(reading=view.reading, number=number).first()


def parts_of(view: View) -> list[ReadingPart]:
    """All parts, without their words."""
    rows = ReadingPart.objects.filter(reading=view.reading).defer("html", "text")
    return list(rows.order_by("number"))


def figures_in(part: ReadingPart) -> dict[str, ReadingFigure]:
    """The pictures that stand in a part, by name; no query when none does."""
    names = _FIGURES.findall(part.html)
    if not names:
        return {}
    rows = ReadingFigure.objects.filter(reading_id=part.reading_id, name__in=names)
    return {one.name: one for one in rows}


def figure_for(key: str, reader: Member | None) -> ReadingFigure | None:
    """A picture, if this reader may open the file it is taken from."""
    rows = ReadingFigure.objects.filter(key=key)
    found = rows.select_related("reading").first()
    if found is None or (found.reading.hidden_at and not (reader and reader.is_host)):
        return None
    seen = File.objects.visible_to(reader).filter(pk=found.reading.file_id)
    return found if seen.exists() else None


def public_parts(resource_ids: Iterable[int]) -> QuerySet[ReadingPart]:
    """Parts that a visitor may read."""
    files = File.objects.visible_to(None).filter(resource_id__in=list(resource_ids))
    return ReadingPart.objects.filter(
        reading__state=Reading.State.READY, reading__hidden_at=None, reading__file__in=files
    )


def troubled() -> list[Reading]:
    """Light views that failed or are pictures, the newest first."""
    rows = Reading.objects.filter(
        state__in=[Reading.State.FAILED, Reading.State.IMAGE_ONLY],
        hidden_at=None,
        resource__isnull=False,
    )
    rows = rows.filter(resource__sealed_at=None)
    return list(rows.select_related("resource", "file").order_by("-made_at", "-id")[:60])


def hidden() -> list[Reading]:
    """Light views that hosts took out of sight."""
    rows = Reading.objects.exclude(hidden_at=None).filter(resource__sealed_at=None)
    return list(rows.select_related("resource", "file").order_by("-hidden_at")[:60])


def open_problems() -> list[ReadingProblem]:
    """What readers found wrong and nobody has looked at, the oldest first."""
    rows = ReadingProblem.objects.filter(
        settled_at=None, reading__resource__isnull=False, reading__resource__sealed_at=None
    )
    return list(rows.select_related("reading__resource", "reading__file").order_by("at")[:100])
