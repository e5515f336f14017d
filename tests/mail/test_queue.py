"""What is taken into the queue and what is refused.
See test_sending.py for the way out."""

from email import message_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exchange.ledger.models import Delivery, Event
from exchange.mail.actions import drop_queued, queue_mail
from exchange.mail.letters import compose
from exchange.mail.models import OutgoingMail
from exchange.mail.rules import MailRefused


@pytest.mark.django_db
def test_a_mail_is_queued_with_one_delivery_and_the_ledger_learns_no_address(write):
    mail = write(key="alert:1", headers={"Reply-To": "reply@example.org"})

    assert (mail.state, mail.to_address) == ("queued", "amina@example.org")
    event = Event.objects.get()
    assert (event.kind, event.subject_type, event.subject_id) == ("mail.queued", "mail", mail.pk)
    assert event.detail == {}
    assert Delivery.objects.get().consumer == "mail.send"


@pytest.mark.django_db
def test_the_same_key_again_gives_back_the_first_mail(write):
    first = write(key="alert:1")
    second = write(key="alert:1", subject="Another subject")

    assert (second.pk, second.subject) == (first.pk, "Your question was answered")
    assert (OutgoingMail.objects.count(), Delivery.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_mails_without_a_key_are_different_mails(write):
    assert write().key != write().key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("different", "code"),
    [
        ({"to": ""}, "no-recipient"),
        ({"to": " "}, "no-recipient"),
        ({"to": "amina"}, "bad-address"),
        ({"to": "amina@example.org, chen@example.org"}, "bad-address"),
        ({"to": "Amina <amina@example.org>"}, "bad-address"),
        ({"to": f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"}, "bad-address"),
        ({"to": "amina@example.org\nBcc: chen@example.org"}, "header-break"),
        ({"subject": "Hello\r\nBcc: chen@example.org"}, "header-break"),
        ({"subject": "Hello\u2028Bcc: chen@example.org"}, "header-break"),
        ({"subject": "Hello\x00"}, "header-break"),
        ({"subject": "   "}, "empty"),
        ({"text": "\n"}, "empty"),
        ({"subject": "x" * 201}, "too-large"),
        ({"text": "x" * 200_001}, "too-large"),
        ({"html": "x" * 400_001}, "too-large"),
        ({"text": "a\x00b"}, "bad-character"),
        ({"html": "\ud800"}, "bad-character"),
        ({"headers": {"Reply-To": "a@b.org\nBcc: chen@example.org"}}, "header-break"),
        ({"headers": {"Bcc": "chen@example.org"}}, "bad-header"),
        ({"headers": {"from": "chen@example.org"}}, "bad-header"),
        ({"headers": {"X-A: b\nBcc": "chen@example.org"}}, "bad-header"),
        ({"headers": {"X-Name": "أمينة"}}, "bad-header"),
        ({"headers": {"References": "x" * 901}}, "too-large"),
        ({"key": "sign-in:amina@example.org"}, "bad-key"),
        ({"key": "x" * 121}, "bad-key"),
        ({"purpose": "Your answer"}, "bad-purpose"),
        ({"language": "english please"}, "bad-language"),
    ],
)
def test_what_would_break_a_mail_is_refused_with_a_code(write, different, code):
    with pytest.raises(MailRefused) as refusal:
        write(**different)

    assert refusal.value.code == code
    assert "amina" not in str(refusal.value)
    assert not OutgoingMail.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(subject=st.text(max_size=60), text=st.text(max_size=200), value=st.text(max_size=60))
def test_no_text_at_all_adds_a_header_or_breaks_the_composing(subject, text, value):
    try:
        mail = queue_mail(
            to="amina@example.org",
            subject=subject,
            text=text,
            purpose="alert",
            headers={"X-Thread": value},
        )
    except MailRefused:
        return

    names = sorted(message_from_bytes(compose(mail)).keys())
    assert names == sorted(
        [
            "From",
            "To",
            "Subject",
            "Date",
            "Message-ID",
            "Auto-Submitted",
            "Content-Language",
            "X-Thread",
            "MIME-Version",
            "Content-Type",
            "Content-Transfer-Encoding",
        ]
    )


@pytest.mark.django_db
def test_mails_not_gone_yet_can_be_stopped_by_the_beginning_of_their_key(write):
    write(key="contribution:7:member:1")
    write(key="contribution:7:member:2")
    write(key="contribution:77:member:1")

    stopped = drop_queued(key_prefix="contribution:7:")

    assert stopped == 2
    assert OutgoingMail.objects.get(state="queued").key == "contribution:77:member:1"


@pytest.mark.django_db
def test_a_newsletter_in_the_queue_lets_a_code_pass(write):
    write(key="newsletter:1", purpose="newsletter")
    write(key="code:1", purpose="code")

    ranks = dict(Delivery.objects.values_list("event__kind", "rank"))
    assert ranks == {"mail.bulk_queued": Delivery.Rank.BULK, "mail.queued": Delivery.Rank.USUAL}
