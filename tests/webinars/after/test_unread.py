"""Words of webinars that wait for a host stand in the desk's morning.
Run by pytest alone."""

from django.test import Client
from django.urls import reverse

from exchange.core import waiting
from exchange.webinars.models import Lane, Line, Tried
from tests import cast


def test_what_somebody_tried_waits_in_the_morning(webinar, beatriz):
    desk = cast.signed_in(Client(), beatriz)
    url = reverse("webinars-desk:after", args=[webinar.pk])
    assert url not in desk.get(reverse("desk:morning")).text

    Tried.objects.create(webinar=webinar, what=Tried.What.TRIED, words="We asked the fathers.")
    waiting.forget()

    shown = desk.get(reverse("desk:morning")).text
    assert url in shown
    assert "fathers" not in shown


def test_a_line_that_a_gate_kept_waits_in_the_morning_until_it_is_sealed(webinar, beatriz):
    lane = Lane.objects.create(webinar=webinar, language="sw")
    line = Line.objects.create(lane=lane, number=1, text="…", state=Line.State.WAITING)
    url = reverse("webinars-desk:one", args=[webinar.pk])

    assert url in [wait.url for wait in waiting.standing()]

    Line.objects.filter(pk=line.pk).update(sealed_at=webinar.created_at)
    waiting.forget()
    assert url not in [wait.url for wait in waiting.standing()]
