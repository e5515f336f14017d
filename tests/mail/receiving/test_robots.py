"""What nobody wrote is never posted and never answered; what comes twice is one.
Run by pytest alone."""

from __future__ import annotations

import pytest

from exchange.mail import tokens
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import OutgoingMail
from exchange.mail.receiving.recognising import is_vacation
from exchange.mail.tokens import What
from tests.mail.receiving.conftest import mail

pytestmark = pytest.mark.django_db

MARKS = [
    ({"Auto_Submitted": "auto-replied"}, "auto-submitted"),
    ({"Auto_Submitted": "auto-generated; owner-email=x@example.org"}, "auto-submitted"),
    ({"Precedence": "bulk"}, "precedence"),
    ({"Precedence": "List"}, "precedence"),
    ({"Precedence": "junk"}, "precedence"),
    ({"Precedence": "auto_reply"}, "precedence"),
    ({"X_Auto_Response_Suppress": "All"}, "auto-response-suppress"),
    ({"X_Autoreply": "yes"}, "auto-reply"),
    ({"X_Autorespond": "holiday"}, "auto-reply"),
    ({"List_Id": "<friends.example.org>"}, "mailing-list"),
    ({"List_Unsubscribe": "<mailto:x@example.org>"}, "mailing-list"),
    ({"X_Loop": "friends@example.org"}, "x-loop"),
    ({"From": "MAILER-DAEMON@example.org"}, "robot-sender"),
    ({"From": "No Reply <no-reply@example.org>"}, "robot-sender"),
    ({"From": "ask@exchange.example"}, "our-own-address"),
    ({"From": "The Exchange <exchange@exchange.example>"}, "our-own-address"),
    ({"Message_ID": f"<{'a1' * 20}@exchange.example>"}, "loop"),
]


@pytest.mark.parametrize(("heads", "code"), MARKS)
def test_a_robot_is_heard_and_not_answered(house, deliver, heads, code) -> None:
    row = deliver(mail(**heads), to=tokens.address(What.ANSWER, person=7, item=12))

    assert house.taken == []
    assert row.state == "ignored"
    assert row.outcome == code
    assert not OutgoingMail.objects.exists()


def test_a_person_who_says_that_they_are_one_is_heard(house, deliver) -> None:
    deliver(mail(Auto_Submitted="no", X_Auto_Response_Suppress="None"))

    assert house.names == ["mailboxes:question"]


def test_a_mail_that_has_gone_in_circles_ends_here(house, deliver) -> None:
    letter = mail()
    for hop in range(31):
        letter.add_header("Received", f"from mx{hop}.example.org")

    assert deliver(letter).outcome == "too-many-hops"


def test_an_envelope_without_a_sender_is_never_answered(house, deliver) -> None:
    row = deliver(mail(), sender="")

    assert (row.state, row.outcome) == ("ignored", "no-envelope-sender")
    assert house.taken == []


def test_a_polled_mailbox_says_so_in_a_header(house, deliver) -> None:
    deliver(mail(), sender="", via="imap")
    row = deliver(mail(Return_Path="<>"), sender="", via="imap")

    assert house.names == ["mailboxes:question"]
    assert row.state == "ignored"


SUBJECTS = [
    "Automatic reply: Your question was answered",
    "Out of Office: Re: Your question",
    "Auto: away",
    "Réponse automatique : Votre question",
    "Absence du bureau",
    "Respuesta automática: Su pregunta",
    "Fuera de la oficina",
    "Resposta automática: A sua pergunta",
    "Fora do escritório",
    "رد تلقائي: سؤالك",
    "Jibu la moja kwa moja: swali lako",
    "Automatische Antwort: Ihre Frage",
    "Abwesenheitsnotiz: Ihre Frage",
    "Risposta automatica: La sua domanda",
    "Automatisch antwoord: Uw vraag",
]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_subject_of_a_vacation_note_is_known(subject) -> None:
    assert is_vacation(subject)


@pytest.mark.parametrize(
    "subject",
    ["Re: Your question was answered", "Autonomy of children", "Autoridades locales", "Vacations"],
)
def test_other_subjects_are_not(subject) -> None:
    assert not is_vacation(subject)


def test_a_vacation_subject_alone_proves_nothing(house, deliver) -> None:
    deliver(mail(Subject="Out of office hours: who looks after the children?"))

    assert house.names == ["mailboxes:question"]


def test_a_vacation_subject_in_answer_to_us_is_left_to_a_host(house, deliver) -> None:
    ours = queue_mail(
        to="amina@example.org",
        subject="Your question was answered",
        text="Somebody has answered.\n",
        purpose="alert",
        about=About(person=7, item="contribution:12"),
    )

    row = deliver(
        mail(Subject="Out of office: Your question was answered", In_Reply_To=ours.message_id)
    )

    assert (row.state, row.outcome) == ("kept", "perhaps-automatic")
    assert house.taken == []


def test_the_same_mail_twice_is_one(house, deliver) -> None:
    letter = mail()

    first, second = deliver(letter), deliver(letter)

    assert len(house.taken) == 1
    assert (first.state, second.state, second.outcome) == ("done", "ignored", "duplicate")


def test_the_same_mail_to_two_addresses_is_two(house, deliver) -> None:
    letter = mail()
    deliver(letter, to="ask@exchange.example")
    deliver(letter, to="east-africa@exchange.example")

    assert len(house.taken) == 2


def test_a_mail_without_an_id_is_known_by_itself_and_not_by_its_way(house, deliver) -> None:
    letter = mail(Message_ID="")
    deliver(letter)
    letter.add_header("Received", "from another.example.org")
    again = deliver(letter)
    other = deliver(mail("Another text.", Message_ID=""))

    assert (again.outcome, other.state) == ("duplicate", "done")
    assert len(house.taken) == 2
