"""What follows in the library from events: the light reading view.
Loaded by hooks/__init__.py."""

from collections.abc import Callable
from datetime import datetime

from exchange.ledger.models import Event
from exchange.ledger.registry import every, on
from exchange.library.models import Reading
from exchange.library.reading import actions


@on("file.kept", consumer="library.read_file", outside=True)
def read_file(event: Event) -> Callable[[], None] | None:
    return actions.prepare(file_id=event.subject_id)


@on("reading.asked_again", consumer="library.read_again", outside=True)
def read_again(event: Event) -> Callable[[], None] | None:
    found = Reading.objects.filter(pk=event.subject_id).values_list("file_id", flat=True).first()
    return actions.prepare(file_id=found, again=True) if found else None


@on("reading.scanned", consumer="library.read_pictures", outside=True, bulk=True)
def read_pictures(event: Event) -> Callable[[], None] | None:
    return actions.recognise(reading_id=event.subject_id)


@on("file.let_out", consumer="library.read_is_out")
def read_is_out(event: Event) -> None:
    actions.tell_it_is_out(file_id=event.subject_id)


@on("file.gone", consumer="library.forget_reading")
def forget_reading(event: Event) -> None:
    actions.forget(file_id=event.subject_id)


@every(daily_at="03:50", name="library.sweep_figures", outside=True)
def sweep_figures(now: datetime) -> None:
    actions.sweep()
