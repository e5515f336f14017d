"""Finding a brief or an edition as somebody may see it.
Called by the views and matters of this room."""

from __future__ import annotations

from typing import Any

from exchange.briefings.models import Brief, Newsletter
from exchange.members.models import Member

_NO_NUMBER = 2**63


def briefs(reader: Member | None) -> Any:
    """Every brief this person may see. What one host prepares, the others prepare with them. The
    manager comes from the parent, so types would say Contribution."""
    return _seen(Brief, reader)


def every_brief() -> Any:
    """Briefs whatever their state: for actions and letters, which look at it themselves."""
    return Brief.objects


def newsletters(reader: Member | None) -> Any:
    """Every edition of a newsletter this person may see, as `briefs`."""
    return _seen(Newsletter, reader)


def brief(pk: int, reader: Member | None) -> Brief | None:
    """One brief, if they may see it."""
    found: Brief | None = _numbered(briefs(reader), pk).first()
    return found


def newsletter(pk: int, reader: Member | None) -> Newsletter | None:
    """One edition, if they may see it."""
    found: Newsletter | None = _numbered(newsletters(reader), pk).first()
    return found


def _seen(model: Any, reader: Member | None) -> Any:
    if reader is not None and reader.is_authenticated and reader.is_host:
        return model.objects.filter(sealed_at=None)
    return model.objects.visible_to(reader)


def _numbered(rows: Any, pk: int) -> Any:
    """Those of one number; an address may hold one that no database has."""
    return rows.filter(pk=pk) if pk < _NO_NUMBER else rows.none()
