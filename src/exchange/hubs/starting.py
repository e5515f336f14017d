"""The hubs a new Exchange begins with, from starter/hubs.yaml.
Called by `load_starter`; running it again changes nothing that hosts may have changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from exchange.hubs.models import Space
from exchange.hubs.spaces.actions import Words, open_space
from exchange.taxonomy.regions import countries_of

STARTER = Path(__file__).parent / "starter" / "hubs.yaml"


def load() -> int:
    """Open the hubs that are missing; gives how many."""
    entries: list[dict[str, Any]] = yaml.safe_load(STARTER.read_text(encoding="utf-8"))
    there = set(Space.objects.hubs().values_list("region", flat=True))
    missing = [entry for entry in entries if entry["region"] not in there]
    for entry in missing:
        open_space(kind=Space.Kind.HUB, words=_words(entry), by=None, region=entry["region"])
    return len(missing)


def _words(entry: dict[str, Any]) -> Words:
    return Words(
        name=entry["names"]["en"],
        names=entry["names"],
        about=entry["abouts"]["en"],
        abouts=entry["abouts"],
        countries=" ".join(sorted(countries_of(entry["region"]))),
        languages=entry["languages"],
        time_zone=entry["time_zone"],
    )
