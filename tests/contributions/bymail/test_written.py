"""What of a mail is somebody's own, and what of the rest can be put back: over all the mails in the
reading room's own collection. Read by pytest alone."""

from pathlib import Path

import pytest

from exchange.contributions.bymail.written import earlier, just_now
from exchange.core.time import now
from exchange.mail.inbound import Arrived
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.reading.actions import open_mail
from exchange.mail.receiving import keeping

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


SENT = """-=-=- You can answer above this line, or between the lines -=-=-

How do you keep committees going?

Femi answered:

Here the committee meets on market day, after the buying is done.

--

You get this because you follow this question."""
TYPED = "We meet under the tree, on Sundays."


@pytest.mark.django_db
def test_a_mail_taken_up_again_is_read_as_it_was_the_first_time() -> None:
    OutgoingMail.objects.create(
        key="a", purpose="alert", text=SENT, message_id="<1@x.example>", created_at=now()
    )
    quote = SENT.replace("Femi answered:", f"{TYPED}\n\nFemi answered:")
    raw = (
        "From: amina@example.org\nIn-Reply-To: <1@x.example>\n\nHello all,\n\n"
        "From: The Exchange <reply+a@x.example>\nSent: Monday\nTo: Amina\nSubject: x\n\n"
        f"{quote}\n"
    ).encode()
    row = IncomingMail.objects.create(arrival=keeping.put(raw, keeping.Notes()), received_at=now())

    assert earlier(row).words == f"Hello all,\n\n{TYPED}"
    assert earlier(row).words == open_mail(raw, SENT).words
