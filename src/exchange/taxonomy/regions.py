"""Which regions a country lies in: the reach of a hub.
Called by alerts and digests; read once from the starter's list."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import yaml

STARTER = Path(__file__).parent / "starter" / "regions.yaml"


def regions_of(countries: Iterable[str]) -> frozenset[str]:
    """The slugs of all regions that one of these countries lies in."""
    wanted = {code.upper() for code in countries}
    return frozenset(region for region, codes in _regions().items() if wanted & codes)


def countries_of(region: str) -> frozenset[str]:
    """The codes of a region's countries; none for one that stands for the whole world."""
    return _regions().get(region, frozenset())


@lru_cache(maxsize=1)
def _regions() -> dict[str, frozenset[str]]:
    document = yaml.safe_load(STARTER.read_text(encoding="utf-8"))
    return {region: frozenset(codes) for region, codes in document.items()}
