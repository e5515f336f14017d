"""A host builds, looks at and releases a newsletter on pages that need no script.
Run by pytest alone."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from exchange.briefings.builder import actions, waiting
from exchange.briefings.builder.queries import editions_of
from exchange.briefings.models import Issue, Item, Newsletter, Subscriber
from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.core.time import now
from tests import cast
from tests.briefings.builder.making import begun, many, shared

pytestmark = pytest.mark.django_db
DESK = "/desk/newsletters/"


@pytest.fixture
def desk(beatriz):
    return cast.signed_in(Client(), beatriz)


@pytest.fixture
def edition(amina, beatriz):
    shared("experience", amina, "Chiefs against early marriage")
    shared("idea", amina, "A radio hour for grandmothers")
    shared("idea", amina, "A football field at the school")
    return editions_of(begun(beatriz))[0]


def at(edition, more=""):
    return f"{DESK}editions/{edition.pk}/{more}"


def typed(client, edition, **more):
    """The form as the page shows it, with these changes."""
    page = client.get(at(edition)).content.decode()
    form = page[page.index('id="edition"') :]
    marks = dict(re.findall(r'name="(was-[^"]+)" value="([^"]+)"', form))
    lines = dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', form))
    titles = dict(re.findall(r'<input type="text" name="([^"]+)" value="([^"]*)"', form))
    return {**marks, **lines, **titles, "do": "save", **more}


def titles_of(edition):
    return [item.contribution.title for item in edition.items.order_by("section", "place")]


def test_only_hosts_come_in(edition, amina, visitor):
    member = cast.signed_in(Client(), amina)
    for path in (DESK, f"{DESK}{edition.issue_id}/", at(edition), at(edition, "look/")):
        assert member.get(path).status_code == 404
        assert visitor.get(path).status_code == 302
    assert visitor.get(at(edition, "page/")).status_code == 302


def test_one_click_begins_an_issue(desk, amina):
    shared("experience", amina, "Chiefs against early marriage")
    page = desk.get(DESK).content.decode()
    assert "Begin: Newsletter of " in page
    form = dict(re.findall(r'name="(name|since|until)" value="([^"]*)"', page))

    answer = desk.post(DESK, {**form, "languages": ["en", "sw"]}, follow=True)

    issue = Issue.objects.get()
    assert [one.language for one in editions_of(issue)] == ["en", "sw"]
    assert "Kiswahili" in answer.content.decode()
    refused = desk.post(DESK, {**form, "languages": ["en"], "until": "2001-01-01"})
    assert refused.status_code == 422
    assert Issue.objects.count() == 1


def test_the_same_form_twice_begins_one_issue(desk):
    page = desk.get(DESK).content.decode()
    form = dict(re.findall(r'name="(name|since|until|once)" value="([^"]*)"', page))

    for _again in range(2):
        desk.post(DESK, {**form, "languages": ["en"]})

    assert Issue.objects.count() == 1


def test_one_more_edition_is_made_once(desk, edition):
    address = f"{DESK}{edition.issue_id}/"
    for _again in range(2):
        desk.post(address, {"language": "sw", "hub": "east-africa"})

    found = [(one.hub, one.language) for one in editions_of(edition.issue)]
    assert found == [("", "en"), ("east-africa", "sw")]
    assert desk.post(address, {"language": "xx"}).status_code == 422


def test_words_that_a_host_holds_lose_their_release_when_they_change(desk, edition, beatriz):
    actions.release(edition=edition, by=beatriz)
    Newsletter.objects.filter(pk=edition.pk).update(
        state="waiting", send_at=now() - timedelta(hours=1)
    )
    assert "Its hour has passed" in desk.get(at(edition)).content.decode()
    assert "whose hour has passed" in str(waiting.late().label)

    desk.post(at(edition), typed(desk, edition, body="Other words."))

    row = Newsletter.objects.get(pk=edition.pk)
    assert (row.phase, row.body) == ("draft", "Other words.")


def test_after_it_was_sent_words_change_in_the_archive_and_items_stay(desk, edition, beatriz):
    item = edition.items.get(contribution__kind="experience")
    desk.post(at(edition), typed(desk, edition, **{f"intro-{item.pk}": "Six chiefs tell how."}))
    actions.release(edition=edition, by=beatriz)
    actions.let_out(edition=edition)
    Newsletter.objects.filter(pk=edition.pk).update(phase="sent")

    answer = desk.post(at(edition), typed(desk, edition, local="On Saturday."), follow=True)

    assert "Mails that went out stay as they are" in answer.content.decode()
    edition.refresh_from_db()
    assert (edition.local, edition.phase) == ("On Saturday.", "sent")
    desk.post(at(edition), typed(desk, edition, do=f"out-{item.pk}"))
    assert edition.items.filter(pk=item.pk, intro="Six chiefs tell how.").exists()


def test_who_subscribed_is_counted_before_anything_goes(desk, edition):
    for number, language in enumerate(["en", "en", "sw"]):
        Subscriber.objects.create(
            address=f"s{number}@example.org", digest=f"{number}", language=language,
            state="confirmed",
        )  # fmt: skip

    assert "3 people get it" in desk.get(f"{DESK}{edition.issue_id}/").content.decode()
    assert "Send it to 3 people" in desk.get(at(edition, "release/")).content.decode()
    assert "English (2)" in desk.get(DESK).content.decode()


def test_whatever_is_pressed_keeps_what_was_typed(desk, edition):
    first = edition.items.get(contribution__title="A football field at the school")
    given = typed(desk, edition, body="A good month.", do=f"down-{first.pk}")

    answer = desk.post(at(edition), given)

    edition.refresh_from_db()
    assert answer.status_code == 302
    assert edition.body == "A good month."
    assert titles_of(edition)[-1] == "A football field at the school"


def test_the_enter_key_looks_for_what_is_asked_for_and_keeps_the_rest(desk, edition):
    looked = desk.post(at(edition), typed(desk, edition, title="Kept", find="village", do="enter"))
    kept = desk.post(at(edition), typed(desk, edition, do="enter"), follow=True)

    assert looked["Location"] == f"{at(edition)}?find=village#found"
    assert edition_title(edition) == "Kept"
    assert "It is kept." in kept.content.decode()


def edition_title(edition):
    return Newsletter.objects.get(pk=edition.pk).title


def test_lines_items_and_the_message_are_changed_on_one_screen(desk, edition, amina):
    idea = shared("discussion", amina, "Who speaks at the village court?")
    item = edition.items.get(contribution__kind="experience")
    desk.post(at(edition), typed(desk, edition, **{f"intro-{item.pk}": "Six chiefs tell how."}))
    found = desk.get(at(edition), {"find": "village court"}).content.decode()
    assert f'value="add-{idea.pk}"' in found
    desk.post(at(edition), typed(desk, edition, do=f"add-{idea.pk}"))
    out = edition.items.get(contribution__title="A radio hour for grandmothers")
    desk.post(at(edition), typed(desk, edition, do=f"out-{out.pk}", message="Read this!"))

    edition.refresh_from_db()
    assert titles_of(edition) == [
        "Chiefs against early marriage",
        "A football field at the school",
        "Who speaks at the village court?",
    ]
    assert edition.items.get(pk=item.pk).intro == "Six chiefs tell how."
    assert edition.message == "Read this!"
    assert "https://wa.me/?text=Read%20this%21" in desk.get(at(edition)).content.decode()
    desk.post(at(edition), typed(desk, edition, do="message"))
    edition.refresh_from_db()
    assert edition.message == ""


def test_a_message_left_alone_follows_the_items(desk, edition):
    desk.post(at(edition), typed(desk, edition, title="Chiefs and more"))

    edition.refresh_from_db()
    assert (edition.title, edition.message) == ("Chiefs and more", "")
    page = desk.get(at(edition)).content.decode()
    assert "*Chiefs and more*" in page


def test_two_hosts_at_once_lose_nothing(desk, edition, desta):
    other = cast.signed_in(Client(), desta)
    mine, theirs = typed(desk, edition, body="Mine."), typed(other, edition, title="Theirs")
    desk.post(at(edition), mine)

    assert other.post(at(edition), theirs).status_code == 302
    edition.refresh_from_db()
    assert (edition.title, edition.body) == ("Theirs", "Mine.")


def test_where_both_wrote_both_are_shown_and_the_second_decides(desk, edition, desta):
    other = cast.signed_in(Client(), desta)
    theirs = typed(other, edition, body="Theirs.")
    desk.post(at(edition), typed(desk, edition, body="Mine."))

    answer = other.post(at(edition), theirs)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "“Mine.”" in page
    assert "Theirs.</textarea>" in page
    marks = dict(re.findall(r'name="(was-[^"]+)" value="([^"]+)"', page))
    assert other.post(at(edition), {**theirs, **marks}).status_code == 302
    edition.refresh_from_db()
    assert edition.body == "Theirs."


def test_what_a_gate_asks_about_is_shown_back_and_everything_typed_stays(desk, edition):
    said = "Grace Wanjiru, 9 years old, lives with her aunt in Kibera near the school."
    item = edition.items.get(contribution__kind="experience")
    given = typed(desk, edition, body=said, local_title="Our next meeting")

    answer = desk.post(at(edition), given)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'id="noticed"' in page
    assert "Our next meeting" in page
    edition.refresh_from_db()
    assert edition.body == ""
    line = desk.post(at(edition), typed(desk, edition, **{f"intro-{item.pk}": said}))
    assert line.status_code == 422
    assert "Grace Wanjiru" in line.content.decode()
    assert edition.items.get(pk=item.pk).intro == ""


def test_the_mail_is_shown_as_it_will_be_and_may_do_nothing(desk, edition):
    page = desk.get(at(edition, "page/"))

    assert page["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "Chiefs against early marriage" in page.content.decode()
    assert "max-width:360px" in desk.get(at(edition, "page/"), {"phone": ""}).content.decode()
    assert "Chiefs against early marriage" in desk.get(at(edition, "look/")).content.decode()


def test_what_is_taken_back_is_shown_to_nobody_not_even_hosts(desk, edition, amina):
    item = edition.items.get(contribution__kind="experience")
    withdraw(contribution=item.contribution, by=amina)

    page = desk.get(at(edition)).content.decode()

    assert "Chiefs against" not in page
    assert "Taken back" in page


def test_read_counted_released_and_taken_back_by_a_change(desk, edition):
    page = desk.get(at(edition, "release/")).content.decode()
    assert "Send it to 0 people" in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    tomorrow = now().date() + timedelta(days=1)
    hour = {"when": "later", "day": f"{tomorrow}", "hour": "15:00", "zone": "Africa/Nairobi"}
    past = {**hour, "day": f"{tomorrow - timedelta(days=3)}"}

    assert desk.post(at(edition, "release/"), {**past, "seen": seen}).status_code == 422
    assert desk.post(at(edition, "release/"), {**hour, "seen": "other"}).status_code == 422
    assert desk.post(at(edition, "release/"), {**hour, "seen": seen}).status_code == 302
    edition.refresh_from_db()
    assert (edition.phase, f"{edition.send_at:%H:%M}") == ("scheduled", "12:00")

    answer = desk.post(at(edition), typed(desk, edition, title="Another"), follow=True)
    edition.refresh_from_db()
    assert edition.phase == "draft"
    assert "released again" in answer.content.decode()


def test_all_editions_of_an_issue_go_with_one_yes(desk, beatriz, amina):
    shared("idea", amina, "A radio hour for grandmothers")
    issue = begun(beatriz, languages=("en", "sw"))
    address = f"{DESK}{issue.pk}/release/"
    seen = re.search(r'name="seen" value="([^"]+)"', desk.get(address).content.decode())[1]

    desk.post(address, {"when": "now", "seen": seen})

    assert {one.phase for one in editions_of(issue)} == {"scheduled"}
    assert desk.get(address).status_code == 302
    edition = editions_of(issue)[0]
    desk.post(at(edition, "back/"))
    assert Newsletter.objects.get(pk=edition.pk).phase == "draft"


def test_the_second_host_sees_the_hour_the_first_one_chose(beatriz, desta, amina):
    edition = editions_of(begun(beatriz, needs_two=True))[0]
    hour = (now() + timedelta(days=2)).replace(hour=9, minute=30, second=0, microsecond=0)
    actions.release(edition=edition, by=beatriz, send_at=hour)
    other = cast.signed_in(Client(), desta)

    page = other.get(at(edition, "release/")).content.decode()
    assert f'value="{hour.date()}"' in page
    assert 'value="09:30"' in page
    seen = re.search(r'name="seen" value="([^"]+)"', page)[1]
    other.post(at(edition, "release/"), {"when": "now", "seen": seen})

    edition.refresh_from_db()
    assert edition.phase == "scheduled"
    assert edition.send_at < hour


def test_the_second_edition_takes_over_items_and_asks_for_its_lines(desk, beatriz, edition):
    sw = actions.begin(
        name="x",
        since=edition.issue.since,
        until=edition.issue.until,
        languages=("sw",),
        hubs=(),
        by=beatriz,
    )
    other = editions_of(sw)[0]
    Newsletter.objects.filter(pk=other.pk).update(issue=edition.issue)
    item = edition.items.get(contribution__kind="experience")
    desk.post(at(edition), typed(desk, edition, **{f"intro-{item.pk}": "Six chiefs tell how."}))
    other.items.all().delete()

    desk.post(at(other), typed(desk, other, do=f"over-{edition.pk}"))

    assert titles_of(other) == titles_of(edition)
    page = desk.get(at(other)).content.decode()
    assert "In English it says:" in page
    assert "Six chiefs tell how." in page
    assert other.items.get(contribution__kind="experience").intro == ""


def test_the_screen_asks_few_questions_and_is_light(
    desk, beatriz, amina, django_assert_max_num_queries
):
    many("idea", amina, [f"Idea number {n} for our committees" for n in range(20)])
    edition = editions_of(begun(beatriz, languages=("en", "sw")))[0]
    have = set(edition.items.values_list("contribution_id", flat=True))
    Item.objects.bulk_create(
        Item(newsletter=edition, contribution=row, section="talk", place=20 + row.pk)
        for row in Contribution.objects.filter(kind="idea").exclude(pk__in=have)
    )
    desk.get(at(edition))

    with django_assert_max_num_queries(8):
        page = desk.get(at(edition), headers={"accept-encoding": "gzip"})

    assert page.status_code == 200
    assert len(page.content) <= 14_000
    with django_assert_max_num_queries(8):
        desk.get(DESK)
