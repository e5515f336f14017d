"""Every named route, and the objects it is opened with.
Called by the tests of access alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver, reverse

from tests.access.marks import World
from tests.access.objects import BY_ROOM, BY_ROUTE, FIXED, NOTHING
from tests.house.test_addresses import routes


@dataclass(frozen=True)
class Case:
    """One route, and the object it is opened with; "" where it needs none."""

    route: str
    target: str
    path: str

    @property
    def name(self) -> str:
        return f"{self.route} {self.target}".strip()


def every_route() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Each route by its name: its address and the parameters in it."""
    return {
        name or path: (path, tuple(re.findall(r"<(?:\w+:)?(\w+)>", path)))
        for path, name, _pattern in routes(get_resolver())
    }


def cases(world: World) -> Iterator[Case]:
    """Every route, with each object it is to be opened with."""
    for name, (path, params) in every_route().items():
        if not params:
            yield Case(name, "", _plain(name, path))
            continue
        for target in targets_of(name):
            given = {param: _value(world, name, target, param) for param in params}
            yield Case(name, target, reverse(name, kwargs=given))


def targets_of(name: str) -> tuple[str, ...]:
    """The objects a route is opened with. A KeyError names a route that nobody gave any."""
    room = name.partition(":")[0]
    return BY_ROUTE[name] if name in BY_ROUTE else BY_ROOM[room]


def _plain(name: str, path: str) -> str:
    """What has no name is asked for by its address."""
    return f"/{path}" if name == path else reverse(name)


def _value(world: World, name: str, target: str, param: str) -> Any:
    own = world.at.get(f"{target} {param}")
    if own is not None:
        return own
    if param == "file":
        return world.at["file"]
    fixed = FIXED.get(f"{name} {param}", FIXED.get(param))
    if name.startswith(("hubs:", "inside:", "hubs-desk:")) and param == "slug":
        return "near" if target.startswith("hub") else "kitui"
    if fixed is not None and param not in ("key", "slug"):
        return fixed
    if target == NOTHING:
        return FIXED[f"no {param}"]
    found = world.at.get(target)
    if param == "slug" and not isinstance(found, str):
        return "x"
    return found
