"""Something new at a place that is followed: to whom, by which rule, once, page by page.
Run by pytest alone."""

from datetime import timedelta

import pytest

from exchange.alerts.hooks import news
from exchange.alerts.models import Level, Waiting, Watch
from exchange.alerts.telling import actions, looking
from exchange.alerts.watching import queries
from exchange.alerts.watching.actions import set_level, watch
from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.conversation import marks
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def femi(db):
    return cast.person("Femi", welcomed_at=now())


def shared(author, kind="question", **more) -> Contribution:
    told = {
        "title": "Who opens your meetings?",
        "body": "We take turns.",
        "topics": ("ethics",),
        "countries": ("KE",),
        "language": "en",
        **more,
    }
    row = spine.submit(kind=kind, content=Content(**told), author=author)
    worker.run_until_idle()
    return row


def told(member) -> list[str]:
    mails = OutgoingMail.objects.filter(person=member.pk, purpose="alert")
    return list(mails.order_by("pk").values_list("item", flat=True))


@pytest.mark.parametrize(
    ("kind", "value"),
    [("topic", "ethics"), ("country", "ke"), ("hub", "east-africa"), ("person", ""), ("help", "")],
)
def test_each_sort_of_place_tells_of_what_is_new_there(amina, femi, kind, value):
    value = str(femi.pk) if kind == "person" else value
    watch(member=amina, kind=kind, value=value, level="each")

    row = shared(femi)

    assert told(amina) == [f"contribution:{row.pk}"]
    mail = OutgoingMail.objects.get(person=amina.pk)
    assert mail.subject == "A new question for you"
    assert "We take turns." in mail.text
    assert "You get this because you" in mail.text
    assert mail.key == f"alert:contribution:{row.pk}:new:{amina.pk}"


def test_an_organisation_by_its_name_however_it_is_written(amina, femi):
    watch(member=amina, kind="organisation", value="Nyumba Kumi", level="each")

    row = shared(femi, "notice", organisation=" nyumba  KUMI", expires_at=now() + timedelta(9))

    assert told(amina) == [f"contribution:{row.pk}"]
    assert "because you follow Nyumba Kumi." in OutgoingMail.objects.get().text


@pytest.mark.parametrize("level", ["digest", "off"])
def test_other_levels_are_not_told_at_once(amina, femi, level):
    watch(member=amina, kind="topic", value="ethics", level=level)

    shared(femi)

    assert told(amina) == []


def test_other_places_ones_own_words_and_what_waits_are_not_told(amina, femi, chen):
    watch(member=amina, kind="topic", value="ethics", level="each")
    watch(member=amina, kind="country", value="UG", level="each")

    shared(femi, topics=("child-marriage",))
    shared(amina)
    shared(chen)

    assert told(amina) == []


def test_several_rules_tell_once_and_the_narrowest_is_named(amina, femi):
    watch(member=amina, kind="topic", value="ethics", level="each")
    watch(member=amina, kind="hub", value="east-africa", level="each")
    watch(member=amina, kind="person", value=str(femi.pk), level="digest")

    row = shared(femi)

    (mail,) = OutgoingMail.objects.filter(person=amina.pk)
    assert "because you follow the topic “" in mail.text
    actions.tell_watcher(contribution_id=row.pk, member_id=amina.pk)
    assert len(told(amina)) == 1


def test_nothing_of_this_one_goes_before_all_watches(amina, femi):
    watch(member=amina, kind="topic", value="ethics", level="each")
    row = shared(femi)
    OutgoingMail.objects.all().delete()
    marks.follow(member=amina, contribution=row, level="off")

    actions.tell_watcher(contribution_id=row.pk, member_id=amina.pk)

    assert told(amina) == []


def test_an_experience_comes_with_its_parts_and_a_record_with_what_it_is_about(amina, femi):
    watch(member=amina, kind="topic", value="ethics", level="each")

    shared(femi, "experience", body="", parts={"faced": "A flood.", "did": "We moved uphill."})

    text = OutgoingMail.objects.get(person=amina.pk).text
    assert "What we faced\n\nA flood.\n\nWhat we did\n\nWe moved uphill." in text


# --- questions one can help with ---


def helper(practice="", languages="en", **more) -> Member:
    member = cast.person("Gita", practice=practice, languages=languages, **more)
    watch(member=member, kind="help", level="each")
    return member


@pytest.mark.parametrize(
    ("practice", "languages", "is_told"),
    [
        ("", "en", True),
        ("", "fr en", True),
        ("", "fr", False),
        ("mediation; research ethics", "en", True),
        ("kubadilisha; case management, alternative care", "en", False),
        ("التيسير", "ar en", False),
        ("carpentry", "en", True),
    ],
)
def test_help_is_asked_of_who_reads_the_language_and_works_on_it(
    femi, practice, languages, is_told
):
    gita = helper(practice, languages)

    shared(femi)

    assert bool(told(gita)) == is_told


def test_topics_somebody_follows_are_what_they_work_on_too(femi):
    gita = helper("case management")
    watch(member=gita, kind="topic", value="ethics", level="digest")

    shared(femi)

    assert len(told(gita)) == 1


def test_only_questions_are_asked_for_help(femi):
    gita = helper()

    shared(femi, "idea")

    assert told(gita) == []


# --- very many, the last look ---


def watchers(count: int) -> list[Member]:
    people = Member.objects.bulk_create(
        Member(email=f"w{n}@example.org", languages="en") for n in range(count)
    )
    Watch.objects.bulk_create(
        Watch(member=one, kind=kind, value=value, level=Level.EACH)
        for one in people
        for kind, value in (("topic", "ethics"), ("country", "KE"))
    )
    return people


def test_watchers_are_found_page_by_page_each_once(femi, monkeypatch):
    people = watchers(7)
    row = shared(femi)
    OutgoingMail.objects.all().delete()

    found, after = [], 0
    while page := queries.watcher_ids(row, level=Level.EACH, after=after, limit=3):
        found.append(page)
        after = page[-1]

    numbers = sorted(one.pk for one in people)
    assert found == [numbers[:3], numbers[3:6], numbers[6:]]
    monkeypatch.setattr(news, "PAGE", 3)
    other = shared(femi, title="Another one")
    assert OutgoingMail.objects.filter(item=f"contribution:{other.pk}").count() == 7


def test_what_stood_there_before_is_not_new_to_who_begins_to_follow(amina, femi):
    row = shared(femi)
    watch(member=amina, kind="topic", value="ethics", level="each")

    assert queries.watcher_ids(row, level=Level.EACH, after=0, limit=9) == []


def test_what_is_let_out_again_after_long_is_not_new(amina, femi, beatriz):
    watch(member=amina, kind="topic", value="ethics", level="each")
    row = shared(femi)
    OutgoingMail.objects.all().delete()
    spine.withdraw(contribution=row, by=beatriz)
    Contribution.objects.filter(pk=row.pk).update(published_at=now() - timedelta(days=30))
    row.refresh_from_db()

    spine.let_back(contribution=row, by=beatriz)
    worker.run_until_idle()

    assert told(amina) == []


@pytest.fixture
def queued(amina, femi):
    mine = watch(member=amina, kind="topic", value="ethics", level="each")
    row = spine.submit(
        kind="question",
        content=Content(title="Who opens?", body="We.", topics=("ethics",)),
        author=femi,
    )
    actions.tell_watcher(contribution_id=row.pk, member_id=amina.pk)
    return mine, row, OutgoingMail.objects.get(person=amina.pk)


def test_the_last_look_asks_whether_it_is_still_public_and_still_followed(queued, femi):
    mine, row, mail = queued
    assert looking.why_not(mail) == ""

    set_level(watch=mine, level="digest")
    assert looking.why_not(mail) == "not-followed"

    set_level(watch=mine, level="each")
    spine.withdraw(contribution=row, by=femi)
    assert looking.why_not(mail) == "not-public"
    assert not Waiting.objects.exists()
