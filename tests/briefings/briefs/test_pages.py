"""Readers' pages of briefs: the list, one brief, the feed, the line under what it sums up.
Run by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.briefings import queries as briefings
from exchange.briefings.briefs import actions, reviewing
from exchange.contributions import actions as spine
from exchange.contributions.errors import NotAllowed
from exchange.conversation.actions import answer
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from tests.briefings.briefs.making import brief_of, femi, fresh, question, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def out(amina, beatriz, desta):
    """A published brief that quotes a host, so that nobody waits."""
    reply = said(question(amina), desta, "We at the hosts went to three towns and asked there.")
    row = brief_of(beatriz, reply, message="Ask the fathers twice.", hub="east-africa")
    return actions.publish(brief=row, by=beatriz)


def shown(client, path: str) -> str:
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode()


def test_the_page_says_it_all_and_names_its_sources(out, visitor):
    page = shown(visitor, out.get_absolute_url())

    assert "Fathers come when they are asked" in page
    assert "Ask the fathers twice." in page
    assert "How do fathers come to meetings?" in page
    assert "East Africa" in page
    assert "application/atom+xml" in page


def test_the_page_asks_few_questions_whatever_it_holds(out, visitor, django_assert_max_num_queries):
    for _n in range(3):
        answer(contribution=out, author=femi(), body="This helped us a lot.", language="en")

    with django_assert_max_num_queries(8):
        page = shown(visitor, out.get_absolute_url())
    assert "This helped us a lot." in page


def test_the_list_is_narrowed_and_asks_few_questions(out, visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert out.title in shown(visitor, "/briefs/")
    assert out.title in shown(visitor, "/briefs/?topic=child-participation&country=KE&language=en")
    assert out.title not in shown(visitor, "/briefs/?country=NG")
    assert out.title in shown(visitor, "/briefs/?topic=nobody-knows-this")


def test_the_feed_holds_what_is_out_in_a_language(
    out, visitor, beatriz, django_capture_on_commit_callbacks
):
    assert out.title in shown(visitor, "/briefs/feed.xml")
    assert out.title in shown(visitor, "/briefs/feed.xml?language=en")
    assert out.title not in shown(visitor, "/briefs/feed.xml?language=sw")

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(brief=fresh(out), by=beatriz)
    assert out.title not in shown(visitor, "/briefs/feed.xml")


def test_the_source_says_where_it_is_summed_up_as_long_as_that_is_out(
    out, visitor, beatriz, django_capture_on_commit_callbacks
):
    source = out.sources.get().contribution
    assert out.get_absolute_url() in shown(visitor, source.get_absolute_url())

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(brief=fresh(out), by=beatriz)

    assert out.get_absolute_url() not in shown(visitor, source.get_absolute_url())
    assert visitor.get(out.get_absolute_url()).status_code == 404


def test_a_source_that_is_away_is_not_shown(
    out, amina, visitor, django_capture_on_commit_callbacks
):
    source = out.sources.get().contribution
    # Not its words: those of somebody who answered it go too, with their own.
    with django_capture_on_commit_callbacks(execute=True):
        spine.withdraw(contribution=source, by=amina)

    assert visitor.get(out.get_absolute_url()).status_code == 404  # until its words are out
    worker.run_until_idle()
    page = shown(Client(), out.get_absolute_url())
    assert "How do fathers come" not in page
    assert "three towns" not in page


def test_a_draft_is_for_hosts_alone(amina, beatriz, visitor, signed_in):
    row = brief_of(beatriz, said(question(amina), femi()))

    assert visitor.get(row.get_absolute_url()).status_code == 404
    assert signed_in(Client(), amina).get(row.get_absolute_url()).status_code == 404
    page = signed_in(Client(), beatriz).get(row.get_absolute_url())
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]


def test_hosts_hear_once_that_its_day_has_come(out, beatriz):
    assert reviewing.waits() is None
    briefings.every_brief().filter(pk=out.pk).update(review_on=now().date())

    assert reviewing.waits().count == 1
    assert reviewing.tell_due(moment=now()) == 2
    assert reviewing.tell_due(moment=now() + timedelta(days=1)) == 0
    assert reviewing.tell_due(moment=now() + timedelta(days=8)) == 0
    letter = OutgoingMail.objects.filter(purpose="brief-due").first()
    assert out.title not in letter.text

    actions.looked_again(brief=fresh(out), by=beatriz, review_on=now().date() + timedelta(days=90))
    assert reviewing.waits() is None
    assert "last looked at" in shown(Client(), out.get_absolute_url())


def test_it_is_found_by_its_words(out, visitor):
    worker.run_until_idle()

    assert out.get_absolute_url() in shown(visitor, "/search/?q=fathers+asked")


def test_what_a_host_changes_later_is_judged_and_its_message_too(out, beatriz):
    content = spine.content_of(out, title="Fathers, again", body=out.body)
    given = {"message": "Shorter.", "credit": out.credit, "hub": "", "review_on": None}

    assert actions.change(brief=out, content=content, by=beatriz, version=out.version, **given)

    assert (fresh(out).title, fresh(out).message) == ("Fathers, again", "Shorter.")


def test_a_member_cannot_make_or_change_one(out, amina):
    content = spine.content_of(out, title="Mine", body="Mine.")
    given = {"message": "", "credit": "", "hub": "", "review_on": None}
    with pytest.raises(NotAllowed):
        actions.change(brief=out, content=content, by=amina, version=out.version, **given)
    with pytest.raises(NotAllowed):
        actions.publish(brief=out, by=amina)
    assert fresh(out).title != "Mine"
