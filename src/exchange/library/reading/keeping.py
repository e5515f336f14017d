"""Writing a light view down: parts, pictures and figures in one transaction, and taking it away.
Called by actions of this matter alone."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from django.db import transaction

from exchange.core import ids
from exchange.core.time import now
from exchange.ledger.actions import record
from exchange.library.actions import set_readable_size
from exchange.library.files import store
from exchange.library.models import File, Reading, ReadingFigure, ReadingPart
from exchange.library.reading.making import MAKER, Made
from exchange.library.reading.queries import weight_for_all
from exchange.library.reading.tree import Figure


def kept(
    file: File, made: Made, recognised: Mapping[str, Sequence[str]] | None = None
) -> Callable[[], None]:
    """Put the bytes of the pictures into the store; what is to be done in the transaction then."""
    keys = {one.name: ids.new_id() for one in made.figures}
    for one in made.figures:
        _stored(keys[one.name], one)
    return partial(_written, file.pk, made, keys, recognised)


def _written(
    file_id: int,
    made: Made,
    keys: dict[str, str],
    recognised: Mapping[str, Sequence[str]] | None,
) -> None:
    """The new light view in the place of the old, if the file is still there."""
    row = File.objects.select_for_update(of=("self",)).filter(pk=file_id).first()
    if row is None or row.state != File.State.KEPT:
        _forget_bytes(keys.values())
        return
    reading = Reading.objects.filter(file=row).first() or Reading(file=row)
    _emptied(reading)
    reading.resource_id = row.resource_id
    _set(reading, made)
    if recognised is not None:
        reading.recognised = dict(recognised)
    reading.save()
    ReadingPart.objects.bulk_create(
        (
            ReadingPart(
                reading=reading,
                number=part.number,
                title=part.title[:300],
                first_page=part.first_page,
                last_page=part.last_page,
                html=part.html,
                text=part.text,
                size=part.size,
            )
            for part in made.parted.parts
        ),
        batch_size=100,
    )
    ReadingFigure.objects.bulk_create(_figure(reading, keys[one.name], one) for one in made.figures)
    tell(reading)
    if set(made.quality.get("scanned", ())) - set(map(int, reading.recognised)):
        record("reading.scanned", subject_type="reading", subject_id=reading.pk, public=False)


def tell(reading: Reading) -> None:
    """What people read and search of the record is another now, and what its card says of it."""
    if reading.resource_id:
        weight = weight_for_all(reading.resource_id)
        set_readable_size(resource_pk=reading.resource_id, size=weight)
        record(
            "contribution.reread",
            subject_type="contribution",
            subject_id=reading.resource_id,
            detail={"file": reading.file_id, "state": reading.state},
        )


def dropped(reading: Reading) -> None:
    """The file is gone: its light view goes with it."""
    _emptied(reading)
    tell(reading)
    reading.delete()


def _set(reading: Reading, made: Made) -> None:
    reading.state, reading.why = made.state, made.why
    reading.language, reading.title = made.language, made.title[:500]
    reading.pages, reading.words = made.pages, made.words
    reading.parts_count = len(made.parted.parts)
    reading.size = sum(part.size for part in made.parted.parts)
    reading.contents, reading.quality = made.parted.contents, made.quality
    reading.maker, reading.seconds, reading.made_at = MAKER, made.seconds, now()


def _figure(reading: Reading, key: str, one: Figure) -> ReadingFigure:
    return ReadingFigure(
        reading=reading,
        key=key,
        name=one.name,
        page=one.page,
        width=one.width,
        height=one.height,
        size=len(one.data),
        alt=one.alt,
    )


def _emptied(reading: Reading) -> None:
    """Without parts and pictures; the bytes go once that is certain."""
    if reading.pk is None:
        return
    old = list(reading.figures.values_list("key", flat=True))
    reading.parts.all().delete()
    reading.figures.all().delete()
    transaction.on_commit(partial(_forget_bytes, old))


def _stored(key: str, figure: Figure) -> None:
    with tempfile.NamedTemporaryFile(suffix=".webp") as file:
        file.write(figure.data)
        file.flush()
        store.put(f"figures/{key}", Path(file.name))


def _forget_bytes(keys: Iterable[str]) -> None:
    for key in keys:
        store.remove(f"figures/{key}")
