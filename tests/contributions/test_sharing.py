"""Sharing: what goes out, what waits, and that nothing is lost or doubled on the way.
Read by pytest alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from exchange.contributions import actions
from exchange.contributions.content import Content
from exchange.contributions.errors import (
    AlreadyDecided,
    ChangedMeanwhile,
    NotAllowed,
    Refused,
)
from exchange.contributions.models import Contribution, Revision, State
from exchange.core import gates
from exchange.ledger.models import Event
from exchange.members.actions import pause
from exchange.members.models import Member

pytestmark = pytest.mark.django_db

COMMITTEE = Content(
    title="Our committee has stopped meeting. What brought yours back?",
    body="The transport money ended and so did the meetings.",
    topics=("community-mechanisms",),
    countries=("UG",),
    leadership="community-led",
)


def asked(author: Member, content: Content = COMMITTEE, once: str = "") -> Contribution:
    return actions.submit(kind="question", content=content, author=author, once_key=once)


def test_a_welcomed_member_s_question_is_out_at_once(amina: Member) -> None:
    question = asked(amina)

    assert question.state == State.PUBLISHED
    assert question in Contribution.objects.visible_to(None)
    assert Event.objects.filter(kind="contribution.published", subject_id=question.pk).count() == 1


def test_a_newcomer_s_question_waits_for_a_host(chen: Member, amina: Member) -> None:
    question = asked(chen)

    assert question.state == State.WAITING
    assert question in Contribution.objects.visible_to(chen)
    assert question not in Contribution.objects.visible_to(amina)
    assert question not in Contribution.objects.visible_to(None)


def test_without_any_gate_everything_is_held(
    amina: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gates, "_gates", {})

    assert asked(amina).state == State.WAITING


def test_a_gate_that_breaks_holds_the_text(amina: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(submission: gates.Submission) -> gates.Verdict:
        raise ValueError(submission.text)

    monkeypatch.setitem(gates._gates, "test.broken", broken)

    assert asked(amina).state == State.WAITING


def test_a_gate_that_refuses_keeps_no_contribution(
    amina: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(submission: gates.Submission) -> gates.Verdict:
        return gates.Verdict(gates.Outcome.REFUSE, (gates.Reason("spam"),))

    monkeypatch.setitem(gates._gates, "test.refusing", refusing)

    with pytest.raises(Refused):
        asked(amina)
    assert not Contribution.objects.exists()


def test_the_same_form_sent_twice_is_one_contribution(amina: Member) -> None:
    first, second = asked(amina, once="one-form"), asked(amina, once="one-form")

    assert first.pk == second.pk
    assert Contribution.objects.count() == 1


def test_other_words_in_a_form_that_was_sent_are_not_dropped(amina: Member) -> None:
    first = asked(amina, once="one-form")
    second = asked(amina, replace(COMMITTEE, title="And what sent them away?"), once="one-form")

    assert first.pk != second.pk
    assert second.title == "And what sent them away?"


def test_another_person_s_form_key_does_not_give_their_words(amina: Member, chen: Member) -> None:
    asked(chen, once="seen-over-the-shoulder")

    with pytest.raises(Exception, match=r"once_key|unique|UNIQUE"):
        asked(amina, once="seen-over-the-shoulder")


def test_a_paused_member_cannot_share(amina: Member, beatriz: Member) -> None:
    pause(member=amina, until=timezone.now() + timedelta(days=3), by=beatriz)
    amina.refresh_from_db()

    with pytest.raises(NotAllowed):
        asked(amina)


def test_context_is_kept_in_the_bridge_and_on_the_row(amina: Member) -> None:
    question = asked(amina)

    terms = sorted(question.context_terms.values_list("term_id", "state"))
    assert terms == [
        ("country:UG", "published"),
        ("leadership:community-led", "published"),
        ("topic:community-mechanisms", "published"),
    ]
    assert (question.topics, question.countries) == ("community-mechanisms", "UG")


def test_words_of_an_older_vocabulary_are_left_out(amina: Member) -> None:
    question = asked(amina, Content(title="T", topics=("no-such-topic", "ethics")))

    assert question.topics == "ethics"


class TestAHostDecides:
    def test_publishing_lets_it_out_and_welcomes_the_author(
        self, chen: Member, beatriz: Member
    ) -> None:
        question = asked(chen)

        actions.publish(contribution=question, by=beatriz, version=question.version)

        chen.refresh_from_db()
        assert question in Contribution.objects.visible_to(None)
        assert not chen.is_newcomer
        assert asked(chen, Content(title="A second one")).state == State.PUBLISHED

    def test_a_member_cannot_decide(self, chen: Member, amina: Member) -> None:
        question = asked(chen)

        with pytest.raises(NotAllowed):
            actions.publish(contribution=question, by=amina, version=question.version)
        assert question not in Contribution.objects.visible_to(None)

    def test_the_second_host_is_told_who_was_faster(
        self, chen: Member, beatriz: Member, desta: Member
    ) -> None:
        question = asked(chen)
        actions.publish(contribution=question, by=beatriz, version=question.version)

        with pytest.raises(AlreadyDecided) as told:
            actions.hold(contribution=question, by=desta, version=question.version, note="No.")
        assert told.value.by_name == "Beatriz"
        assert question in Contribution.objects.visible_to(None)

    def test_words_changed_meanwhile_are_not_published_unread(
        self, chen: Member, beatriz: Member
    ) -> None:
        question = asked(chen)
        actions.revise(contribution=question, content=Content(title="Other"), by=chen, version=1)

        with pytest.raises(AlreadyDecided):
            actions.publish(contribution=question, by=beatriz, version=1)

    def test_a_held_text_that_was_rewritten_waits_again(
        self, chen: Member, beatriz: Member
    ) -> None:
        question = asked(chen)
        held = actions.hold(contribution=question, by=beatriz, version=1, note="Please, no names.")

        actions.revise(
            contribution=held, content=Content(title="Without names"), by=chen, version=1
        )

        held.refresh_from_db()
        assert (held.state, held.title) == (State.WAITING, "Without names")


class TestChangingWords:
    def test_a_member_changes_their_own(self, amina: Member) -> None:
        question = asked(amina)

        stands = actions.revise(
            contribution=question, content=Content(title="Clearer"), by=amina, version=1
        )

        question.refresh_from_db()
        assert stands
        assert (question.title, question.version) == ("Clearer", 2)
        assert list(question.revisions.values_list("number", "title")) == [
            (1, COMMITTEE.title),
            (2, "Clearer"),
        ]

    def test_but_not_another_s(self, amina: Member, chen: Member) -> None:
        question = asked(amina)

        with pytest.raises(NotAllowed):
            actions.revise(contribution=question, content=Content(title="Mine"), by=chen, version=1)

    def test_an_older_tab_does_not_overwrite_a_newer_one(self, amina: Member) -> None:
        question = asked(amina)
        actions.revise(contribution=question, content=Content(title="New"), by=amina, version=1)

        with pytest.raises(ChangedMeanwhile) as told:
            actions.revise(contribution=question, content=Content(title="Old"), by=amina, version=1)
        assert told.value.version == 2

    def test_a_change_that_a_gate_holds_leaves_the_published_text_as_it_was(
        self, amina: Member, beatriz: Member, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        question = asked(amina)
        held = gates.Verdict(gates.Outcome.HOLD, (gates.Reason("looks-like-a-child"),))
        monkeypatch.setitem(gates._gates, "test.holding", lambda submission: held)

        stands = actions.revise(
            contribution=question, content=Content(title="With a name"), by=amina, version=1
        )

        question.refresh_from_db()
        assert not stands
        assert (question.title, question.state) == (COMMITTEE.title, State.PUBLISHED)
        waiting = Revision.objects.get(state=State.WAITING)

        actions.accept_revision(revision=waiting, by=beatriz)
        question.refresh_from_db()
        assert question.title == "With a name"


class TestWithdrawing:
    def test_takes_it_from_everyone_but_hosts_and_its_author(
        self, amina: Member, chen: Member
    ) -> None:
        question = asked(amina)

        actions.withdraw(contribution=question, by=amina)

        assert question not in Contribution.objects.visible_to(None)
        assert question not in Contribution.objects.visible_to(chen)
        assert not question.context_terms.filter(state=State.PUBLISHED).exists()

    def test_is_not_for_others(self, amina: Member, chen: Member) -> None:
        question = asked(amina)

        with pytest.raises(NotAllowed):
            actions.withdraw(contribution=question, by=chen)
        assert question in Contribution.objects.visible_to(None)


class TestClosing:
    def test_keeps_it_readable(self, amina: Member) -> None:
        question = actions.close(contribution=asked(amina), by=amina)

        assert not question.is_open
        assert question in Contribution.objects.visible_to(None)

    def test_can_be_undone_by_its_author_alone(self, amina: Member, chen: Member) -> None:
        question = actions.close(contribution=asked(amina), by=amina)

        with pytest.raises(NotAllowed):
            actions.reopen(contribution=question, by=chen)
        assert actions.reopen(contribution=question, by=amina).is_open


def test_a_notice_leaves_the_lists_on_its_day_but_keeps_its_address(amina: Member) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    notice = actions.submit(
        kind="notice",
        content=Content(title="Open day", organisation="A group", expires_at=tomorrow),
        author=amina,
    )
    assert actions.expire_due(moment=timezone.now()) == 0
    assert Contribution.objects.listed().filter(pk=notice.pk).exists()

    assert actions.expire_due(moment=tomorrow + timedelta(hours=1)) == 1

    assert not Contribution.objects.listed().filter(pk=notice.pk).exists()
    assert Contribution.objects.visible_to(None).filter(pk=notice.pk).exists()


def test_deleting_a_member_deletes_nobody_s_words(amina: Member) -> None:
    question = asked(amina)

    Member.objects.filter(pk=amina.pk).delete()

    question.refresh_from_db()
    assert (question.author, question.shown_as) == (None, "Amina")
