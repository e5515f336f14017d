"""The editor as a host meets it: opened from the desk, the button, what a gate says, the preview."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from exchange.briefings.briefs import actions as briefs
from exchange.briefings.builder import actions as builder
from exchange.briefings.models import Brief
from exchange.briefings.queries import briefs as rows_of
from exchange.briefings.queries import newsletters
from exchange.contributions.content import Content
from exchange.contributions.models import State
from exchange.core.languages import INTERFACE
from exchange.core.time import now
from exchange.members.models import Member
from exchange.pages.models import HouseText
from exchange.writing.models import BriefPage, HousePage, NewsletterPage, Shelf
from exchange.writing.opening.shelves import make_ready, shelf

ROOM = "/desk/write"


def prepared(by: Member, body: str = "## Why\n\nListen **first**.") -> Brief:
    content = Content(title="What listening does", body=body, language="en", countries=("KE",))
    return briefs.prepare(content=content, by=by, sources=[], quotes=[])


def typed(title: str, *blocks: Any, **other: Any) -> dict[str, Any]:
    fields = {"title": title, "slug": "a-brief", "language": "en", "body": streamfield(blocks)}
    empty = dict.fromkeys(("message", "credit", "sources", "summary", "hub", "review_on"), "")
    return nested_form_data({**empty, **fields, **other})


@pytest.mark.django_db
def test_the_shelves_are_ready_as_often_as_one_asks() -> None:
    make_ready()
    make_ready()
    assert Shelf.objects.count() == 4
    assert shelf("briefs").get_parent().specific.holds == "shelves"


def test_a_brief_from_the_desk_is_opened_in_blocks(host: Client, beatriz: Member) -> None:
    brief = prepared(beatriz)
    opened = host.get(f"{ROOM}/open/brief/{brief.pk}/")
    page = BriefPage.objects.get()
    assert opened["Location"] == f"{ROOM}/pages/{page.pk}/edit/"
    draft = page.get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["heading", "text"]
    assert draft.countries == ["KE"]
    assert not page.live
    host.get(f"{ROOM}/open/brief/{brief.pk}/")
    assert BriefPage.objects.count() == 1
    assert page.revisions.count() == 1
    assert host.get(opened["Location"]).status_code == 200


def test_what_was_changed_at_the_desk_becomes_the_draft(host: Client, beatriz: Member) -> None:
    brief = prepared(beatriz)
    host.get(f"{ROOM}/open/brief/{brief.pk}/")
    brief.refresh_from_db()
    content = Content(title=brief.title, body="Newer words.", language="en")
    given = {"message": "", "credit": "", "hub": "", "review_on": None}
    briefs.change(brief=brief, content=content, by=beatriz, version=brief.version, **given)
    host.get(f"{ROOM}/open/brief/{brief.pk}/")
    page = BriefPage.objects.get()
    assert "Newer words." in str(page.get_latest_revision_as_object().body)
    assert page.revisions.count() == 2


def test_a_withdrawn_brief_is_not_opened(host: Client, beatriz: Member) -> None:
    brief = prepared(beatriz)
    briefs.withdraw(brief=brief, by=beatriz)
    assert host.get(f"{ROOM}/open/brief/{brief.pk}/").status_code == 404
    assert host.get(f"{ROOM}/open/brief/999999/").status_code == 404


def test_members_open_nothing(amina: Member, beatriz: Member, as_host: Any) -> None:
    brief = prepared(beatriz)
    assert as_host(amina).get(f"{ROOM}/open/brief/{brief.pk}/").status_code == 404
    assert not BriefPage.objects.exists()


def test_a_brief_is_written_in_the_editor_and_published(
    host: Client, beatriz: Member, visitor: Client
) -> None:
    add = f"{ROOM}/pages/add/writing/briefpage/{shelf('briefs').pk}/"
    assert host.get(add).status_code == 200
    blocks = [("heading", "Why"), ("text", rich_text("<p>Listen <b>first</b>.</p>"))]
    sent = typed("What listening does", *blocks, topics=["children-taking-part"])
    host.post(add, {**sent, "action-publish": "action-publish"})
    row = rows_of(None).get()
    assert row.title == "What listening does"
    assert row.body == "## Why\n\nListen **first**."
    assert BriefPage.objects.get().live
    assert "Listen" in visitor.get(row.get_absolute_url()).content.decode()


def test_what_a_gate_asks_stands_on_the_page_with_the_way_to_another_host(
    host: Client, beatriz: Member
) -> None:
    story = "<p>Fatuma, 9 years old, of Kibera Primary School, was beaten by her uncle.</p>"
    add = f"{ROOM}/pages/add/writing/briefpage/{shelf('briefs').pk}/"
    sent = typed("A case", ("text", rich_text(story)))
    answer = host.post(add, {**sent, "action-publish": "action-publish"}, follow=True)
    shown = answer.content.decode()
    assert "<mark>" in shown
    assert 'value="anyway"' in shown
    assert not BriefPage.objects.get().live
    page = BriefPage.objects.get()
    edit = f"{ROOM}/pages/{page.pk}/edit/"
    host.post(edit, {**sent, "action-publish": "anyway"})
    assert rows_of(beatriz).get().state == State.WAITING
    assert not BriefPage.objects.get().live


def test_taking_it_back_in_the_editor_withdraws_it(host: Client, beatriz: Member) -> None:
    brief = briefs.publish(brief=prepared(beatriz), by=beatriz)
    host.get(f"{ROOM}/open/brief/{brief.pk}/")
    page = BriefPage.objects.get()
    assert page.live
    host.post(f"{ROOM}/pages/{page.pk}/unpublish/")
    brief.refresh_from_db()
    assert brief.state == State.WITHDRAWN
    assert not BriefPage.objects.exists()


def test_deleting_it_in_the_editor_withdraws_it(host: Client, beatriz: Member) -> None:
    brief = briefs.publish(brief=prepared(beatriz), by=beatriz)
    host.get(f"{ROOM}/open/brief/{brief.pk}/")
    page = BriefPage.objects.get()
    assert host.get(f"{ROOM}/pages/{page.pk}/delete/").status_code == 200
    host.post(f"{ROOM}/pages/{page.pk}/delete/")
    brief.refresh_from_db()
    assert brief.state == State.WITHDRAWN
    assert brief.page_id is None
    assert not BriefPage.objects.exists()


def test_pages_are_neither_copied_nor_moved_nor_done_many_at_once(
    host: Client, beatriz: Member
) -> None:
    brief = prepared(beatriz)
    host.get(f"{ROOM}/open/brief/{brief.pk}/")
    page = BriefPage.objects.get()
    for way in ("copy", "move"):
        assert host.get(f"{ROOM}/pages/{page.pk}/{way}/").status_code in (302, 403, 404)
    many = f"{ROOM}/bulk/wagtailcore/page/publish/?id={page.pk}"
    assert host.post(many).status_code == 404
    brief.refresh_from_db()
    assert brief.state == State.DRAFT
    assert BriefPage.objects.count() == 1
    root = shelf("pages").get_parent()
    assert host.post(f"{ROOM}/pages/{root.pk}/delete/").status_code != 200
    assert Shelf.objects.count() == 4


@pytest.mark.parametrize("language", INTERFACE)
def test_every_text_of_the_exchange_opens_in_every_language(
    language: str, host: Client, beatriz: Member
) -> None:
    for name in HouseText.Name.values:
        opened = host.get(f"{ROOM}/open/page/{name}/{language}/")
        page = HousePage.objects.get(name=name, language=language)
        assert opened["Location"].endswith(f"/{page.pk}/edit/")
    assert host.get(f"{ROOM}/open/page/nothing/{language}/").status_code == 404


def test_the_opening_words_of_an_edition_are_written_here(host: Client, beatriz: Member) -> None:
    today = now().date()
    builder.begin(name="May", since=today, until=today, languages=["en"], hubs=[], by=beatriz)
    edition = newsletters(beatriz).get()
    host.get(f"{ROOM}/open/newsletter/{edition.pk}/")
    page = NewsletterPage.objects.get()
    edit = f"{ROOM}/pages/{page.pk}/edit/"
    assert host.get(edit).status_code == 200
    fields = {
        "title": "What May brought",
        "slug": page.slug,
        "body": streamfield([("text", rich_text("<p>Dear all,</p>"))]),
        "local_title": "In Kenya",
        "local": streamfield([("heading", "Meet us")]),
        "message": "",
        "action-publish": "action-publish",
    }
    answer = host.post(edit, nested_form_data(fields), follow=True)
    edition.refresh_from_db()
    assert (edition.title, edition.body) == ("What May brought", "Dear all,")
    assert (edition.local_title, edition.local) == ("In Kenya", "## Meet us")
    with override(beatriz.first_language):
        said = gettext(
            "These words stand in the edition now. They go out when it is sent, at the desk."
        )
    assert said in answer.content.decode()
    # Nobody can read it yet, so that the editor does not call it live.
    assert not Page.objects.get(pk=page.pk).live


def test_the_preview_shows_the_draft_as_readers_would_see_it(host: Client, beatriz: Member) -> None:
    brief = prepared(beatriz)
    host.get(f"{ROOM}/open/brief/{brief.pk}/")
    page = BriefPage.objects.get()
    address = f"{ROOM}/pages/{page.pk}/edit/preview/"
    sent = typed("A title only here", ("text", rich_text("<p>Words only here.</p>")), language="ar")
    assert host.post(address, {**sent, "slug": page.slug}).json()["is_valid"]
    shown = host.get(f"{address}?mode=").content.decode()
    assert "A title only here" in shown
    assert "Words only here." in shown
    assert 'dir="rtl"' in shown
    brief.refresh_from_db()
    assert brief.title == "What listening does"
    assert [size["device_width"] for size in page.preview_sizes] == [360, 1280]


def test_the_preview_of_a_text_and_of_an_edition(host: Client, beatriz: Member) -> None:
    host.get(f"{ROOM}/open/page/about/en/")
    house = HousePage.objects.get()
    address = f"{ROOM}/pages/{house.pk}/edit/preview/"
    sent = nested_form_data(
        {
            "title": "About here",
            "slug": house.slug,
            "summary": "",
            "body": streamfield([("heading", "Part")]),
        }
    )
    assert host.post(address, sent).json()["is_valid"]
    assert "<h2>Part</h2>" in host.get(address).content.decode()


def test_the_history_shows_what_changed(host: Client, beatriz: Member) -> None:
    brief = prepared(beatriz)
    host.get(f"{ROOM}/open/brief/{brief.pk}/")
    page = BriefPage.objects.get()
    edit = f"{ROOM}/pages/{page.pk}/edit/"
    host.post(edit, {**typed("Second", ("heading", "Other"))})
    first, second = page.revisions.order_by("pk")
    assert host.get(f"{ROOM}/pages/{page.pk}/history/").status_code == 200
    compared = host.get(f"{ROOM}/pages/{page.pk}/revisions/compare/{first.pk}...{second.pk}/")
    assert "Second" in compared.content.decode()
