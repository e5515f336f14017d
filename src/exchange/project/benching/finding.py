"""Finds what can be measured: `exchange.<room>.bench`, and the modules beside this one.
A measurement has NAME, HELP and run(options) -> dict. Called by the `bench` command alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps

_OURS = ("pages", "write")
# A matter of a room may have a measurement of its own.
_MATTERS = (
    "exchange.library.reading.bench",
    "exchange.mail.reading.bench",
    "exchange.alerts.digests.bench",
    "exchange.webinars.live.bench",
)
Options = Mapping[str, Any]
Result = dict[str, Any]


@dataclass(frozen=True)
class Measurement:
    """One thing that can be measured."""

    name: str
    help: str
    run: Callable[[Options], Result]
    # It makes a database of its own, or takes the one it is given.
    own_database: bool = False


def measurements() -> dict[str, Measurement]:
    """Everything that can be measured here, by name."""
    names = [f"exchange.project.benching.{name}" for name in _OURS]
    names += [
        f"{app.name}.bench" for app in apps.get_app_configs() if app.name.startswith("exchange.")
    ]
    names += _MATTERS
    found = [_measurement(import_module(name)) for name in names if find_spec(name)]
    return {one.name: one for one in found}


def _measurement(module: ModuleType) -> Measurement:
    first_line = (module.__doc__ or "").strip().split("\n")[0]
    return Measurement(
        module.NAME,
        getattr(module, "HELP", first_line),
        module.run,
        getattr(module, "OWN_DATABASE", False),
    )
