"""A paused member reads in their group and writes nothing there until the pause ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exchange.core.time import now
from exchange.hubs.errors import NotNow
from exchange.hubs.models import Pair, Paper
from exchange.hubs.pairs import actions as pairs
from exchange.hubs.working import papers
from exchange.hubs.working.errors import NotAllowed
from exchange.hubs.working.papers import Written

pytestmark = pytest.mark.django_db


def test_who_is_paused_reads_but_writes_nothing_in_the_group(group, amina, juma) -> None:
    paper = papers.write(group, kind="decision", by=amina, written=Written(title="Meet monthly?"))
    pair = Pair.objects.create(space=group, first=amina, second=juma, state=Pair.State.LIVING)
    amina.paused_until = now() + timedelta(days=3)
    amina.save(update_fields=["paused_until"])

    assert Paper.objects.visible_to(amina).filter(pk=paper.pk).exists()
    with pytest.raises(NotAllowed):
        papers.write(group, kind="decision", by=amina, written=Written(title="Or weekly?"))
    with pytest.raises(NotAllowed):
        papers.change(paper, by=amina, written=Written(title="Weekly?"), version=paper.version)
    with pytest.raises(NotNow):
        pairs.write(pair=pair, member=amina, words="Hello")
