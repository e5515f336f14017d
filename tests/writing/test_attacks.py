"""Ways around the writing room's rules: each is closed.
Run by pytest alone."""

from datetime import timedelta

from exchange.briefings.models import Due
from exchange.core.time import now
from exchange.members.models import Member
from exchange.writing.publishing.actions import press
from exchange.writing.scheduling.actions import do_due
from tests.writing.test_publishing import changed, row_of, written


def test_the_words_of_who_is_no_host_any_more_do_not_go_out_in_anothers_name(
    beatriz: Member, desta: Member
) -> None:
    page = written(beatriz)
    press(revision=page.latest_revision, by=beatriz)
    page.refresh_from_db()
    revision = changed(page, desta, "<p>Other words of somebody else.</p>")
    draft = revision.as_object()
    draft.go_live_at = now() + timedelta(hours=1)
    press(revision=draft.save_revision(user=desta), by=desta)
    Member.objects.filter(pk=desta.pk).update(hosting_since=None)

    do_due(moment=now() + timedelta(hours=2))

    assert "somebody else" not in row_of(page).body
    assert not Due.objects.filter(page_id=page.pk, at__lte=now() + timedelta(hours=3)).exists()
