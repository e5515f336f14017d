"""A newsletter that is taken away leaves by every door that anybody registered. Run by pytest."""

import pytest
from django.test import Client

from exchange.briefings.builder import actions, words
from exchange.briefings.builder.queries import editions_of
from exchange.briefings.models import Newsletter
from exchange.contributions import sealing
from exchange.contributions.actions import withdraw
from exchange.core import doors
from exchange.core.time import now
from exchange.ledger import worker
from tests import cast
from tests.briefings.builder.making import begun
from tests.safeguarding.test_every_door import COMPANION, MARK, WORDS, World

# Those that must let it out while it stands.
SURE = {
    "briefings: a newsletter in the archive",
    "briefings: the feed of newsletters",
    "briefings: the list of newsletters",
}


@pytest.fixture
def here(beatriz, amina, django_capture_on_commit_callbacks):
    """Released and in the archive, every word of its own marked."""
    with django_capture_on_commit_callbacks(execute=True):
        row = editions_of(begun(beatriz))[0]
        words.change_words(
            edition=row,
            title=f"{MARK} {COMPANION}",
            body=WORDS,
            local_title=MARK,
            local=WORDS,
            message=WORDS,
            by=beatriz,
            version=row.version,
        )
        actions.release(edition=row, by=beatriz)
        assert actions.let_out(edition=row)
        row = Newsletter.objects.get(pk=row.pk)
    worker.run_until_idle()
    marked = doors.Marked(
        kind="newsletter",
        pk=row.pk,
        word=MARK,
        companion=COMPANION,
        address=row.get_absolute_url(),
        author_id=beatriz.pk,
        topic="child-participation",
        country="KE",
    )
    people = [Client(), cast.signed_in(Client(), cast.person("Femi", welcomed_at=now()))]
    return World(marked, row, beatriz, amina, None, people)


@pytest.mark.parametrize("act", ["withdraw", "seal"])
def test_it_is_gone_from_every_door(here, act, django_capture_on_commit_callbacks):
    assert here.open_doors() >= SURE

    with django_capture_on_commit_callbacks(execute=True):
        if act == "withdraw":
            withdraw(contribution=here.row, by=here.host, note="Sorry.", recall=True)
        else:
            sealing.seal(contribution=here.row)
    worker.run_until_idle()

    assert here.open_doors() == set()
