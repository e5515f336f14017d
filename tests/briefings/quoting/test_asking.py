"""Whoever is quoted is asked first: by mail, on a page of their own, under "You".
Run by pytest alone."""

import re
from datetime import timedelta

import pytest

from exchange.briefings.briefs.actions import publish, withdraw
from exchange.briefings.errors import NotAgreed, NotThere
from exchange.briefings.models import Quoted
from exchange.briefings.quoting import actions, telling
from exchange.briefings.quoting.sources import Passage
from exchange.contributions.models import State
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from tests.briefings.briefs.making import SAID, brief_of, femi, fresh, question, quote_of, said

pytestmark = pytest.mark.django_db
Answer = Quoted.Answer


@pytest.fixture
def brief(amina, beatriz):
    return brief_of(beatriz, said(question(amina), femi()))


def asked(brief, host):
    actions.ask(brief=brief, by=host)
    worker.run_until_idle()
    return quote_of(brief)


def test_nothing_comes_out_before_everybody_has_agreed(brief, beatriz):
    quote = asked(brief, beatriz)

    with pytest.raises(NotAgreed) as why:
        publish(brief=brief, by=beatriz)
    assert why.value.keys == (quote.key,)
    actions.answer(quote=quote, how="named")

    assert publish(brief=brief, by=beatriz).state == State.PUBLISHED
    assert fresh(brief).credit == "With thanks to Femi"


def test_the_letter_shows_the_words_and_goes_once(brief, beatriz):
    asked(brief, beatriz)
    actions.ask(brief=brief, by=beatriz)
    worker.run_until_idle()

    letter = OutgoingMail.objects.get(purpose="quote")

    assert letter.to_address == "femi@example.org"
    assert "grandmothers" in letter.text
    assert "Fathers in meetings" in letter.text
    assert "YES WITH MY NAME" in letter.text
    assert quote_of(brief).key in letter.text
    assert "+" in letter.headers["Reply-To"]


def test_who_wishes_it_gets_a_subject_that_tells_nothing(amina, beatriz):
    person = femi()
    person.neutral_subjects = True
    person.save()
    asked(brief_of(beatriz, said(question(amina), person)), beatriz)

    assert OutgoingMail.objects.get(purpose="quote").subject == "A message for you"


def test_looking_at_the_page_changes_nothing_and_a_tap_does(brief, beatriz, visitor):
    quote = asked(brief, beatriz)
    page = f"/briefs/quotes/{quote.key}/"

    shown = visitor.get(page)
    assert shown.status_code == 200
    assert "grandmothers" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert quote_of(brief).answer == Answer.ASKED

    assert visitor.post(page, {"answer": "unnamed"}).status_code == 302
    assert quote_of(brief).answer == Answer.UNNAMED
    assert "A practitioner" in fresh(brief).body
    assert "Femi" not in fresh(brief).body


def test_a_page_whose_key_is_guessed_or_whose_brief_is_gone_is_nobodys(brief, beatriz, visitor):
    assert visitor.get(f"/briefs/quotes/{quote_of(brief).key}/").status_code == 404  # not asked yet
    quote = asked(brief, beatriz)
    assert visitor.get("/briefs/quotes/guessed/").status_code == 404
    assert visitor.get(f"/briefs/quotes/{quote.key}/").status_code == 200

    withdraw(brief=fresh(brief), by=beatriz)
    assert visitor.get(f"/briefs/quotes/{quote.key}/").status_code == 404


def test_with_a_no_the_words_leave_the_draft_and_cannot_come_back(brief, beatriz):
    quote = asked(brief, beatriz)

    actions.answer(quote=quote, how="declined")

    now_there = fresh(brief)
    assert "grandmothers" not in now_there.body
    assert "Femi" not in now_there.body
    assert not now_there.revisions.filter(body__contains="grandmothers").exists()
    assert publish(brief=now_there, by=beatriz).state == State.PUBLISHED


def test_a_name_that_is_not_to_stand_there_holds_the_brief_back(amina, beatriz):
    reply = said(question(amina), femi())
    row = brief_of(beatriz, reply, body=f"Femi told us this.\n\n> {reply.body}\n>\n> — Femi")
    actions.answer(quote=asked(row, beatriz), how="unnamed")

    with pytest.raises(NotAgreed):
        publish(brief=fresh(row), by=beatriz)


def test_who_agreed_takes_it_back_later_and_the_words_leave_what_is_out(
    brief, beatriz, visitor, django_capture_on_commit_callbacks
):
    quote = asked(brief, beatriz)
    actions.answer(quote=quote, how="named")
    with django_capture_on_commit_callbacks(execute=True):
        out = publish(brief=brief, by=beatriz)
    assert "grandmothers" in visitor.get(out.get_absolute_url()).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        actions.answer(quote=quote_of(brief), how="declined")

    after = fresh(brief)
    page = visitor.get(after.get_absolute_url())
    assert after.state == State.PUBLISHED
    assert "grandmothers" not in page.content.decode()
    assert "Femi" not in page.content.decode()
    assert "Ask twice" in page.content.decode()


def test_hosts_own_words_need_no_asking(amina, beatriz, desta):
    row = brief_of(
        beatriz, said(question(amina), desta, "We at the hosts tried it in three towns.")
    )

    assert quote_of(row).answer == Answer.NAMED
    assert publish(brief=row, by=beatriz).state == State.PUBLISHED


@pytest.mark.parametrize("said_words", ["They never said these words anywhere", "the fathers"])
def test_words_must_stand_there_and_be_enough(amina, beatriz, said_words):
    reply = said(question(amina), femi())
    wrong = Passage(reply.contribution_id, said_words, reply.pk)

    with pytest.raises(NotThere):
        brief_of(beatriz, reply, quotes=[wrong])
    assert brief_of(beatriz, reply).quotes.count() == 1


def test_one_reminder_after_five_days_and_none_for_who_answered(brief, beatriz):
    quote = asked(brief, beatriz)
    for days, letters in ((3, 1), (5, 2), (6, 2), (20, 2)):
        telling.remind(moment=now() + timedelta(days=days))
        assert OutgoingMail.objects.filter(purpose="quote").count() == letters
    actions.answer(quote=quote, how="named")

    assert telling.remind(moment=now() + timedelta(days=6)) == 0


def test_under_you_stands_what_one_is_asked(brief, beatriz, signed_in, visitor):
    asked(brief, beatriz)

    theirs = signed_in(visitor, femi())
    assert 'href="/briefs/quotes/"' in theirs.get("/me/").text
    page = theirs.get("/briefs/quotes/").text
    assert re.search(rf'href="/briefs/quotes/{quote_of(brief).key}/"', page)


def test_a_letter_that_waits_does_not_go_once_the_words_are_gone(brief, beatriz):
    quote = asked(brief, beatriz)
    letter = OutgoingMail.objects.get(purpose="quote")
    assert telling.why_not(letter) == ""

    actions.answer(quote=quote, how="declined")

    assert telling.why_not(letter) == "not-asked"


def test_bold_words_are_found_although_they_are_quoted_plainly(amina, beatriz):
    reply = said(question(amina), femi())
    plain = SAID.replace("**", "")
    row = brief_of(beatriz, reply, quotes=[Passage(reply.contribution_id, plain, reply.pk)])

    assert quote_of(row).words == plain


def test_words_that_were_never_chosen_hold_it_back_as_well(amina, beatriz):
    """As when somebody pastes them in the writing room."""
    row = question(amina)
    reply = said(row, femi())
    pasted = brief_of(beatriz, reply, body=f"One of us wrote: {reply.body}", quotes=[])
    with pytest.raises(NotAgreed) as why:
        publish(brief=pasted, by=beatriz)
    assert why.value.keys == ()

    own = brief_of(beatriz, reply, body="Ask twice, and grandmothers help.", quotes=[])
    assert publish(brief=own, by=beatriz).state == State.PUBLISHED
