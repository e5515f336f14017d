"""RFC 8058: one POST from the mail program stops exactly one thing; looking changes nothing.
Run by pytest alone."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from exchange.alerts.models import Level, Watch, Wishes
from exchange.alerts.wishing.queries import wishes_of
from exchange.conversation.models import Follow, SavedSearch
from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.mail import tokens
from exchange.mail.tokens import What

pytestmark = pytest.mark.django_db


def level_of(member, row):
    return Follow.objects.get(member=member, contribution=row).level


def test_one_click_stops_exactly_this_thing_of_this_person(amina, chen, question, link, click):
    Follow.objects.create(member=chen, contribution=question)
    watch = Watch.objects.create(member=amina, kind="help", level=Level.EACH)

    answer = click(link(What.STOP_FOLLOW, question.pk))

    assert answer.status_code == 200
    assert not answer.cookies
    assert (level_of(amina, question), level_of(chen, question)) == ("off", "each")
    watch.refresh_from_db()
    assert watch.level == "each"


def test_it_may_come_as_a_form_of_several_parts_and_twice(amina, question, link):
    address = link(What.STOP_FOLLOW, question.pk)
    body = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n'

    answers = [
        Client().post(address, body, content_type="multipart/form-data; boundary=x")
        for _turn in range(2)
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert level_of(amina, question) == "off"
    assert Event.objects.filter(kind="member.stopped_mail").count() == 1


def test_looking_changes_nothing_and_names_nobody(amina, question, link):
    for what in (What.STOP_FOLLOW, What.PAGE_FOLLOW, What.STOP_ALL, What.PAGE_DIGEST):
        for method in ("get", "head"):
            answer = getattr(Client(), method)(link(what, question.pk))
            assert answer.status_code == 200
            assert not answer.cookies
            words = answer.content.decode()
            assert amina.display_name not in words
            assert amina.email not in words
            assert question.title not in words

    assert level_of(amina, question) == "each"
    assert not Event.objects.filter(kind="member.stopped_mail").exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_do_nothing(amina, question, link, method):
    assert getattr(Client(), method)(link(What.STOP_FOLLOW, question.pk)).status_code == 405
    assert level_of(amina, question) == "each"


def test_a_post_that_says_nothing_changes_nothing(amina, question, link, click):
    answer = click(link(What.STOP_FOLLOW, question.pk), something="else")

    assert answer.status_code == 422
    assert level_of(amina, question) == "each"


def test_the_link_in_the_text_is_no_one_click(amina, question, link, click):
    answer = click(link(What.PAGE_FOLLOW, question.pk))

    assert answer.status_code == 422
    assert level_of(amina, question) == "each"


def test_a_place_a_search_the_digest_and_everything(amina, link, click):
    watch = Watch.objects.create(member=amina, kind="topic", value="ethics", level=Level.EACH)
    other = Watch.objects.create(member=amina, kind="country", value="KE", level=Level.DIGEST)
    search = SavedSearch.objects.create(member=amina, name="x", words="x")

    click(link(What.STOP_WATCH, watch.pk))
    assert Watch.objects.get(pk=watch.pk).level == "off"
    assert Watch.objects.get(pk=other.pk).level == "digest"

    click(link(What.STOP_SEARCH, search.pk))
    search.refresh_from_db()
    assert search.stopped_at is not None

    click(link(What.STOP_DIGEST))
    assert Watch.objects.get(pk=other.pk).level == "off"
    assert Wishes.objects.get(member=amina).next_digest_at is None

    click(link(What.STOP_ALL))
    assert wishes_of(amina).stopped_at is not None


def test_what_is_somebody_elses_is_not_touched(amina, chen, link, click):
    watch = Watch.objects.create(member=chen, kind="help", level=Level.EACH)
    search = SavedSearch.objects.create(member=chen, name="x", words="x")

    click(link(What.STOP_WATCH, watch.pk))
    click(link(What.STOP_SEARCH, search.pk))

    watch.refresh_from_db()
    search.refresh_from_db()
    assert (watch.level, search.stopped_at) == ("each", None)


@pytest.mark.parametrize("what", [What.ANSWER, What.BOUNCE, What.UNSTOP, What.REVIVE, What.JOIN])
def test_a_token_for_something_else_stops_nothing(amina, question, link, click, what):
    assert click(link(what, question.pk)).status_code == 404
    assert level_of(amina, question) == "each"


def test_a_forged_cut_or_foreign_token_is_answered_kindly(amina, question, link, click):
    good = tokens.make(What.STOP_FOLLOW, person=amina.pk, item=question.pk)
    for bad in (good[:-2], "a" * 34, "x", "abc.def", "%F0%9F%98%80", good[::-1]):
        address = f"/mail/stop/{bad}/"
        assert click(address).status_code == 404
        page = Client().get(address)
        assert page.status_code == 404
        assert "Perhaps a part of it is missing" in page.content.decode()
    assert click(link(What.STOP_ALL, person=10_000_000)).status_code == 404
    assert level_of(amina, question) == "each"


def test_a_token_that_has_expired_changes_nothing(amina, question, link, click):
    address = link(What.STOP_FOLLOW, question.pk, days=10)
    with time_machine.travel(now() + timedelta(days=12)):
        answer = click(address)

    assert answer.status_code == 410
    assert "too old" in answer.content.decode()
    assert level_of(amina, question) == "each"


def test_the_page_speaks_the_owners_language_where_the_address_says_none(amina, link):
    amina.languages = "ar"
    amina.save()

    assert 'lang="ar"' in Client().get(link(What.STOP_ALL)).content.decode()[:400]
