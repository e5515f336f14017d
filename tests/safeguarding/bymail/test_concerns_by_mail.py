"""A concern by mail: a case for lead and deputies, and not a word of it anywhere else.
Read by pytest alone."""

from django.core import serializers

from exchange.ledger.models import Event
from exchange.mail.models import IncomingMail, OutgoingMail
from exchange.mail.receiving import keeping
from exchange.mail.receiving.actions import handle
from exchange.members.models import Member
from exchange.safeguarding.models import Case, Concern, Kind
from tests.bymail import AUTHSERV, DISOWNED, File, Post

WORDS = "The girl who sells zebrafinches by the well is beaten every night."


def test_a_member_s_mail_is_a_case_with_the_short_clock(amina: Member, lead: Member) -> None:
    Post.of(amina).write("concern", WORDS, subject="Please look")

    concern, case = Concern.objects.get(), Case.objects.get()
    assert (concern.kind, concern.via, concern.reporter) == (Kind.AT_RISK, "mail", amina)
    assert WORDS in concern.words
    assert (case.about, concern.tell_outcome) == (Case.About.GENERAL, True)
    assert "within 4 hours" in Post.of(lead).newest().text


def test_nothing_of_it_stands_outside_the_case(amina: Member, lead: Member) -> None:
    incoming = Post.of(amina).write("concern", WORDS, subject="Zebrafinches")

    kept = [*IncomingMail.objects.all(), *OutgoingMail.objects.all(), *Event.objects.all()]
    assert "ebrafinch" not in serializers.serialize("json", kept)
    assert amina.email not in serializers.serialize("json", IncomingMail.objects.all())
    assert (incoming.state, incoming.outcome, incoming.person) == ("done", "concern", None)
    assert keeping.raw_of(incoming.arrival) is None


def test_it_is_answered_kindly_without_a_word_of_it(amina: Member, lead: Member) -> None:
    post = Post.of(amina)

    post.write("concern", WORDS, subject="Zebrafinches")

    letter = post.newest()
    assert letter.subject == "A message for you"
    assert "It is right to tell" in letter.text
    assert "/help-now/" in letter.text
    assert "Reply-To" not in letter.headers


def test_a_stranger_may_tell_and_can_be_asked_back(lead: Member) -> None:
    nia = Post("nia@example.net", "Nia")

    nia.write("concern", "Mtoto wa jirani anapigwa kila siku na hatuna msaada.")

    concern = Concern.objects.get()
    assert concern.kind == Kind.AT_RISK
    assert "nia@example.net" in concern.words
    assert concern.address.address == "nia@example.net"
    assert nia.newest().language == "sw"


def test_what_a_domain_disowns_is_read_as_nobody_s_and_not_answered(
    amina: Member, lead: Member
) -> None:
    Post.of(amina).write("concern", WORDS, headers=DISOWNED)

    assert Concern.objects.get().reporter is None
    assert Post.of(amina).letters() == []


def test_an_address_alone_does_not_make_a_member_the_reporter(amina: Member, lead: Member) -> None:
    unproven = {"Authentication-Results": f"{AUTHSERV}; dmarc=none header.from=example.org"}

    Post.of(amina).write("concern", WORDS, headers=unproven)

    concern = Concern.objects.get()
    assert (concern.reporter, concern.kind) == (None, Kind.AT_RISK)
    assert amina.email in concern.words


def test_advertising_wakes_nobody_at_night_and_a_child_in_it_does(lead: Member) -> None:
    Post("a@shop.example").write("concern", "Cheap shoes at https://shoes.example today")
    Post("b@shop.example").write(
        "concern", "See https://video.example: Amani, aged 7, from Kibera is beaten by her uncle."
    )

    assert list(Concern.objects.order_by("pk").values_list("kind", flat=True)) == [
        Kind.HARMFUL,
        Kind.AT_RISK,
    ]


def test_all_of_a_long_mail_and_its_quotes_is_kept_in_the_case(amina: Member, lead: Member) -> None:
    long = "We have seen it every week. " * 300
    Post.of(amina).write("concern", f"{long}\n\n> What he wrote to her: come alone.")

    evidence = Case.objects.get().evidence.get()
    assert "come alone" in evidence.text
    assert long.strip() in evidence.text


def test_files_that_came_along_are_not_kept_and_that_is_said(amina: Member, lead: Member) -> None:
    files = [File("house.jpg", "image/jpeg", b"\xff\xd8" + b"0" * 20_000)]

    Post.of(amina).write("concern", WORDS, files=files)

    assert "do not keep the files" in Post.of(amina).newest().text


def test_a_mail_handled_twice_is_one_concern(amina: Member, lead: Member) -> None:
    incoming = Post.of(amina).write("concern", WORDS)

    settle = handle(incoming_id=incoming.pk)

    assert settle is None
    assert Concern.objects.count() == 1
