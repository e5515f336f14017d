"""The page at /outbox/: for the person at this machine and for nobody else.
See test_sending.py for how the files come there."""

import pytest
from django.test import Client

from exchange.ledger import worker
from exchange.mail.models import OutgoingMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_this_machine() -> Client:
    return Client(REMOTE_ADDR="127.0.0.1", HTTP_HOST="127.0.0.1:8000")


@pytest.fixture
def letter(write) -> OutgoingMail:
    mail = write(
        subject="Your code", text="Hello,\n\nhere is your code:\n\n  JKPM-7TRN\n\n<b>Bye</b>\n"
    )
    worker.run_until_idle()
    return mail


def pages(mail):
    return ["/outbox/", f"/outbox/{mail.pk}/", f"/outbox/{mail.pk}.eml"]


def test_the_newest_mail_is_first_and_its_code_is_plain_to_see(at_this_machine, letter, write):
    write(subject="A later letter")

    page = at_this_machine.get("/outbox/").content.decode()

    assert page.index("A later letter") < page.index("Your code")
    assert page.count("JKPM-7TRN</strong>") == 1
    assert 'name="robots" content="noindex"' in page


def test_a_mail_is_shown_as_text_and_never_as_markup(at_this_machine, letter):
    page = at_this_machine.get(f"/outbox/{letter.pk}/")

    assert page.status_code == 200
    assert "JKPM-7TRN" in page.content.decode()
    assert "&lt;b&gt;Bye&lt;/b&gt;" in page.content.decode()
    assert "<b>Bye" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_mail_in_arabic_is_shown_from_right_to_left(at_this_machine, write):
    mail = write(subject="رمزك", text="مرحبا بك\n", language="ar")

    page = at_this_machine.get(f"/outbox/{mail.pk}/").content.decode()

    assert 'lang="ar" dir="rtl"' in page


def test_the_file_itself_can_be_fetched(at_this_machine, letter):
    answer = at_this_machine.get(f"/outbox/{letter.pk}.eml")

    assert (answer.status_code, answer["Content-Type"]) == (200, "message/rfc822")
    assert answer.content.startswith(b"From: The Exchange")
    assert letter.file_name in answer["Content-Disposition"]


@pytest.mark.parametrize(
    "somebody",
    [
        {"REMOTE_ADDR": "192.168.1.20", "HTTP_HOST": "127.0.0.1:8000"},
        {"REMOTE_ADDR": "2001:db8::1", "HTTP_HOST": "127.0.0.1:8000"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1", "HTTP_FORWARDED": "for=10.0.0.1"},
        {"REMOTE_ADDR": "", "HTTP_HOST": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "rebound.example:8000"},
    ],
    ids=[
        "the house's network",
        "far away",
        "a proxy",
        "another proxy",
        "nowhere",
        "a rebound name",
    ],
)
def test_to_everybody_else_the_page_does_not_exist(letter, somebody):
    assert [Client(**somebody).get(page).status_code for page in pages(letter)] == [404] * 3


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_this_machine_may_be_called_by_each_of_its_names(letter, host):
    client = Client(REMOTE_ADDR="::1", HTTP_HOST=host)

    assert [client.get(page).status_code for page in pages(letter)] == [200] * 3


def test_in_production_the_page_does_not_exist(at_this_machine, letter, settings):
    settings.PRODUCTION = True
    # Until it was opened the Exchange answers 503 to everything: look behind that door.
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "NotOpenYet" not in name]

    assert [at_this_machine.get(page).status_code for page in pages(letter)] == [404] * 3


def test_a_long_outbox_is_shown_in_pages(at_this_machine, write, django_assert_num_queries):
    for number in range(31):
        write(subject=f"Letter {number}")

    with django_assert_num_queries(1):
        first = at_this_machine.get("/outbox/").content.decode()
    oldest_shown = OutgoingMail.objects.order_by("-id")[29]
    second = at_this_machine.get(f"/outbox/?before={oldest_shown.pk}").content.decode()

    assert f'href="?before={oldest_shown.pk}"' in first
    assert ("Letter 30" in first, "Letter 0<" in first) == (True, False)
    assert "Letter 0<" in second
    assert 'href="?before=' not in second


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "٣"])
def test_a_strange_page_number_breaks_nothing(at_this_machine, letter, before):
    assert at_this_machine.get("/outbox/", {"before": before}).status_code == 200


def test_an_empty_outbox_says_how_to_fill_it(at_this_machine):
    assert "Ask for a sign-in code" in at_this_machine.get("/outbox/").content.decode()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("ABCD-1234", "ABCD-1234"),
        ("482913", "482913"),
        ("HELLO", ""),
        ("The code is 482913", ""),
    ],
)
def test_a_code_is_a_line_of_its_own(write, at_this_machine, line, code):
    mail = write(text=f"Hello\n{line}\nBye\n")

    page = at_this_machine.get(f"/outbox/{mail.pk}/").content.decode()

    assert ("Code in this mail" in page) == bool(code)
