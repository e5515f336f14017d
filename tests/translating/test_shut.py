"""What a translation does not go past: a pause of its translator, and a protected voice."""

from datetime import timedelta

import pytest

from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.members.models import Member
from exchange.translating import actions
from exchange.translating.errors import NotAllowed
from exchange.translating.models import Translation

pytestmark = pytest.mark.django_db


def _kept(question: Contribution, by: Member, first: str) -> Translation:
    row = actions.begin(contribution=question, reply=None, language="en", by=by)
    typed = {"title": ["How?"], "body": [first, "Nobody asks children."]}
    return actions.keep(row=row, by=by, typed=typed, version=row.version)


def test_who_is_paused_sends_nothing_that_was_begun_before(question, baraka):
    row = _kept(question, baraka, "Elders decide.")
    baraka.paused_until = now() + timedelta(days=3)
    baraka.save(update_fields=["paused_until"])
    with pytest.raises(NotAllowed):
        actions.send(row=row, by=baraka)


def test_a_translation_that_could_name_the_protected_waits_for_a_host(question, baraka, eshe):
    Contribution.objects.filter(pk=question.pk).update(is_protected=True, author=None, shown_as="")
    question.refresh_from_db()
    row = actions.send(row=_kept(question, baraka, "Elders decide, Eshe says."), by=baraka)
    assert row.is_held
    again = actions.keep(
        row=row,
        by=baraka,
        typed={**row.pieces, "body": ["Elders decide.", "Nobody asks children."]},
        version=row.version,
    )
    assert not actions.send(row=again, by=baraka).is_held
