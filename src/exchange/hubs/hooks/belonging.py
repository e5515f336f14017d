"""What follows when somebody asks, comes in, leaves or begins to host.
Loaded by hooks/__init__.py."""

from exchange.core import slots, waiting
from exchange.hubs import showing
from exchange.hubs.belonging import queries, telling
from exchange.hubs.spaces import queries as spaces
from exchange.ledger.models import Event
from exchange.ledger.registry import on
from exchange.mail import looking

looking.before_sending(telling.PURPOSE)(telling.still_goes)
slots.register("me-lists", "hubs/belonging/_mine.html", order=25)
slots.register("space-acts", "hubs/belonging/_acts.html", order=20)
showing.register("space-acts", queries.standing)
waiting.register("hubs.waiting", spaces.waiting, order=62)
slots.register("desk-ways", "hubs/spaces/_desk_way.html", order=66)


@on("membership.asked", consumer="hubs.tell_hosts_of_request")
def tell_hosts_of_request(event: Event) -> None:
    telling.tell_hosts_of_request(event)


@on(
    *("membership.taken_in", "membership.declined", "membership.removed"),
    consumer="hubs.tell_member",
)
def tell_member(event: Event) -> None:
    telling.tell_member(event)


@on("membership.hosting", consumer="hubs.tell_of_host")
def tell_of_host(event: Event) -> None:
    telling.tell_of_host(event)


@on("membership.left", consumer="hubs.tell_of_empty_chair")
def tell_of_empty_chair(event: Event) -> None:
    telling.tell_of_empty_chair(event)
