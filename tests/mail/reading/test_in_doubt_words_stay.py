"""What could be either the person's or a program's: the person's words stay, the program's go."""

import pytest

from exchange.mail.reading.actions import open_mail
from tests.mail.reading.programs import FIELDS, WROTE, marked, page, plain

OWN = "We meet on Sundays."
OURS = """-=-=- You can answer above this line, or between the lines -=-=-

Three questions

Ines answered:

1. How many families?

2. Who goes along?

Read and answer
https://exchange.example/questions/1/

--

To hear less, or nothing:
https://exchange.example/following/1/"""
ASKED = "Please answer:\n\n1. How many families?\n2. Who goes along?"
BESIDE = ASKED.replace("families?", "families? Nine.").replace("along?", "along? The nurse.")


@pytest.mark.parametrize(
    "said",
    [
        "I answer below each.",
        "Je réponds sous chaque question.",
        "Contesto abajo de cada una.",
        "Respondo abaixo.",
        "Ich antworte unten.",
        "Rispondo sotto.",
        "Nimejibu hapa chini.",
        "أجيب تحت كل سؤال.",
        "Отвечаю ниже.",
        "Aşağıda cevap verdim, cevaplar altında.",
        "Saya jawab di bawah.",
        "नीचे जवाब हैं, जवाब नीचे।",
    ],
)
def test_announced_answers_in_a_quote_without_marks_stay(said):
    typed = OURS.replace("families?", "families?\n\nNine, with the twins.")
    words = open_mail(plain(f"{said}\n\n{FIELDS}\n\n{typed}")).words
    assert "Nine, with the twins." in words
    assert "hear less" not in words


def test_answers_behind_numbered_questions_are_found_without_our_marker():
    assert open_mail(plain(f"{WROTE}\n\n{marked(BESIDE)}")).words == "Nine.\n\nThe nurse."


def test_announced_answers_on_marked_lines_stay():
    quote = marked("Who pays the bus? The chief does.\nThanks")
    assert (
        "The chief does." in open_mail(plain(f"See my answers beside.\n\n{WROTE}\n{quote}")).words
    )


@pytest.mark.parametrize("lead", ["We say:\n", "We say:\n\n"])
@pytest.mark.parametrize("below", ["", f"\n\n{FIELDS}\n\n{OURS}", f"\n\n{WROTE}\n{marked(OURS)}"])
def test_a_proverb_with_marks_stays(lead, below):
    own = f"{lead}> Little by little.\n\nSo we did."
    assert open_mail(plain(f"{own}{below}")).words == own


def test_a_proverb_above_a_head_that_lost_its_line_breaks_stays():
    head = "---- Original message ----From: A <a@example.org> Date: 1/2/2026 To: b Subject: c"
    own = "We say:\n> Little by little.\nSo we did."
    assert open_mail(plain(f"{own}\n\n{head}\n{OURS}")).words == own


def test_numbers_with_a_sign_in_front_are_no_quote():
    own = "This year:\n> 5 children came\n>3 stayed"
    assert open_mail(plain(f"{WROTE}\n{marked('Hello all.')}\n\n{own}")).words == own


def test_a_list_with_bars_is_no_quote():
    own = "| Monday nurse\n| Tuesday teacher\n| Friday chief"
    assert open_mail(plain(own)).words == own
    quoted = f"{WROTE}\n| How many?\n|\n| Hello\n\nNine.\n\n| Who?\n\nThe nurse."
    assert open_mail(plain(quoted)).words == "Nine.\n\nThe nurse."


def test_what_is_written_below_a_signature_stays():
    text = f"{OWN}\n-- \nAmina Yusuf\nNakuru\n\nI forgot: on the 15th only the women."
    assert open_mail(plain(text)).words == f"{OWN}\n\nI forgot: on the 15th only the women."
    motto = f"{OWN}\n-- \nAmina Yusuf\nNakuru\n\n“Every child counts for all of us.”"
    assert open_mail(plain(motto)).words == OWN


def test_sentences_below_two_dashes_stay_in_every_script():
    own = "በየሐሙሱ ከዛፉ ሥር እንገናኛለን።\n\n--\n\nአለቃው አንድ ጊዜ መጡ፣ ከዚያም እህታቸውን ላኩ።"
    assert open_mail(plain(own)).words == own


@pytest.mark.parametrize("where", ["below", "above"])
def test_nothing_is_cut_whole_because_we_know_another_mail(where):
    """The mail of ours is known, and it is another one that is quoted."""
    foreign = "The training is on the fifth of March.\nBring two cups."
    parts = [FIELDS, foreign, OWN] if where == "below" else [OWN, FIELDS, foreign]
    assert OWN in open_mail(plain("\n\n".join(parts)), sent_text=OURS).words


@pytest.mark.parametrize("typed", ["https://www.example.org/guide", "👍", "3"])
def test_a_link_an_emoji_or_a_number_inside_our_mail_stays(typed):
    quote = OURS.replace("Ines answered:", f"Ines answered:\n\n{typed}")
    assert open_mail(plain(f"{FIELDS}\n\n{quote}"), sent_text=OURS).words == typed


def test_our_own_links_behind_a_filter_are_ours():
    quote = OURS.replace("https://exchange.example/", "https://eu.safelinks.example.com/?url=x")
    assert open_mail(plain(f"{OWN}\n\n{FIELDS}\n\n{quote}"), sent_text=OURS).words == OWN


def test_a_numbered_list_of_our_page_is_read_as_it_was_sent():
    html = (
        f"<div>{OWN}</div><div class='gmail_quote'><div class='gmail_attr'>{WROTE.replace('<', '&lt;')}"
        "</div><blockquote class='gmail_quote'><ol>\n<li>\n<p>How many families?</p>\n</li>\n"
        "<li>\n<p>Who goes along?</p>\n</li></ol></blockquote></div>"
    )
    opened = open_mail(page(html), sent_text=ASKED)
    assert opened.words == OWN
    assert "1. How many families?" in opened.cut


def test_own_questions_with_answers_stay_on_their_lines():
    own = "1. How many? Nine.\n2. Who? The nurse."
    assert open_mail(plain(f"{own}\n\n{WROTE}\n{marked(OURS)}")).words == own
    assert open_mail(plain(f"{FIELDS}\n\n{OURS}\n\n{own}"), sent_text=OURS).words == own


@pytest.mark.parametrize(
    "head",
    [
        "Grace Adoyo via the Exchange wrote on 16.11.2026 18.02",
        "Joseph via the Exchange <reply+a@exchange.example>,\n16 Kas 2026 Pzt, 18:02 tarihinde şunu yazdı:",
    ],
)
def test_heads_that_are_broken_or_have_no_colon_go(head):
    assert open_mail(plain(f"{OWN}\n\n{head}\n\n{marked(OURS)}")).words == OWN


@pytest.mark.parametrize(
    "below",
    [
        "Obter o BlueMail para Android",
        "Téléchargez Spark pour iOS",
        "Scarica AquaMail per Android",
        "[cid:image001.png@01DB0000]",
        "---\nEste correo ha sido analizado en busca de virus por Avast.\nhttps://avast.example.com",
        "**********\nFree e-mail with 10 GB: https://mail.example.com\n**********",
        "Ce message a été envoyé par SMS, passerelle +1 202 555 0121.",
    ],
)
def test_what_programs_add_goes(below):
    assert open_mail(plain(f"{OWN}\n\n{below}")).words == OWN
    assert open_mail(plain(f"{OWN}\n\n{below}\n\n{WROTE}\n{marked(OURS)}")).words == OWN


def test_a_question_put_in_own_words_stays_with_its_answer():
    own = "1. How many? Nine.\n2. Who goes? The nurse."
    quote = OURS.replace("1. How many families?", f"1. How many families?\n\n{own}")
    assert open_mail(plain(f"{FIELDS}\n\n{quote}"), sent_text=OURS).words == own


def test_our_foot_below_a_rule_that_was_typed_is_ours():
    sent = OURS.replace("--\n", "--\n\nYou get this because you asked.\n")
    quote = sent.replace("Ines answered:", f"Ines answered:\n\n--\n\n{OWN}")
    words = open_mail(plain(f"{FIELDS}\n\n{quote}"), sent_text=sent).words
    assert OWN in words
    assert "You get this" not in words
