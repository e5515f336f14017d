"""What follows in the library from events: adding a record, and the talk about it with a host.
Loaded by hooks/__init__.py."""

from exchange.core import gates, slots
from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.library.depositing import following
from exchange.library.depositing.rules import with_file_waits

gates.register("library.with_file_waits", with_file_waits)
slots.register("contribution-actions", "library/depositing/_acts.html", order=20)
slots.register("desk-item", "library/depositing/_waiting.html")


@on("contribution.published", consumer="library.let_files_out")
def let_files_out(event: Event) -> None:
    following.let_files_out(resource_pk=event.subject_id, by_pk=event.actor_id)


@on("contribution.revised", consumer="library.file_under_title")
def file_under_title(event: Event) -> None:
    following.file_under_title(resource_pk=event.subject_id)


@on("deposit.worded", consumer="library.pass_word_on")
def pass_word_on(event: Event) -> None:
    following.pass_word_on(word_pk=event.subject_id)
