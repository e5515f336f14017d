"""Questions without an answer go on as questions, with a presenter asked. Run by pytest."""

from datetime import timedelta

import pytest

from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution
from exchange.conversation.actions import answer
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.webinars.after import opening, summing, telling
from exchange.webinars.errors import AlreadyDone, NotNow
from exchange.webinars.models import Asked, Presenter
from tests.webinars.conftest import seated


def opened(asked, by, presenter=None, due_on=None):
    question = opening.open_question(asked=asked, presenter=presenter, due_on=due_on, by=by)
    worker.run_until_idle()
    return question


def test_it_becomes_the_askers_own_question_and_the_presenter_is_asked(
    open_one, presenter, beatriz, amina, femi
):
    question = opened(open_one, beatriz, presenter)

    row = Contribution.objects.visible_to(None).get(pk=question.pk)
    assert (row.kind, row.title, row.author) == ("question", "And who invites them first?", amina)
    mail = OutgoingMail.objects.get(purpose="webinar-asked", to_address=femi.email)
    assert "And who invites them first?" in mail.text
    assert mail.headers["Reply-To"].startswith("<reply+")


def test_who_asked_under_another_name_is_not_named_by_it(open_one, beatriz):
    Asked.objects.filter(pk=open_one.pk).update(shown_as="A friend")
    question = opened(Asked.objects.get(pk=open_one.pk), beatriz)

    assert (question.author, question.shown_author) == (None, "A friend")


def test_two_hosts_open_it_once(open_one, beatriz, desta):
    opened(open_one, beatriz)
    with pytest.raises(AlreadyDone):
        opened(open_one, desta)
    assert Contribution.objects.filter(kind="question").count() == 1


def test_a_member_opens_none_and_nothing_before_the_end(open_one, amina, beatriz, live):
    with pytest.raises(NotAllowed):
        opened(open_one, amina)
    early = Asked.objects.create(webinar=live, text="Early?", state="shown")
    with pytest.raises(NotNow):
        opened(early, beatriz)


def test_a_presenter_who_has_not_agreed_is_not_asked(open_one, over, beatriz):
    asked = Presenter.objects.create(webinar=over, name="X", email="x@example.org")
    with pytest.raises(NotAllowed):
        opened(open_one, beatriz, asked)


def test_a_guest_who_asked_is_told_once_when_there_is_an_answer(over, beatriz, femi):
    seat = seated(over, email="guest@example.org")
    row = Asked.objects.create(
        webinar=over, seat=seat, text="Who pays?", shown_as="G", state="shown"
    )
    question = opened(row, beatriz)
    for words in ("The village.", "Or nobody."):
        answer(contribution=question, author=femi, body=words, language="en")
        worker.run_until_idle()

    told = OutgoingMail.objects.filter(to_address="guest@example.org")
    assert [mail.purpose for mail in told] == ["webinar-asked"]
    row.refresh_from_db()
    assert (row.state, row.answered_at is not None) == ("answered", True)


def test_the_presenter_is_reminded_before_the_day_and_the_host_told_after_it(
    open_one, presenter, beatriz, femi
):
    day = (now() + timedelta(days=10)).date()
    opened(open_one, beatriz, presenter, due_on=day)
    for days in (6, 7, 7, 11, 11, 12):
        telling.remind(moment=now() + timedelta(days=days))

    keys = OutgoingMail.objects.filter(purpose__in=("webinar-asked", "webinar-due"))
    assert sorted(mail.to_address for mail in keys) == [
        *[beatriz.email],
        *[femi.email, femi.email],
    ]


def test_an_answer_by_mail_of_a_presenter_without_an_account_waits_for_a_host(
    open_one, over, beatriz
):
    speaker = Presenter.objects.create(
        webinar=over, name="Dr Njeri", email="njeri@example.org", answer="agreed"
    )
    question = opened(open_one, beatriz, speaker)
    row = Asked.objects.get(pk=open_one.pk)
    opening.keep_mailed_answer(asked=row, words="Their brothers do.")
    assert Contribution.objects.get(pk=question.pk).reply_count == 0

    row = Asked.objects.select_related("question").get(pk=open_one.pk)
    reply = opening.let_answer_out(asked=row, by=beatriz)
    assert reply.body == "Dr Njeri: Their brothers do."
    with pytest.raises(NotAllowed):
        opening.let_answer_out(asked=row, by=speaker.member or open_one.member)


def test_the_wall_outlives_the_hour_and_leads_to_what_goes_on(open_one, over, beatriz, visitor):
    question = opened(open_one, beatriz)
    row = summing.begin(webinar=over)
    row = summing.write(
        webinar=over,
        text="**When do they come?** At dusk.",
        takeaways="",
        by=beatriz,
        version=row.version,
    )
    summing.let_out(webinar=over, by=beatriz, version=row.version)

    page = visitor.get(over.get_absolute_url()).content.decode()
    assert open_one.text in page
    assert question.get_absolute_url() in page
    # What the summary says already does not stand there twice.
    assert page.count("When do they come?") == 1
