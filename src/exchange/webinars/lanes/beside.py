"""What the lasting page of a webinar shows of lanes: what was written along, and its slides.
Called by the page, in one question to the database."""

from __future__ import annotations

from django.db.models import CharField, F, IntegerField, Q, Value

from exchange.core.languages import direction
from exchange.members.models import Member
from exchange.webinars.lanes.queries import own_name
from exchange.webinars.models import Line, Seat, Slide, Webinar
from exchange.webinars.rules import Roles


def beside(
    webinar: Webinar, *, reader: Member | None, seat: Seat | None, roles: Roles
) -> dict[str, object]:
    """Nothing before anything was said."""
    if not (webinar.is_live or webinar.is_over):
        return {}
    written = Q(lane__webinar_id=webinar.pk)
    lines = Line.objects.shown().filter(written).order_by().values_list("lane__language")
    told = lines.annotate(n=Value(0, output_field=IntegerField())).distinct()
    slides = Slide.objects.out().filter(webinar_id=webinar.pk).order_by()
    numbered = slides.annotate(code=Value("", output_field=CharField())).values_list(
        "code", F("number") + 0
    )
    found = sorted(told.union(numbered))
    codes = [code for code, _number in found if code]
    return {
        "lane_names": [(code, own_name(code), direction(code)) for code in codes],
        "slide_count": sum(1 for code, _number in found if not code),
    }
