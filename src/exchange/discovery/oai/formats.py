"""The forms in which a record is given to harvesters. `oai_dc` is what everybody must have, and
what CORE and OpenAIRE's older guidelines read; `oai_openaire` is the profile that OpenAIRE asks
repositories of literature for. Read by the answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from exchange.contributions.describing import Description
from exchange.contributions.formats import dublin_core, openaire


@dataclass(frozen=True)
class Format:
    """One form: where its schema lies, its namespace, and how a record looks in it."""

    schema: str
    namespace: str
    element: Callable[[Description], Any]


FORMATS = {
    "oai_dc": Format(dublin_core.SCHEMA, dublin_core.NAMESPACE, dublin_core.element),
    "oai_openaire": Format(openaire.SCHEMA, openaire.NAMESPACE, openaire.element),
}
