"""Words that are taken back where they came from leave every brief, or the brief leaves.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.briefings import queries
from exchange.briefings.briefs import actions
from exchange.briefings.errors import NotAgreed
from exchange.briefings.models import Quoted
from exchange.briefings.quoting import actions as quoting
from exchange.briefings.quoting import words
from exchange.briefings.quoting.sources import Passage
from exchange.contributions import actions as spine
from exchange.contributions import mails, sealing
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed
from exchange.contributions.models import State
from exchange.conversation import sealing as sealing_answers
from exchange.conversation.actions import revise_reply, withdraw_reply
from exchange.ledger import worker
from exchange.ledger.actions import record
from exchange.mail.actions import queue_mail
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.leaving import leave
from tests.briefings.briefs.making import SAID, brief_of, femi, fresh, question, quote_of, said

pytestmark = pytest.mark.django_db
Answer = Quoted.Answer
ARABIC = "جَلَسْنا تحت الشجرة ولم يُرسَل أحدٌ بعيدًا عن الحلقة في القرية"


def out_with(host, reply, **given):
    """A published brief whose quoted person agreed, with the name."""
    row = brief_of(host, reply, message=f"Fathers come: {reply.body}", **given)
    quoting.ask(brief=row, by=host)
    quoting.answer(quote=quote_of(row), how="named")
    done = actions.publish(brief=row, by=host)
    worker.run_until_idle()
    assert fresh(done).state == State.PUBLISHED
    return done


def holds(brief, piece: str) -> bool:
    """Whether a piece of the words stands anywhere in what we keep of a brief."""
    row = fresh(brief)
    texts = [row.title, row.summary, row.body, row.message, row.credit]
    for old in row.revisions.all():
        texts += [old.title, old.body, str(old.parts)]
    letters = OutgoingMail.objects.filter(key__startswith=mails.about(brief.pk))
    texts += letters.values_list("text", flat=True)
    texts += Quoted.objects.values_list("words", flat=True)
    return any(piece in text for text in texts)


ACTS = {
    "withdrawn": lambda reply: withdraw_reply(reply=reply, by=reply.author),
    "sealed": lambda reply: sealing_answers.seal_reply(reply=reply),
    "held": lambda reply: sealing_answers.hold_reply_for_reports(reply=reply),
    "with its question": lambda reply: spine.withdraw(
        contribution=reply.contribution, by=reply.contribution.author
    ),
    "sealed question": lambda reply: sealing.seal(contribution=reply.contribution),
    "erased": lambda reply: dossier.erase(reply.author),
    "left": lambda reply: leave(member=reply.author, words_too=False),
}


@pytest.mark.parametrize("act", ACTS)
def test_the_words_leave_page_message_revisions_thanks_and_mail(amina, beatriz, act):
    reply = said(question(amina), femi())
    brief = out_with(beatriz, reply)
    for tail in ("1", "2"):
        queue_mail(
            to=f"reader{tail}@example.org",
            subject="New",
            text=f"A brief says: {SAID}",
            purpose="alert",
            key=f"{mails.about(brief.pk)}:watch:{tail}",
        )
    assert holds(brief, "grandmothers")

    ACTS[act](reply)
    worker.run_until_idle()

    after = fresh(brief)
    assert not holds(brief, "grandmothers")
    assert not holds(brief, "Femi")
    assert after.state == State.PUBLISHED
    assert "Ask twice." in after.body
    assert quote_of(brief).answer == Answer.GONE
    kept = OutgoingMail.objects.filter(key__startswith=mails.about(brief.pk), state="queued")
    assert not kept.exists()
    assert "grandmothers" not in Client().get(after.get_absolute_url()).content.decode()


def test_revised_so_that_they_stand_there_no_more(amina, beatriz):
    reply = said(question(amina), femi())
    brief = out_with(beatriz, reply)

    revise_reply(
        reply=reply, body="We asked the elders instead, and it went.", by=femi(), version=1
    )
    worker.run_until_idle()

    assert not holds(brief, "grandmothers")
    assert fresh(brief).state == State.PUBLISHED


def test_revised_elsewhere_they_stay(amina, beatriz):
    reply = said(question(amina), femi())
    brief = out_with(beatriz, reply)

    revise_reply(reply=reply, body=f"Later I saw this. {SAID}", by=femi(), version=1)
    worker.run_until_idle()

    assert "grandmothers" in fresh(brief).body
    assert quote_of(brief).answer == Answer.NAMED


@pytest.mark.parametrize(
    "body",
    [
        ARABIC,
        "First line of it stands here\nand a second one under it.\n\nThen a part of its own.",
        "- a [link](https://example.org/a_b) in a list\n- and **two _signs_ in one** place",
        "> somebody else said this to me\n\nand I say: it is true for our village.",
    ],
)
def test_whatever_they_look_like(amina, beatriz, body):
    reply = said(question(amina), femi(), body)
    twice = f"Fathers come.\n\n{words.as_quote(body, 'Femi')}\n\nAnd once more:\n\n{words.as_quote(body, 'Femi')}\n\nAsk twice."
    brief = out_with(beatriz, reply, body=twice)

    withdraw_reply(reply=reply, by=femi())
    worker.run_until_idle()

    row = fresh(brief)
    assert row.body == "Fathers come.\n\nAnd once more:\n\nAsk twice."
    assert not words.is_left(body, row.message)
    assert not any(words.is_left(body, old.body) for old in row.revisions.all())


def test_edited_by_a_host_the_brief_is_out_of_view_and_hosts_are_told(amina, beatriz, visitor):
    reply = said(question(amina), femi())
    brief = out_with(beatriz, reply)
    edited = fresh(brief).body.replace("came by themselves", "came along, by themselves")
    content = spine.content_of(fresh(brief), title=brief.title, body=edited)
    given = {"message": "", "credit": "With thanks to Femi", "hub": "", "review_on": None}
    actions.change(
        brief=fresh(brief), content=content, by=beatriz, version=fresh(brief).version, **given
    )

    withdraw_reply(reply=reply, by=femi())
    worker.run_until_idle()

    assert fresh(brief).state == State.DRAFT
    assert visitor.get(brief.get_absolute_url()).status_code == 404
    letter = OutgoingMail.objects.get(
        purpose="brief-hosts", item=f"contribution:{brief.pk}", key__contains="aside"
    )
    assert "grandmothers" not in letter.text
    assert letter.to_address == "beatriz@example.org"


def test_an_open_form_does_not_bring_them_back(amina, beatriz):
    reply = said(question(amina), femi())
    brief = out_with(beatriz, reply)
    old = fresh(brief)
    withdraw_reply(reply=reply, by=femi())
    worker.run_until_idle()

    content = spine.content_of(old, title=old.title, body=old.body)
    given = {"message": old.message, "credit": "", "hub": "", "review_on": None}
    with pytest.raises((ChangedMeanwhile, NotAgreed)):
        actions.change(brief=old, content=content, by=beatriz, version=old.version, **given)


def test_out_by_another_door_it_is_looked_at_all_the_same(amina, beatriz, desta):
    """As when a host publishes it from the morning queue."""
    row = brief_of(beatriz, said(question(amina), femi()))
    with pytest.raises(NotAllowed):
        spine.send_prepared(contribution=row, by=beatriz)
    assert fresh(row).state == State.DRAFT

    queries.every_brief().filter(pk=row.pk).update(state=State.PUBLISHED)
    record(
        "contribution.published",
        subject_type="contribution",
        subject_id=row.pk,
        detail={"kind": "brief"},
    )
    worker.run_until_idle()

    assert fresh(row).state == State.DRAFT


def test_in_a_sealed_brief_as_well_so_that_it_does_not_come_back_with_them(amina, beatriz):
    reply = said(question(amina), femi())
    brief = out_with(beatriz, reply)
    sealing.seal(contribution=brief)

    withdraw_reply(reply=reply, by=femi())
    worker.run_until_idle()
    sealing.unseal(contribution=fresh(brief))

    assert not holds(brief, "grandmothers")


def test_somebody_elses_words_stay(amina, beatriz):
    row = question(amina)
    first = said(row, femi())
    second = said(row, amina, "Our choir sang for the fathers every single Sunday.")
    body = f"Fathers come.\n\n{words.as_quote(first.body, 'Femi')}\n\n{words.as_quote(second.body, 'Amina')}"
    passages = [Passage(row.pk, one.body, one.pk) for one in (first, second)]
    brief = brief_of(beatriz, first, body=body, quotes=passages)
    for quote in brief.quotes.select_related("brief"):
        quoting.answer(quote=quote, how="named")
    actions.publish(brief=brief, by=beatriz)

    withdraw_reply(reply=first, by=femi())
    worker.run_until_idle()

    after = fresh(brief)
    assert after.body == f"Fathers come.\n\n{words.as_quote(second.body, 'Amina')}"
    assert after.credit == "With thanks to Amina"
