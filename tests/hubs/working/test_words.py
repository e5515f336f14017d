"""Notes, decisions, drafts and points: written together, judged, changed without loss, told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from exchange.core import reportable
from exchange.core.time import now
from exchange.hubs.models import Membership, Paper, Space
from exchange.hubs.working import (
    decisions,
    drafts,
    notes,
    papers,
    points,
    reminding,
    sealing,
    weekly,
)
from exchange.hubs.working.errors import ChangedMeanwhile, NotAllowed, Noticed, NotNow
from exchange.hubs.working.papers import Written
from exchange.hubs.working.points import Task
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import dossier

pytestmark = pytest.mark.django_db
POINTING = "Neema Otieno, 9 years old, of Kisumu Ndogo primary school, was beaten by her uncle."


def ask(group, by, **more) -> Paper:
    return papers.write(
        group, kind="decision", by=by, written=Written(title="Meet every month?"), **more
    )


def test_notes_are_begun_from_the_agenda_and_sent_when_finished(
    meeting, amina, halima, juma, grace, browser, post
) -> None:
    papers.write(
        meeting.space,
        kind="agenda",
        by=halima,
        written=Written(title="The list"),
        parent=meeting,
        choice="accepted",
    )
    client = browser(amina)
    address = f"{meeting.get_absolute_url()}notes/write/"
    assert "## The list" in client.get(address).content.decode()
    client.post(address, {"body": "## The list\nKept by Juma.", "version": "0"})
    row = notes.of(meeting)
    worker.run_until_idle()
    OutgoingMail.objects.all().delete()
    Membership.objects.filter(member=grace).update(level="off")
    client.post(f"{meeting.get_absolute_url()}notes/finished/")
    worker.run_until_idle()
    told = OutgoingMail.objects.values_list("to_address", flat=True)
    assert sorted(told) == sorted([halima.email, juma.email])
    assert "Kept by Juma." in post.of(juma).newest().text
    row.refresh_from_db()
    assert row.is_settled


def test_two_who_change_at_once_lose_nothing(draft, amina, juma, browser) -> None:
    address = f"{draft.get_absolute_url()}change/"
    papers.change(draft, by=juma, written=Written(title="T", body="Of Juma"), version=1)
    given = {"title": "T", "body": "Of Amina", "version": "1"}
    answer = browser(amina).post(address, given)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Of Juma" in shown
    assert "Of Amina" in shown
    browser(amina).post(address, {**given, "version": "2"})
    draft.refresh_from_db()
    assert (draft.body, draft.version) == ("Of Amina", 3)
    assert draft.revisions.filter(body="Of Juma").exists()


def test_versions_are_compared_in_words_and_put_back(draft, amina, juma, browser) -> None:
    papers.change(
        draft, by=juma, written=Written(title="T", body="First line.\n\nThird."), version=1
    )
    page = browser(amina).get(f"{draft.get_absolute_url()}versions/").content.decode()
    assert "<ins>Third.</ins>" in page
    assert "<del>Second line.</del>" in page
    browser(amina).post(f"{draft.get_absolute_url()}restored/", {"restore": "1", "version": "2"})
    draft.refresh_from_db()
    assert "Second line." in draft.body
    assert draft.version == 3


def test_a_draft_is_handed_on_only_when_all_who_wrote_agree(draft, amina, juma, halima) -> None:
    papers.change(draft, by=juma, written=Written(title="T", body="More"), version=1)
    draft.refresh_from_db()
    drafts.make_ready(draft, by=juma, is_ready=True)
    draft.refresh_from_db()
    drafts.consent(draft, by=amina, agrees=True)
    with pytest.raises(NotNow):
        drafts.hand_on(draft, by=halima, way="experience")
    with pytest.raises(NotAllowed):
        drafts.consent(draft, by=halima, agrees=True)
    drafts.consent(draft, by=juma, agrees=True)
    assert drafts.agreeing(draft) == {amina.pk, juma.pk}
    assert drafts.hand_on(draft, by=halima, way="experience").startswith("/")


def test_a_decision_closes_with_its_outcome_in_words_and_no_otherwise(
    group, amina, juma, halima, grace, post
) -> None:
    question = ask(group, amina)
    decisions.say(question, by=juma, choice="agree", written=Written())
    with pytest.raises(NotNow):
        decisions.say(question, by=juma, choice="not-yet", written=Written())
    with pytest.raises(NotAllowed):
        decisions.say(question, by=grace, choice="agree", written=Written())
    with pytest.raises(NotNow):
        decisions.close(question, by=halima, written=Written())
    with pytest.raises(NotAllowed):
        decisions.close(question, by=amina, written=Written(body="Yes."))
    outcome = decisions.close(question, by=halima, written=Written(body="Yes, each first Monday."))
    question.refresh_from_db()
    assert question.is_settled
    worker.run_until_idle()
    assert "each first Monday" in post.of(juma).newest().text
    with pytest.raises(NotNow):
        decisions.say(question, by=amina, choice="agree", written=Written())
    changed = Written(body="Yes, each last Monday.")
    decisions.close(question, by=halima, written=changed, version=outcome.version)
    assert [one.body for one in outcome.revisions.order_by("version")] == [
        "Yes, each first Monday.",
        "Yes, each last Monday.",
    ]


def test_a_decision_is_answered_by_mail(group, amina, juma, halima, post) -> None:
    question = ask(group, amina, due_on=(now() + timedelta(days=9)).date())
    worker.run_until_idle()
    post.of(juma).answer("I can live with it")
    post.of(halima).answer("We have no money for the buses.")
    said = dict(question.parts.values_list("author__display_name", "choice"))
    assert said == {"Juma": "live-with", "Halima": "not-yet"}
    assert question.parts.get(author=halima).body == "We have no money for the buses."


def test_who_has_said_nothing_is_reminded_the_day_before(group, amina, juma, grace, post) -> None:
    question = ask(group, amina, due_on=(now() + timedelta(days=1)).date())
    decisions.say(question, by=amina, choice="agree", written=Written())
    OutgoingMail.objects.all().delete()
    noon = now().replace(hour=9)
    Paper.objects.filter(pk=question.pk).update(due_on=(noon + timedelta(days=1)).date())
    reminding.remind_of_decisions(moment=noon)
    assert [mail.to_address for mail in OutgoingMail.objects.all()] == [juma.email]


def test_done_by_mail_closes_a_point_and_a_tap_opens_it(
    group, amina, halima, juma, post, browser
) -> None:
    task = Task(owner=amina, due_on=(now() + timedelta(days=3)).date())
    point = points.add(group, by=halima, written=Written(title="Send the list"), task=task)
    worker.run_until_idle()
    post.of(amina).answer("done")
    point.refresh_from_db()
    assert (point.is_settled, point.settled_by) == (True, amina)
    browser(juma).post(f"{point.get_absolute_url()}done/", {"done": "0"})
    point.refresh_from_db()
    assert point.is_settled
    browser(amina).post(f"{point.get_absolute_url()}done/", {"done": "0"})
    point.refresh_from_db()
    assert not point.is_settled


def test_whoever_does_it_is_reminded_three_days_before_and_the_day_after(
    group, amina, halima, post
) -> None:
    noon = now().replace(hour=9)
    due = noon.date() + timedelta(days=3)
    points.add(group, by=amina, written=Written(title="List"), task=Task(amina, due_on=due))
    counts = [reminding.remind_of_points(moment=noon + timedelta(days=n)) for n in range(6)]
    assert counts == [1, 0, 0, 0, 1, 0]


def test_words_that_point_to_a_child_wait_for_the_groups_host(
    group, amina, juma, halima, browser
) -> None:
    with pytest.raises(Noticed):
        papers.write(group, kind="draft", by=amina, written=Written(title="T", body=POINTING))
    row = papers.write(
        group, kind="draft", by=amina, written=Written(title="T", body=POINTING, insist=True)
    )
    assert row.state == "held"
    assert browser(juma).get(row.get_absolute_url()).status_code == 404
    assert browser(amina).get(row.get_absolute_url()).status_code == 200
    waiting = "/hubs/nairobi/papers/waiting/"
    assert browser(amina).get(waiting).status_code == 404
    assert "Neema" in browser(halima).get(waiting).content.decode()
    browser(halima).post(f"/hubs/nairobi/papers/{row.pk}/decision/", {"way": "out", "version": "1"})
    assert browser(juma).get(row.get_absolute_url()).status_code == 200


def test_a_held_change_leaves_what_stood(draft, amina, halima) -> None:
    papers.change(
        draft, by=amina, written=Written(title="T", body=POINTING, insist=True), version=1
    )
    draft.refresh_from_db()
    assert "First line." in draft.body
    held = draft.revisions.get(is_held=True)
    papers.let_out(draft, by=halima, version=held.version)
    draft.refresh_from_db()
    assert draft.body == POINTING


def test_a_group_may_have_everything_read_first(group, amina, halima) -> None:
    Space.objects.filter(pk=group.pk).update(reads_first="new")
    group.refresh_from_db()
    row = papers.write(group, kind="draft", by=amina, written=Written(title="T", body="Words"))
    assert row.state == "held"
    papers.let_out(row, by=halima, version=1)
    amina.__dict__.pop("_belongs_to", None)
    again = papers.write(group, kind="draft", by=amina, written=Written(title="U", body="Words"))
    assert again.state == "out"


def test_what_is_reported_is_sealed_and_let_back_by_a_host(draft, amina, juma, halima) -> None:
    place = reportable.place(sealing.PLACE)
    assert place.find(draft.pk, juma).text.startswith("What we learned")
    place.seal(draft.pk)
    for reader in (amina, juma, halima):
        assert not Paper.objects.visible_to(reader).filter(pk=draft.pk).exists()
    place.unseal(draft.pk)
    assert not Paper.objects.visible_to(juma).filter(pk=draft.pk).exists()
    papers.let_out(draft, by=halima, version=1)
    assert Paper.objects.visible_to(juma).filter(pk=draft.pk).exists()


def test_taken_away_is_gone_with_all_its_versions(draft, amina, juma, browser) -> None:
    browser(juma).post(f"/hubs/nairobi/papers/{draft.pk}/away/")
    draft.refresh_from_db()
    assert draft.state == "out"
    browser(amina).post(f"/hubs/nairobi/papers/{draft.pk}/away/")
    draft.refresh_from_db()
    assert (draft.state, draft.body, draft.revisions.count()) == ("gone", "", 0)
    with pytest.raises(NotAllowed):
        papers.change(draft, by=amina, written=Written(title="T"), version=2)


def test_who_leaves_is_exported_and_unnamed_and_the_groups_record_stays(draft, amina) -> None:
    told = dossier.export(amina)["hubs"]
    assert told["group papers"][0]["title"] == "What we learned"
    dossier.erase(amina)
    draft.refresh_from_db()
    assert (draft.author, draft.title) == (None, "What we learned")
    assert not draft.revisions.exclude(by=None).exists()


def test_a_version_of_yesterday_is_no_version_of_today(draft, juma) -> None:
    with pytest.raises(ChangedMeanwhile):
        papers.change(draft, by=juma, written=Written(title="T", body="x"), version=9)


def test_who_wants_one_letter_a_week_gets_one(group, draft, amina, juma, post) -> None:
    Membership.objects.filter(member=juma).update(level="digest")
    ask(group, amina)
    worker.run_until_idle()
    assert not OutgoingMail.objects.filter(to_address=juma.email).exists()
    weekly.tell_week(moment=now())
    weekly.tell_week(moment=now())
    letter = OutgoingMail.objects.get(to_address=juma.email)
    assert "Meet every month?" in letter.text
    assert "What we learned" in letter.text
