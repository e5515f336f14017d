"""Every question gets someone: who is asked, how gently, and what a host says meanwhile."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from exchange.alerts import offering as letters
from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, Noticed
from exchange.contributions.models import Contribution
from exchange.contributions.queries import answered_within
from exchange.conversation import actions as talk
from exchange.conversation.models import Offer
from exchange.conversation.offering import actions, queries, rules
from exchange.conversation.offering.rules import Asked
from exchange.core.time import now
from exchange.corresponding.actions.answering import block
from exchange.mail import looking
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from tests import cast

DAY = timedelta(days=1)


def knower(name, **fields):
    """Somebody who said that they can help with child marriage, in English."""
    told = {
        "practice_topics": "child-marriage",
        "helps_with": "Talking with elders",
        "country": "UG",
        "welcomed_at": now(),
        **fields,
    }
    return cast.person(name, **told)


def asked(author, *, days=1.1, **more):
    content = Content(
        title="Who opens your meetings?",
        body="x",
        **{"topics": ("child-marriage",), "countries": ("KE",), **more},
    )
    row = spine.submit(kind="question", content=content, author=author)
    return waited(row, days)


def waited(row, days):
    Contribution.objects.filter(pk=row.pk).update(published_at=now() - days * DAY)
    row.refresh_from_db()
    return row


def offered_to(row):
    return set(Offer.objects.filter(question=row).values_list("member__display_name", flat=True))


def test_after_a_day_it_is_offered_to_those_who_could_know(amina):
    for name in ("Grace", "Femi"):
        knower(name)
    knower("Luis", languages="es")
    knower("Mona", practice_topics="", helps_with="", practice="", country="BR")
    knower("Noor", may_be_offered=False)
    row = asked(amina)

    assert actions.offer_due(moment=now()) == 2
    assert offered_to(row) == {"Grace", "Femi"}
    assert actions.offer_due(moment=now()) == 0


def test_not_before_a_day_and_not_what_was_answered(amina):
    grace = knower("Grace")
    asked(amina, days=0.5)
    answered = asked(amina)
    talk.answer(contribution=answered, author=grace, body="We do.", language="en")

    assert actions.offer_due(moment=now()) == 0


def test_five_at_most_the_nearest_first(amina):
    for number in range(4):
        knower(f"Far{'abcd'[number]}", practice_topics="", country="UG")
    for number in range(3):
        knower(f"Near{'abc'[number]}", country="KE")
    row = asked(amina)

    assert actions.offer_due(moment=now()) == rules.MOST
    assert {"Neara", "Nearb", "Nearc"} <= offered_to(row)


def test_after_three_days_some_more_are_asked_and_nobody_twice(amina):
    for number in range(7):
        knower(f"Near{'abcdefg'[number]}", country="KE")
    row = asked(amina)
    actions.offer_due(moment=now())
    first = offered_to(row)
    Offer.objects.update(at=now() - 2 * DAY)
    waited(row, 3.1)

    assert actions.offer_due(moment=now()) == 2
    assert offered_to(row) > first
    waited(row, 5)
    assert actions.offer_due(moment=now()) == 0


@pytest.mark.parametrize(
    ("before", "may"),
    [
        ([], True),
        ([Asked(DAY, answered=True)], False),
        ([Asked(4 * DAY, answered=True)], True),
        ([Asked(n * DAY, answered=True) for n in (4, 8, 12, 16)], False),
        ([Asked(n * DAY, answered=False) for n in (31, 35, 39)], False),
        ([Asked(n * DAY, answered=False) for n in (61, 65, 69)], True),
        ([Asked(31 * DAY, answered=True), Asked(35 * DAY, answered=False)], True),
    ],
)
def test_gently(before, may):
    assert rules.may_be_asked(before) is may


def test_newcomers_paused_people_and_the_asker_are_not_asked(amina):
    knower("Grace", accepted_at=None, welcomed_at=None)
    knower("Femi", paused_until=now() + DAY)
    Member.objects.filter(pk=amina.pk).update(practice_topics="child-marriage", country="KE")
    asked(amina)

    assert actions.offer_due(moment=now()) == 0


def test_the_letter_can_be_answered_and_stopped(amina):
    grace = knower("Grace")
    row = asked(amina)
    actions.offer_due(moment=now())

    assert letters.write_due() == 1
    assert letters.write_due() == 0
    letter = OutgoingMail.objects.get(purpose="offer")
    assert letter.person == grace.pk
    assert row.title in letter.text
    assert "reply+" in letter.headers["Reply-To"]
    assert letter.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert Offer.objects.get().told_at is not None


def test_the_letter_does_not_go_once_somebody_has_answered(amina):
    knower("Grace")
    femi = knower("Femi", may_be_offered=False)
    row = asked(amina)
    actions.offer_due(moment=now())
    letters.write_due()
    letter = OutgoingMail.objects.get(purpose="offer")
    assert letters.why_not(letter) == ""

    talk.answer(contribution=row, author=femi, body="We do.", language="en")
    assert letters.why_not(letter) == "answered"
    assert looking.why_not(letter) == "answered"


def test_an_offer_whose_letter_waits_ends_with_the_first_answer(amina):
    grace, femi = knower("Grace"), knower("Femi", may_be_offered=False)
    row = asked(amina)
    actions.offer_due(moment=now())
    reply = talk.answer(contribution=row, author=femi, body="We do.", language="en")
    actions.note_answer(reply_id=reply.pk)

    assert letters.write_due() == 0
    own = talk.answer(contribution=row, author=grace, body="So do we.", language="en")
    actions.note_answer(reply_id=own.pk)
    assert Offer.objects.get(member=grace).answered_at is not None


def test_a_holding_answer_is_none_in_every_count(amina, beatriz):
    row = asked(amina, days=4)
    reply = actions.hold_with_an_answer(
        question=row, by=beatriz, body="We have seen it.", language="en"
    )

    row.refresh_from_db()
    assert (row.reply_count, row.first_reply_at) == (0, None)
    assert reply.is_out
    assert row in Contribution.objects.unanswered()
    assert answered_within(days=3).answered == 0
    with pytest.raises(actions.HeldAlready):
        actions.hold_with_an_answer(question=row, by=beatriz, body="Again.", language="en")


def test_members_hold_nothing_and_the_gates_read_hosts_too(amina, beatriz):
    row = asked(amina, days=4)
    with pytest.raises(NotAllowed):
        actions.hold_with_an_answer(question=row, by=amina, body="Wait.", language="en")
    with pytest.raises(Noticed):
        actions.hold_with_an_answer(
            question=row,
            by=beatriz,
            body="Ask Mary Achieng, 9 years old, in Kibera village.",
            language="en",
        )
    assert not queries.has_holding_answer(row)


def test_at_the_desk_the_words_are_ready_in_the_askers_language(amina, beatriz, client):
    row = asked(amina, days=4, language="fr")
    cast.signed_in(client, beatriz)
    page = reverse("desk:holding", args=[row.pk])
    assert page in client.get(reverse("desk:morning")).text

    shown = client.get(page)
    words = shown.context["form"].initial["body"]
    with override("fr"):
        from django.utils.translation import gettext

        assert (
            gettext("Thank you for this question. We have seen it, and nobody has answered it yet.")
            in words
        )
    answer = client.post(page, {"body": words})
    assert answer.status_code == 302
    assert queries.has_holding_answer(row)
    assert page not in client.get(reverse("desk:morning")).text


def test_a_member_gets_no_such_page(amina, client):
    row = asked(amina, days=4)
    cast.signed_in(client, amina)
    assert client.get(reverse("desk:holding", args=[row.pk])).status_code == 404


def test_everybody_sees_how_soon_people_hear(amina, visitor):
    grace = knower("Grace")
    for number in range(5):
        row = asked(amina, days=5)
        if number:
            talk.answer(contribution=row, author=grace, body="We do.", language="en")
            Contribution.objects.filter(pk=row.pk).update(first_reply_at=row.published_at + DAY)

    assert "80%" in visitor.get(reverse("contributions:question-list")).text


def test_in_small_numbers_nothing_is_said(amina, visitor):
    asked(amina, days=5)
    assert "%" not in visitor.get(reverse("contributions:question-list")).text.split("<main")[1]


def test_who_is_kept_apart_from_the_asker_is_not_asked(amina):
    grace = knower("Grace")
    knower("Femi")
    block(whom=grace, by=amina)
    row = asked(amina)

    actions.offer_due(moment=now())
    assert offered_to(row) == {"Femi"}
