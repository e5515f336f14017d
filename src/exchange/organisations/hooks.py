"""What the organisations room adds to the house: its way on one's own page and on profiles, its page
at the desk, and the letters that follow from what hosts decide. Loaded by apps.py."""

from exchange.core import reportable, slots, waiting
from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.organisations import desk_queries, dossier, sealing, telling

slots.register("me-lists", "organisations/_me_way.html", order=12)
slots.register("person-face", "organisations/_person.html", order=10)
slots.register("section-top", "organisations/_beside_notices.html", order=60)
slots.register("place-actions", "organisations/_in_country.html", order=60)
slots.register("desk-ways", "organisations/desk/_way.html", order=58)
waiting.register("organisations.waiting", desk_queries.waiting, order=50)
reportable.register(sealing.PLACE, sealing.PageOfAnOrganisation())

__all__ = ["dossier"]


@on(
    "organisation.claim_accepted",
    "organisation.claim_declined",
    consumer="organisations.tell_claimant",
)
def tell_claimant(event: Event) -> None:
    telling.of_claim(event)


@on("organisation.checked", "organisation.declined", consumer="organisations.tell_proposer")
def tell_proposer(event: Event) -> None:
    telling.of_proposal(event)


@on("organisation.changed", "organisation.change_declined", consumer="organisations.tell_writer")
def tell_writer(event: Event) -> None:
    telling.of_words(event)
