"""Publishing in the writing room: the gates are asked, the row outside is what is true."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.models import Page, Revision

from exchange.briefings.models import Brief, Newsletter
from exchange.briefings.queries import briefs
from exchange.briefings.quoting import actions as quoting
from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, State
from exchange.contributions.sealing import seal
from exchange.core.page_cache import shelf as shelf_of_pages
from exchange.members.models import Member
from exchange.pages import texts
from exchange.pages.models import HouseText
from exchange.writing.models import BriefPage, HousePage, Standing
from exchange.writing.opening.actions import open_house
from exchange.writing.opening.shelves import shelf
from exchange.writing.publishing.actions import follow, let_out, press, take_back
from exchange.writing.publishing.showing import shown

TEXT = "<p>Listen <b>first</b>, then ask.</p>"
STORY = "<p>Fatuma, 9 years old, of Kibera Primary School, was beaten by her uncle.</p>"


def written(by: Member, said: str = TEXT, **other: Any) -> BriefPage:
    """A draft on the shelf, as the editor leaves it."""
    page = BriefPage(title="What listening does", live=False, owner=by, **other)
    page.body = page.body.stream_block.to_python([{"type": "text", "value": said}])
    place = shelf("briefs").specific
    place.add_child(instance=page)
    page.save_revision(user=by)
    return BriefPage.objects.get(pk=page.pk)


def changed(page: BriefPage, by: Member, said: str) -> Revision:
    fresh = page.get_latest_revision_as_object()
    fresh.body = fresh.body.stream_block.to_python([{"type": "text", "value": said}])
    return fresh.save_revision(user=by)


def row_of(page: BriefPage) -> Brief:
    row = page.outside
    assert row is not None
    return row


def test_a_press_of_the_button_publishes_through_the_spine(
    beatriz: Member, visitor: Client
) -> None:
    page = written(beatriz, topics=["listening-to-children"], countries=["KE"])
    outcome = press(revision=page.latest_revision, by=beatriz)
    assert outcome.code == "public"
    row = row_of(page)
    assert row.state == State.PUBLISHED
    assert row.body == "Listen **first**, then ask."
    assert row.country_codes == ["KE"]
    assert Page.objects.get(pk=page.pk).live
    assert "then ask." in visitor.get(row.get_absolute_url()).content.decode()


def test_twice_is_once(beatriz: Member) -> None:
    page = written(beatriz)
    press(revision=page.latest_revision, by=beatriz)
    press(revision=page.latest_revision, by=beatriz)
    assert briefs(beatriz).count() == 1
    assert row_of(page).state == State.PUBLISHED


def test_what_a_gate_asks_is_shown_and_nothing_is_live(beatriz: Member) -> None:
    page = written(beatriz, STORY)
    outcome = press(revision=page.latest_revision, by=beatriz)
    assert outcome.code == "noticed"
    told = shown(BriefPage.objects.get(pk=page.pk))
    assert any("Fatuma" in passage.marked for passage in told.passages)
    assert not Page.objects.get(pk=page.pk).live
    assert row_of(page).state == State.DRAFT
    assert page.revisions.count() == 1


def test_insisting_lets_another_host_read_it_and_the_page_says_so(
    beatriz: Member, desta: Member
) -> None:
    page = written(beatriz, STORY)
    # Nobody insists on what no gate has asked about yet.
    assert press(revision=page.latest_revision, by=beatriz, insist=True).code == "noticed"
    assert press(revision=page.latest_revision, by=beatriz, insist=True).code == "waiting"
    row = row_of(page)
    assert row.state == State.WAITING
    assert not Page.objects.get(pk=page.pk).live
    with override("en"):
        assert "Another host" in str(shown(BriefPage.objects.get(pk=page.pk)).state)
    spine.publish(contribution=row, by=desta, version=row.version)
    follow(page=BriefPage.objects.get(pk=page.pk))
    assert Page.objects.get(pk=page.pk).live


def test_other_words_than_those_asked_about_are_asked_about_anew(beatriz: Member) -> None:
    page = written(beatriz, STORY)
    press(revision=page.latest_revision, by=beatriz)
    revision = changed(page, beatriz, STORY.replace("Fatuma", "Amani"))
    assert press(revision=revision, by=beatriz, insist=True).code == "noticed"


def test_a_change_that_a_gate_stops_leaves_what_readers_see(beatriz: Member) -> None:
    page = written(beatriz)
    press(revision=page.latest_revision, by=beatriz)
    revision = changed(page, beatriz, STORY)
    assert press(revision=revision, by=beatriz).code == "noticed"
    assert row_of(page).body == "Listen **first**, then ask."
    fresh = Page.objects.get(pk=page.pk)
    assert fresh.live
    assert fresh.live_revision_id != revision.pk


def test_a_change_is_read_at_once_and_kept_as_a_revision(beatriz: Member) -> None:
    page = written(beatriz)
    press(revision=page.latest_revision, by=beatriz)
    revision = changed(page, beatriz, "<p>Ask, then listen.</p>")
    assert press(revision=revision, by=beatriz).code == "public"
    row = row_of(page)
    assert row.body == "Ask, then listen."
    assert row.revisions.count() == 2


def test_the_editor_itself_cannot_make_a_page_live(beatriz: Member) -> None:
    page = written(beatriz, STORY)
    page.latest_revision.publish(user=beatriz, skip_permission_checks=True)
    assert not Page.objects.get(pk=page.pk).live
    page.live = True
    page.save()
    assert not Page.objects.get(pk=page.pk).live


def test_taking_it_back_withdraws_it_and_leaves_no_draft(beatriz: Member, visitor: Client) -> None:
    page = written(beatriz)
    press(revision=page.latest_revision, by=beatriz)
    row = row_of(page)
    take_back(page=BriefPage.objects.get(pk=page.pk), by=beatriz)
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert visitor.get(row.get_absolute_url()).status_code == 404
    assert_gone(page.pk, "first")


@pytest.mark.parametrize("act", ["withdraw", "seal"])
def test_what_is_withdrawn_or_sealed_outside_leaves_the_room_with_every_draft(
    act: str, beatriz: Member, desta: Member
) -> None:
    page = written(beatriz)
    press(revision=page.latest_revision, by=beatriz)
    changed(page, beatriz, "<p>A newer draft.</p>")
    row = row_of(page)
    if act == "withdraw":
        spine.withdraw(contribution=row, by=desta)
    else:
        seal(contribution=Contribution.objects.get(pk=row.pk))
    follow(page=BriefPage.objects.get(pk=page.pk))
    assert_gone(page.pk, "first", "newer draft", "listening")


def assert_gone(page_id: int, *words: str) -> None:
    """Neither page nor revision, and no word in what the editor wrote down."""
    assert not Page.objects.filter(pk=page_id).exists()
    assert not Revision.objects.filter(object_id=str(page_id)).exists()
    log: Any = Page._meta.apps.get_model("wagtailcore", "PageLogEntry")
    kept = str(list(log.objects.filter(page_id=page_id).values_list("label", "data")))
    assert not any(word in kept for word in words)


def test_what_a_host_holds_is_not_live_and_its_draft_stays(beatriz: Member, desta: Member) -> None:
    page = written(beatriz, STORY)
    press(revision=page.latest_revision, by=beatriz)
    press(revision=page.latest_revision, by=beatriz, insist=True)
    row = row_of(page)
    spine.hold(contribution=row, by=desta, version=row.version, note="Please leave the name out.")
    follow(page=BriefPage.objects.get(pk=page.pk))
    assert not Page.objects.get(pk=page.pk).live
    assert page.revisions.count() == 1


def test_a_text_changed_at_the_desk_is_not_overwritten(beatriz: Member) -> None:
    page = written(beatriz)
    press(revision=page.latest_revision, by=beatriz)
    row = row_of(page)
    content = Content(title=row.title, body="Changed at the desk.", language="en")
    spine.revise(contribution=row, content=content, by=beatriz, version=row.version)
    assert press(revision=page.latest_revision, by=beatriz).code == "changed"
    assert row_of(page).body == "Changed at the desk."


def test_a_source_that_names_nothing_stops_it(beatriz: Member) -> None:
    page = written(beatriz, sources="the talk of last week")
    assert press(revision=page.latest_revision, by=beatriz).code == "source"
    assert not briefs(beatriz).exists()


def test_whoever_is_quoted_is_found_and_nothing_goes_out_before_they_agree(
    amina: Member, beatriz: Member
) -> None:
    said = "We sat with the mothers for three evenings before anybody spoke."
    talk = spine.submit(
        kind="discussion",
        content=Content(title="Evenings", body=f"{said} Then more."),
        author=amina,
    )
    page = written(beatriz, sources=f"#{talk.pk}")
    blocks = [{"type": "quotation", "value": {"words": said, "who": "Amina"}}]
    page.body = page.body.stream_block.to_python(blocks)
    assert press(revision=page.save_revision(user=beatriz), by=beatriz).code == "not-agreed"
    quote = row_of(page).quotes.get()
    assert quote.member == amina
    assert not Page.objects.get(pk=page.pk).live


def test_the_texts_of_the_exchange_are_written_here(beatriz: Member, visitor: Client) -> None:
    page = open_house(name="about", language="en", by=beatriz)
    assert "Practitioners are the experts" in str(page.body)
    assert not page.live
    fresh = page.get_latest_revision_as_object()
    fresh.title = "About all of us"
    assert press(revision=fresh.save_revision(user=beatriz), by=beatriz).code == "public"
    assert HousePage.objects.get(pk=page.pk).live
    assert "About all of us" in visitor.get("/about/").content.decode()
    take_back(page=HousePage.objects.get(pk=page.pk), by=beatriz)
    assert texts.read("about", "en").title == "About the Exchange"
    kept = HousePage.objects.get(pk=page.pk)
    assert not kept.live
    assert not HouseText.objects.get().is_public


def test_what_stands_in_the_way_is_forgotten_once_it_is_out(beatriz: Member) -> None:
    page = written(beatriz, STORY)
    press(revision=page.latest_revision, by=beatriz)
    revision = changed(page, beatriz, TEXT)
    assert let_out(revision=revision, by=beatriz).code == "public"
    assert Standing.objects.get(page_id=page.pk).code == ""


def test_hosts_alone_publish(amina: Member, beatriz: Member) -> None:
    page = written(beatriz)
    assert press(revision=page.latest_revision, by=amina).code == "not-allowed"
    assert not briefs(beatriz).exists()
    assert gettext("Brief")
    assert not Newsletter.objects.exists()


def test_a_brief_in_two_languages_leads_from_one_to_the_other(
    beatriz: Member, visitor: Client
) -> None:
    first = written(beatriz)
    press(revision=first.latest_revision, by=beatriz)
    second = written(beatriz, language="sw", translation_of=first)
    press(revision=second.latest_revision, by=beatriz)
    one, other = row_of(first), row_of(second)
    assert one.family == other.family == one.pk
    assert other.get_absolute_url() in visitor.get(one.get_absolute_url()).content.decode()
    assert one.get_absolute_url() in visitor.get(other.get_absolute_url()).content.decode()
    take_back(page=BriefPage.objects.get(pk=second.pk), by=beatriz)
    shelf_of_pages.clear()
    assert other.get_absolute_url() not in visitor.get(one.get_absolute_url()).content.decode()


def test_words_that_somebody_said_no_to_leave_every_draft(amina: Member, beatriz: Member) -> None:
    said = "We sat with the mothers for three evenings before anybody spoke."
    content = Content(title="Evenings", body=f"{said} Then more.")
    talk = spine.submit(kind="discussion", content=content, author=amina)
    page = written(beatriz, f"<p>Listen.</p><p>{said}</p>", sources=f"#{talk.pk}")
    blocks = [
        {"type": "text", "value": "<p>Listen.</p>"},
        {"type": "quotation", "value": {"words": said, "who": "Amina"}},
    ]
    page.body = page.body.stream_block.to_python(blocks)
    press(revision=page.save_revision(user=beatriz), by=beatriz)
    quote = row_of(page).quotes.get()
    quoting.answer(quote=quote, how="declined")
    follow(page=BriefPage.objects.get(pk=page.pk), forget=True)
    fresh = BriefPage.objects.get(pk=page.pk)
    kept = [str(one.content) for one in Revision.objects.filter(object_id=str(page.pk))]
    assert len(kept) == 1
    assert "mothers" not in kept[0] + str(fresh.body)
    assert "Listen." in str(fresh.get_latest_revision_as_object().body)
