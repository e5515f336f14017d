"""What of a mail is somebody's own, and what of the rest can be put back: over all the mails in the
reading room's own collection. Read by pytest alone."""

from pathlib import Path

import pytest

from exchange.contributions.bymail.written import just_now
from exchange.core.time import now
from exchange.mail.inbound import Arrived
from exchange.mail.reading.actions import open_mail

MAILS = sorted((Path(__file__).parents[2] / "mail").glob("replies*/*.eml"))
DOMAIN = "in.exchange.example.org"


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.django_db
def test_put_together_a_mail_has_all_its_own_words_and_no_address_with_a_token(settings) -> None:
    settings.MAIL_DOMAIN = DOMAIN
    assert len(MAILS) > 100

    for file in MAILS:
        opened = open_mail(file.read_bytes())
        mail = just_now(Arrived(1, opened, None, "none", now()))
        whole = flat(mail.put_together().words)
        lost = [line for line in mail.words.splitlines() if flat(line) not in whole]
        assert (file.name, lost) == (file.name, [])
        assert f"@{DOMAIN}" not in mail.left_out, file.name
