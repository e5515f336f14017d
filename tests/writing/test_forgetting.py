"""Words that were taken back leave the editor's own tables: addresses, previews, what it wrote down.
Run by pytest alone."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.admin.models import FormState
from wagtail.models import Page, Revision

from exchange.briefings import writing_room
from exchange.briefings.quoting import actions as quoting
from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.sealing import seal
from exchange.core.time import now
from exchange.members.models import Member
from exchange.writing.models import BriefPage
from exchange.writing.publishing.actions import follow, press
from tests.writing.test_publishing import row_of, shelf

SAID = "We sat with the mothers for three evenings."


def quoting_page(by: Member, author: Member) -> BriefPage:
    content = Content(title="Evenings", body=f"{SAID} Then more.")
    talk = spine.submit(kind="discussion", content=content, author=author)
    page = BriefPage(title=SAID, live=False, owner=by, sources=f"#{talk.pk}")
    block: Any = {"type": "quotation", "value": {"words": SAID, "who": "Amina"}}
    page.body = page.body.stream_block.to_python([block])
    shelf("briefs").specific.add_child(instance=page)
    press(revision=page.save_revision(user=by), by=by)
    found: BriefPage = BriefPage.objects.get(pk=page.pk)
    return found


def test_neither_address_nor_preview_nor_title_keeps_them(amina: Member, beatriz: Member) -> None:
    page = quoting_page(beatriz, amina)
    kind = ContentType.objects.get_for_model(page, for_concrete_model=False)
    FormState.objects.create(
        user=beatriz,
        content_type=kind,
        object_id=str(page.pk),
        data=f"body={SAID}",
        last_updated_at=now(),
    )
    quoting.answer(quote=row_of(page).quotes.get(), how="declined")
    follow(page=page, forget=True)

    fresh = Page.objects.get(pk=page.pk)
    kept = [str(one.content) + one.object_str for one in Revision.objects.all()]
    assert "mothers" not in "".join([fresh.title, fresh.draft_title, fresh.slug, fresh.url_path])
    assert "mothers" not in "".join(kept)
    assert not FormState.objects.filter(object_id=str(page.pk)).exists()


def test_the_title_of_a_sealed_source_leaves_the_room(amina: Member, beatriz: Member) -> None:
    page = quoting_page(beatriz, amina)
    talk = row_of(page).sources.get().contribution
    seal(contribution=talk)
    assert writing_room.summing_up(talk.pk) == [row_of(page).pk]

    follow(page=page, forget=True)

    fresh = BriefPage.objects.get(pk=page.pk)
    assert fresh.sources == f"#{talk.pk}"
    assert "Evenings" not in str([one.content for one in Revision.objects.all()])
