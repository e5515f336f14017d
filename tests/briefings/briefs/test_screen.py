"""From a talk to a brief on one page: ticked, put together, kept, nobody left unasked.
Run by pytest alone."""

import html as entities
import re

import pytest
from django.test import Client

from exchange.briefings import queries
from exchange.briefings.models import Quoted
from exchange.contributions.actions import bring_in
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Draft
from exchange.conversation import marks
from exchange.conversation.actions import withdraw_reply
from exchange.core.time import now
from exchange.library.models import Resource
from exchange.members import dossier
from tests import cast
from tests.briefings.briefs.making import femi, question, said

pytestmark = pytest.mark.django_db
NEW = "/desk/briefs/new/"
Answer = Quoted.Answer


@pytest.fixture
def desk(beatriz, visitor) -> Client:
    return cast.signed_in(visitor, beatriz)


@pytest.fixture
def talk(amina):
    """A question with an answer that helped, and one that did not yet."""
    row = question(amina)
    helpful = said(row, femi())
    said(row, cast.person("Grace", welcomed_at=now()), "We went to the church choir and sang.")
    marks.mark_helped(member=amina, contribution=row, reply=helpful)
    return row


def fields(page) -> dict[str, list[str]]:
    """What a browser would send back of the page's form."""
    html = page.content.decode()
    given: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name = re.search(r'name="([^"]+)"', tag)
        kind = re.search(r'type="([^"]+)"', tag)
        if name is None or (kind and kind[1] == "checkbox" and " checked" not in tag):
            continue
        value = re.search(r'value="([^"]*)"', tag)
        given.setdefault(name[1], []).append(value[1] if value else "")
    for name, value in re.findall(
        r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', html, re.S
    ):
        given[name] = [_plain(value)]
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        given[name] = [chosen[1] if chosen else ""]
    given.pop("csrfmiddlewaretoken", None)
    return given


def _plain(text: str) -> str:

    return entities.unescape(text).removeprefix("\n").replace("\r\n", "\n")


def test_two_clicks_make_a_brief_and_ask_whoever_is_quoted(desk, talk, amina):
    page = desk.get(f"{NEW}?from={talk.pk}")
    given = fields(page)
    assert "> We asked the **grandmothers**" in given["body"][0]
    assert "choir" not in given["body"][0]
    assert given["topics"] == ["child-participation"]
    assert given["countries"] == ["KE"]

    sent = desk.post(NEW, {**given, "title": "Fathers", "do": "ask"})

    brief = queries.every_brief().get()
    assert sent.status_code == 302
    assert sent["Location"] == f"/desk/briefs/{brief.pk}/"
    asked = set(brief.quotes.values_list("member__display_name", "answer"))
    assert asked == {("Amina", Answer.ASKED), ("Femi", Answer.ASKED)}
    assert "What to try" not in brief.body  # nothing stood under it
    assert brief.review_on is not None
    assert [source.contribution_id for source in brief.sources.all()] == [talk.pk]


def test_what_is_ticked_comes_and_what_was_typed_stays(desk, talk):
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))
    choir = talk.replies.get(body__contains="choir")
    helpful = talk.replies.get(body__contains="grandmothers")
    given["body"][0] += "\n\nSing on Saturdays."
    given["take"] = [f"{talk.pk}:{choir.pk}"]

    page = desk.post(NEW, {**given, "do": "together"})

    body = fields(page)["body"][0]
    assert page.status_code == 200
    assert "> We went to the church choir and sang.\n>\n> — Grace" in body
    assert "Sing on Saturdays." in body
    assert "grandmothers" not in body
    assert f"{talk.pk}:{helpful.pk}" not in fields(page)["take"]


def test_a_passage_takes_the_place_of_the_whole_and_must_stand_there(desk, talk):
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))
    helpful = talk.replies.get(body__contains="grandmothers")
    key = f"passage-{talk.pk}:{helpful.pk}"

    wrong = desk.post(
        NEW, {**given, "title": "A", key: "They never said any of this", "do": "keep"}
    )
    assert wrong.status_code == 422
    assert "They never said any of this" in wrong.content.decode()
    right = {key: "We asked the grandmothers first"}
    assert desk.post(NEW, {**given, "title": "A", **right, "do": "keep"}).status_code == 302

    brief = queries.every_brief().get()
    assert brief.quotes.get(member=femi()).words == "We asked the grandmothers first"
    assert "by themselves" not in brief.body


def test_words_that_nobody_ticked_are_not_let_in(desk, talk):
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))
    typed = (
        given["body"][0]
        + "\n\nOthers went to the church choir and sang, we hear: We went to the church choir and sang."
    )

    page = desk.post(
        NEW,
        {
            **given,
            "title": "A",
            "message": "We went to the church choir and sang.",
            "body": typed,
            "do": "keep",
        },
    )

    assert page.status_code == 422
    assert "Grace" in page.content.decode()
    assert not queries.every_brief().exists()


def test_a_record_is_found_by_words_number_and_address_and_becomes_a_source(desk, talk, beatriz):
    content = Content(title="Talking with men: a guide", body="For group leaders.")
    record = bring_in(kind="resource", content=content, shown_as="", row=Resource(), by=beatriz)
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))

    for typed in ("talking men", str(record.pk), f"https://x.org{record.get_absolute_url()}"):
        page = desk.post(NEW, {**given, "find": typed, "do": "find"})
        assert "Talking with men: a guide" in page.content.decode()
    sources = [str(talk.pk), str(record.pk)]
    desk.post(NEW, {**given, "title": "A", "source": sources, "do": "keep"})

    assert list(queries.every_brief().get().sources.values_list("contribution_id", flat=True)) == [
        talk.pk,
        record.pk,
    ]


def test_the_form_comes_back_whole_from_the_list_of_what_was_begun(desk, talk):
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))
    desk.post(NEW, {**given, "title": "Half a brief", "do": "together"})

    assert "Half a brief" in desk.get("/desk/briefs/").content.decode()
    again = fields(desk.get(f"{NEW}?draft={given['once'][0]}"))

    assert again["title"] == ["Half a brief"]
    assert again["take"] == given["take"]
    desk.post(NEW, {**again, "do": "keep"})
    desk.post(NEW, {**again, "do": "keep"})
    assert queries.every_brief().count() == 1
    assert not Draft.objects.filter(kind="brief").exists()


def test_what_is_taken_back_while_the_page_stands_open_does_not_come_in(desk, talk):
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))
    helpful = talk.replies.get(body__contains="grandmothers")
    withdraw_reply(reply=helpful, by=femi())

    desk.post(NEW, {**given, "title": "A", "do": "keep"})

    assert "grandmothers" not in queries.every_brief().get().body


def test_who_has_left_cannot_be_asked_and_so_not_quoted(desk, talk):
    dossier.erase(femi())

    page = desk.get(f"{NEW}?from={talk.pk}")

    assert "grandmothers" in page.content.decode()
    helpful = talk.replies.get(body__contains="grandmothers")
    assert f'name="take" value="{talk.pk}:{helpful.pk}"' not in page.content.decode()


def test_too_long_a_message_comes_back_with_everything_typed(desk, talk):
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))

    page = desk.post(NEW, {**given, "title": "A", "message": "m" * 901, "do": "keep"})

    assert page.status_code == 422
    assert "901 of 900 letters" in page.content.decode()
    assert fields(page)["message"] == ["m" * 901]
    assert fields(page)["take"] == given["take"]


def test_the_page_of_one_brief_asks_publishes_and_withdraws(desk, talk):
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))
    desk.post(NEW, {**given, "title": "Fathers", "do": "keep"})
    brief = queries.every_brief().get()
    page = f"/desk/briefs/{brief.pk}/"
    assert desk.post(page, {"do": "publish"}).status_code == 422
    desk.post(page, {"do": "ask"})
    assert brief.quotes.filter(answer=Answer.ASKED).count() == 2

    for quote in brief.quotes.all():
        desk.post(page, {"do": "drop", "quote": quote.pk})
    assert desk.post(page, {"do": "publish"}).status_code == 302
    brief.refresh_from_db()
    assert brief.is_public
    assert "grandmothers" not in brief.body
    assert desk.post(page, {"do": "looked", "review_on": "2031-01-02"}).status_code == 302
    brief.refresh_from_db()
    assert str(brief.review_on) == "2031-01-02"

    desk.post(page, {"do": "withdraw"})
    assert desk.get(page).status_code == 404
    assert Client().get(brief.get_absolute_url()).status_code == 404


def test_a_draft_is_changed_on_the_same_page(desk, talk):
    given = fields(desk.get(f"{NEW}?from={talk.pk}"))
    desk.post(NEW, {**given, "title": "Fathers", "do": "keep"})
    brief = queries.every_brief().get()
    words = f"/desk/briefs/{brief.pk}/words/"
    again = fields(desk.get(words))
    assert again["take"] == given["take"]

    desk.post(words, {**again, "take": again["take"][:1], "title": "Fathers come", "do": "keep"})

    brief.refresh_from_db()
    assert brief.title == "Fathers come"
    assert brief.quotes.count() == 1
    stale = desk.post(words, {**again, "title": "Older", "do": "keep"})
    assert stale.status_code == 409
    assert "Older" in stale.content.decode()


def test_members_and_visitors_do_not_come_in(talk, amina):
    assert cast.signed_in(Client(), amina).get(f"{NEW}?from={talk.pk}").status_code == 404
    assert Client().get(NEW).status_code == 302


def test_the_button_stands_for_hosts_alone(desk, talk, amina):
    address = f"{NEW}?from={talk.pk}"

    assert address in desk.get(talk.get_absolute_url()).content.decode()
    assert (
        address not in cast.signed_in(Client(), amina).get(talk.get_absolute_url()).content.decode()
    )
    assert Contribution.objects.get(pk=talk.pk).is_public
