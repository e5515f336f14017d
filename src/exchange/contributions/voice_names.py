"""How a protected voice is called. Pure.
Called by the models of this room and of conversation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from exchange.taxonomy import vocabulary

NOWHERE = "-"


def name_of_voice(region: str) -> str:
    """In the language of this moment: "A practitioner, East Africa"; without a region, no place."""
    if region and region != NOWHERE:
        where = vocabulary.label(f"region:{region}")
        return _("A practitioner, %(region)s") % {"region": where}
    return _("A practitioner")
