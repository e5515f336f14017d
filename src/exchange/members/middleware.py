"""A host who has not shown a second factor in this session is a member like any other: on every page,
not at the desk alone; whoever hosts a hub or a group likewise. Used by settings alone."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from exchange.members.doors import showed_second_factor
from exchange.members.models import Member


class RestingPowersMiddleware:
    """Nobody is asked for before a page wants to know who is there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(lambda: _with_powers_at_rest(request))  # type: ignore[assignment]
        return self._get_response(request)


def _with_powers_at_rest(request: HttpRequest) -> object:
    person = get_user(request)
    if isinstance(person, Member):
        # Hosts of a hub or a group are hosts there alone, and need it as well.
        person.powers_rest = not showed_second_factor(request, person)
    return person
