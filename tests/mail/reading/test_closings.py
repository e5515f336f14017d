"""Signatures, lines of phones and disclaimers go; names and thanks typed by hand stay."""

import pytest

from exchange.mail.reading.actions import open_mail
from exchange.mail.reading.rules import is_empty
from tests.mail.reading.programs import marked, page, plain

OWN = "We meet on Sundays."
PHONES = [
    "Sent from my iPhone",
    "Sent from my Tecno Spark 8",
    "Sent from Yahoo Mail on Android",
    "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    "Sent from my phone, please excuse brevity",
    "Envoyé de mon iPhone",
    "Envoyé à partir de Outlook pour Android",
    "Envoyé depuis mon téléphone Infinix",
    "Enviado desde mi Samsung",
    "Enviado desde mi teléfono",
    "Enviado do meu iPhone",
    "Enviado do meu itel",
    "أُرسل من هاتفي",
    "تم الإرسال من جهاز Samsung",
    "Imetumwa kutoka simu yangu ya Tecno",
    "Von meinem iPhone gesendet",
    "Inviato da iPhone",
    "Verzonden vanaf mijn Samsung",
    "Отправлено с iPhone",
    "iPhone'umdan gönderildi",
    "发自我的iPhone",
]
NOTICES = [
    (
        "This e-mail and any attachments are confidential and intended solely for the addressee. If you "
        "have received this e-mail in error, please notify the sender."
    ),
    (
        "Ce message et ses pièces jointes sont confidentiels et destinés exclusivement au destinataire. Si "
        "vous avez reçu ce message par erreur, merci d'avertir l'expéditeur et de le détruire."
    ),
    (
        "Este mensaje es confidencial y va dirigido exclusivamente a su destinatario. Si lo ha recibido por "
        "error, notifique al remitente y elimínelo."
    ),
    (
        "Esta mensagem é confidencial e destinada exclusivamente ao destinatário. Se a recebeu por engano, "
        "avise o remetente e apague-a."
    ),
    "هذه الرسالة سرية ومخصصة للمرسل إليه فقط. إذا وصلتك بطريق الخطأ يرجى إبلاغ المرسل وحذفها.",
    (
        "Barua pepe hii ni ya siri na imekusudiwa kwa mlengwa tu. Kama umeipokea kimakosa, tafadhali "
        "mjulishe mtumaji na uifute."
    ),
    (
        "Diese E-Mail ist vertraulich. Wenn Sie diese E-Mail irrtümlich erhalten haben, informieren Sie "
        "bitte sofort den Absender."
    ),
    "Virus-free. www.avast.com",
    "Please consider the environment before printing this e-mail.",
]


@pytest.mark.parametrize("below", [*PHONES, *NOTICES])
def test_what_a_phone_or_an_office_adds_goes(below):
    quote = marked("Do you?")
    head = "On Thu, 19 Nov 2026 at 08:14, X <x@example.org> wrote:"
    opened = open_mail(plain(f"{OWN}\n\n{below}\n\n{head}\n{quote}"))
    assert opened.words == OWN
    assert below.split()[0] in opened.cut
    assert open_mail(plain(f"{OWN}\n\n{below}")).words == OWN


@pytest.mark.parametrize(
    "words",
    [
        "Thanks,\nAmina",
        "Asante sana, Amina",
        "Each message ends with\nSent from the committee phone\nso we know who wrote.",
        "Sent from my office yesterday, the form has not arrived.",
        "Keep this confidential, please. The child must not be named.",
        "The committee decides.\n\n--\n\nSecond point: the book belongs to the village.",
        "Call one of these:\n\nChildline 116\nwww.childline.example\n+254 20 555 0100\nPO Box 7 Nakuru",
        "A note on our door says:\nDisclaimer: we do not pay.",
    ],
)
def test_what_a_person_typed_stays(words):
    assert open_mail(plain(words)).words == words


@pytest.mark.parametrize("sign", ["-- ", "--", "__"])
def test_a_signature_below_its_sign_goes(sign):
    text = f"{OWN}\n{sign}\nAmina Yusuf\nChild Rights Network\n+254 700 000 000"
    assert open_mail(plain(text)).words == OWN


def test_a_postscript_below_a_signature_stays():
    text = f"{OWN}\n-- \nAmina Yusuf\nNakuru\n\nPS: bring the book."
    assert open_mail(plain(text)).words == f"{OWN}\n\nPS: bring the book."


def test_a_block_of_contacts_goes_when_it_is_clearly_the_senders():
    block = "Amina Yusuf\nProgramme Officer\nChild Rights Network\nTel: +254 700 000 000\nwww.crn.example"
    opened = open_mail(plain(f"{OWN}\n\nKind regards,\n\n{block}"))
    assert opened.words == f"{OWN}\n\nKind regards,"
    assert "Programme Officer" in opened.cut


def test_a_container_that_says_signature_is_one():
    html = f'<div>{OWN}</div><div class="gmail_signature">Amina<br>Nakuru</div>'
    assert open_mail(page(html)).words == OWN


@pytest.mark.parametrize("said", ["thanks", "👍", "3", "ndiyo", "نعم"])
def test_one_word_is_something(said):
    assert not is_empty(said)


@pytest.mark.parametrize("said", ["", " \n", "--", "...", ">"])
def test_marks_alone_are_nothing(said):
    assert is_empty(said)


def test_what_a_program_calls_a_signature_is_one_wherever_it_stands():
    k9 = (
        "<div>We meet on Sundays.</div>"
        '<blockquote class="gmail_quote">When do you meet?</blockquote>'
        "<div class='k9mail-signature'>-- <br>Sent with a phone of mine.</div>"
    )
    assert open_mail(page(k9)).words == "We meet on Sundays."
    said = "<div>We meet on Sundays.</div><p class='signatures-wanted'>Sign the list, please.</p>"
    assert "Sign the list" in open_mail(page(said)).words
