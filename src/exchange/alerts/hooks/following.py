"""Where other rooms' pages offer to follow what stands there, and the way to one's own list.
Loaded by `hooks/__init__.py`. The same links for everybody, so that pages can be kept."""

from exchange.alerts.watching import actions
from exchange.core import slots
from exchange.ledger.models import Event
from exchange.ledger.registry import on

slots.register("place-actions", "alerts/_follow_place.html", order=20)
slots.register("person-actions", "alerts/_follow_person.html", order=20)
slots.register("contribution-actions", "alerts/_follow_organisation.html", order=10)
slots.register("organisation-actions", "alerts/_follow_page_of_organisation.html", order=20)
slots.register("me-lists", "alerts/_mail_way.html", order=30)


@on("organisation.merged", consumer="alerts.follow_merged")
def follow_merged(event: Event) -> None:
    actions.follow_merged(gone=event.subject_id, into=int(event.detail["into"]))
