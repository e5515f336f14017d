"""What stands in a digest, for whom, and when there is none.
Run by pytest alone."""

import pytest

from tests.alerts.digests.conftest import said, watching, wishing

pytestmark = pytest.mark.django_db


def test_a_digest_brings_what_is_new_on_a_topic_they_follow(amina, femi, digest_of):
    wishing(amina)
    watching(amina)
    row = said(femi, "Who opens your meetings?")

    mail = digest_of(amina)

    assert mail.subject == "Your digest: one thing is new"
    assert row.title in mail.text
