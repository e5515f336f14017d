"""Readers say what is wrong in a light view; hosts settle it, have it made anew, or hide it.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.ledger import worker
from exchange.library.models import Reading, ReadingProblem
from exchange.library.reading import rules
from tests import cast
from tests.library.reading import papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(record, read) -> str:
    read(record, papers.report(paragraphs=30))
    return f"/library/{record.pk}-{record.slug}/read/1/problem/"


def test_a_visitor_chooses_what_is_wrong_and_where_without_words(form, visitor):
    page = visitor.get(f"{form}?at=s2").content.decode()
    assert "<textarea" not in page
    assert 'value="s2" selected' in page

    answer = visitor.post(form, {"what": "garbled", "anchor": "s2", "note": "call me on 0700"})

    assert answer.status_code == 302
    problem = ReadingProblem.objects.get()
    assert (problem.what, problem.anchor, problem.part) == ("garbled", "s2", 1)
    assert (problem.note, problem.by) == ("", None)
    assert len(problem.line) == 32


def test_a_member_may_use_their_own_words(form, amina):
    client = cast.signed_in(Client(), amina)
    assert "<textarea" in client.get(form).content.decode()

    client.post(form, {"what": "missing", "note": "The table of page 4."})

    problem = ReadingProblem.objects.get()
    assert (problem.note, problem.by, problem.line) == ("The table of page 4.", amina, "")


def test_nothing_chosen_is_asked_for_once_more(form, visitor):
    answer = visitor.post(form, {"anchor": "s1"})

    assert answer.status_code == 422
    assert "Please choose what is wrong." in answer.content.decode()
    assert not ReadingProblem.objects.exists()


def test_a_line_that_reports_without_end_is_stopped_and_the_same_twice_is_once(form, visitor):
    visitor.post(form, {"what": "order"})
    visitor.post(form, {"what": "order"})
    assert ReadingProblem.objects.count() == 1
    places = [f"s{n}" for n in range(1, 3)]
    for what in ("order", "missing", "garbled", "table"):
        for place in places:
            last = visitor.post(form, {"what": what, "anchor": place})

    assert last.status_code == 429
    assert ReadingProblem.objects.count() == rules.A_LINE


def test_hosts_see_what_is_open_and_others_do_not(form, visitor, beatriz, amina):
    visitor.post(form, {"what": "table"})
    host = cast.signed_in(Client(), beatriz)

    page = host.get("/desk/library/readings/").content.decode()
    assert "a table cannot be understood" in page
    assert cast.signed_in(Client(), amina).get("/desk/library/readings/").status_code == 404

    problem = ReadingProblem.objects.get()
    host.post(f"/desk/library/readings/problems/{problem.pk}/")
    problem.refresh_from_db()
    assert problem.settled_by == beatriz
    assert (
        "a table cannot be understood" not in host.get("/desk/library/readings/").content.decode()
    )


def test_a_host_hides_a_poor_light_view_and_offers_it_again(form, record, visitor, beatriz):
    reading = Reading.objects.get()
    host = cast.signed_in(Client(), beatriz)
    address = f"/library/{record.pk}-{record.slug}/read/1/"

    host.post(f"/desk/library/readings/{reading.pk}/", {"act": "hide"})
    assert visitor.get(address).status_code == 404
    assert "Read here," not in visitor.get(record.get_absolute_url()).content.decode()

    host.post(f"/desk/library/readings/{reading.pk}/", {"act": "show"})
    assert visitor.get(address).status_code == 200


def test_a_host_has_it_made_anew_and_what_was_hidden_stays_so(form, beatriz):
    before = Reading.objects.get()
    Reading.objects.update(hidden_at=before.made_at)
    host = cast.signed_in(Client(), beatriz)

    host.post(f"/desk/library/readings/{before.pk}/", {"act": "again"})
    worker.run_until_idle()

    after = Reading.objects.get()
    assert after.made_at > before.made_at
    assert after.hidden_at == before.made_at


def test_a_member_may_do_none_of_this(form, amina):
    reading = Reading.objects.get()
    client = cast.signed_in(Client(), amina)

    answer = client.post(f"/desk/library/readings/{reading.pk}/", {"act": "hide"})

    assert answer.status_code == 404
    assert Reading.objects.get().hidden_at is None
