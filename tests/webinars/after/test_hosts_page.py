"""The hosts' page after the hour. Run by pytest."""

import pytest

from exchange.webinars.models import Asked, Summary, Webinar


@pytest.fixture
def page(over):
    return f"/desk/webinars/{over.pk}/after/"


def test_a_host_sums_up_opens_a_question_and_makes_the_record(
    over, open_one, presenter, client, signed_in, beatriz, page
):
    desk = signed_in(client, beatriz)
    shown = desk.get(page)
    assert "Fathers come at dusk." in shown.content.decode()
    assert open_one.text in shown.content.decode()

    sent = {"text": "It went well.", "takeaways": "Tea", "version": "1", "out": "1"}
    assert desk.post(page, sent).status_code == 302
    chosen = {"presenter": presenter.pk, "due_on": ""}
    assert desk.post(f"{page}questions/{open_one.pk}/", chosen).status_code == 302
    made = desk.post(f"{page}record/")

    over = Webinar.objects.get(pk=over.pk)
    assert made.url == over.record.get_absolute_url()
    assert Asked.objects.get(pk=open_one.pk).presenter == presenter
    again = desk.get(page).content.decode()
    assert over.record.get_absolute_url() in again


def test_a_member_and_a_visitor_do_not_come_in(over, client, signed_in, amina, visitor, page):
    assert signed_in(client, amina).get(page).status_code == 404
    assert "/sign-in/" in visitor.get(page).url


def test_before_the_end_there_is_no_such_page(live, client, signed_in, beatriz):
    assert signed_in(client, beatriz).get(f"/desk/webinars/{live.pk}/after/").status_code == 404


def test_what_two_hosts_typed_is_both_kept(over, client, signed_in, beatriz, page):
    desk = signed_in(client, beatriz)
    desk.get(page)
    Summary.objects.update(text="Theirs.", version=2)
    answer = desk.post(page, {"text": "Mine.", "takeaways": "", "version": "1"})

    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()
    assert Summary.objects.get().text == "Theirs."


def test_without_words_nothing_goes_out_and_a_past_day_is_refused(
    over, open_one, client, signed_in, beatriz, page
):
    desk = signed_in(client, beatriz)
    assert desk.post(page, {"text": "", "takeaways": "", "version": "1"}).status_code == 422
    desk.post(f"{page}questions/{open_one.pk}/", {"due_on": "2020-01-01"})
    desk.post(f"{page}record/")

    assert Asked.objects.get(pk=open_one.pk).question is None
    assert Webinar.objects.get(pk=over.pk).record is None


def test_it_asks_the_database_little_however_many_questions_are_open(
    over, client, signed_in, beatriz, page, django_assert_max_num_queries
):
    desk = signed_in(client, beatriz)
    desk.get(page)
    Asked.objects.bulk_create(
        Asked(webinar=over, text=f"And {n}?", shown_as="A", state="shown") for n in range(30)
    )
    with django_assert_max_num_queries(12):
        desk.get(page)
