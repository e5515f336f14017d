"""What a mail says to mail programs: which list, how to stop it, its thread, where answers go.
Run by pytest alone."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import default

import pytest

from exchange.mail import tokens
from exchange.mail.headers import answering, in_thread, list_headers, reply_to, stop_page
from exchange.mail.letters import compose
from exchange.mail.tokens import What


def headers_for(**different):
    usual = {
        "name": "A question you follow",
        "slug": "question-12",
        "what": What.STOP_FOLLOW,
        "person": 7,
        "item": 12,
        "page": "https://exchange.example/questions/12/",
        "thread": 12,
    }
    return list_headers(**{**usual, **different})


@pytest.fixture(autouse=True)
def domain(settings):
    settings.MAIL_DOMAIN = "exchange.example"
    settings.BASE_URL = "https://exchange.example"


def test_the_list_says_how_to_stop_it_by_one_click_and_by_mail():
    headers = headers_for()

    click, by_mail = headers["List-Unsubscribe"].split(", ")
    assert click.startswith("<https://exchange.example/mail/stop/")
    assert by_mail.startswith("<mailto:stop+")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = tokens.read(click.rstrip("/>").rpartition("/")[2])
    assert (token.what, token.person, token.item) == (What.STOP_FOLLOW, 7, 12)
    assert headers["List-Id"] == "A question you follow <question-12.exchange.example>"
    assert headers["List-Archive"] == "<https://exchange.example/questions/12/>"


def test_the_link_in_the_text_is_no_key_to_the_one_click():
    page = stop_page(what=What.STOP_FOLLOW, person=7, item=12).rstrip("/").rpartition("/")[2]

    assert tokens.read(page).what == What.PAGE_FOLLOW
    assert page not in headers_for()["List-Unsubscribe"]


def test_mails_about_one_contribution_are_one_thread_and_digests_are_none():
    assert headers_for()["References"] == in_thread(12)["References"]
    assert in_thread(12) != in_thread(13)
    assert in_thread(12)["References"] == in_thread(12)["In-Reply-To"]
    assert "References" not in headers_for(thread=0)


def test_a_name_in_another_script_becomes_encoded_words():
    name = "سؤال تتابعه أنت مع زملائك في المجموعة"
    value = headers_for(name=name)["List-Id"]

    assert value.isascii()
    assert all(len(word) <= 75 for word in value.split())
    assert str(make_header(decode_header(value.rpartition(" <")[0]))) == name


def test_a_name_with_line_breaks_and_quotes_breaks_nothing():
    assert headers_for(name='A "b"\r\nBcc: x\\')["List-Id"].startswith('"A b Bcc: x" <')


@pytest.mark.django_db
def test_they_are_taken_into_the_queue_and_stay_whole(write):
    mail = write(headers={**headers_for(), **reply_to(what=What.ANSWER, person=7, item=12)})

    letter = message_from_bytes(compose(mail), policy=default)
    assert letter["List-Unsubscribe"] == mail.headers["List-Unsubscribe"]
    assert "reply+" in letter["Reply-To"]
    assert letter["Auto-Submitted"] == "auto-generated"


@pytest.mark.django_db
def test_an_answer_of_the_program_to_a_mail_says_so(write):
    mail = write(headers=answering("<abc@mail.example.org>"))

    letter = message_from_bytes(compose(mail), policy=default)
    assert letter.get_all("Auto-Submitted") == ["auto-replied"]
    assert letter["In-Reply-To"] == "<abc@mail.example.org>"


@pytest.mark.parametrize("nonsense", ["", "abc", "<a\r\nBcc: x>", "<é@x>"])
def test_an_id_that_is_none_is_left_out(nonsense):
    assert answering(nonsense) == {"Auto-Submitted": "auto-replied"}
