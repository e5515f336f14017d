"""The summary: begun from what was typed, written by a host, out once. Run by pytest."""

import pytest

from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.webinars.after import summing
from exchange.webinars.errors import NotNow
from exchange.webinars.models import Phase, Summary
from tests.webinars.conftest import seated


def test_it_begins_with_what_was_typed_answered_and_chosen(over):
    row = summing.begin(webinar=over)

    assert "Fathers come at dusk. Tea helps." in row.text
    assert "When do they come?" in row.text
    assert "- Field: 12" in row.text
    assert row.takeaways == "At dusk."
    assert "taken back" not in row.text
    assert "Never shown" not in row.text


def test_a_host_writes_it_and_lets_it_out_and_the_hour_is_summed_up(over, beatriz):
    row = summing.begin(webinar=over)
    row = summing.write(
        webinar=over, text="Short.", takeaways="- One\n\nTwo", by=beatriz, version=row.version
    )
    summing.let_out(webinar=over, by=beatriz, version=row.version)

    over.refresh_from_db()
    row.refresh_from_db()
    assert (over.phase, row.state, row.points) == (Phase.SUMMED, "out", ["One", "Two"])


def test_a_member_writes_none(over, amina):
    row = summing.begin(webinar=over)
    with pytest.raises(NotAllowed):
        summing.write(webinar=over, text="Mine.", takeaways="", by=amina, version=row.version)
    with pytest.raises(NotAllowed):
        summing.let_out(webinar=over, by=amina, version=row.version)


def test_two_hosts_do_not_write_over_each_other(over, beatriz, desta):
    row = summing.begin(webinar=over)
    summing.write(webinar=over, text="First.", takeaways="", by=beatriz, version=row.version)
    with pytest.raises(ChangedMeanwhile):
        summing.write(webinar=over, text="Second.", takeaways="", by=desta, version=row.version)
    assert Summary.objects.get().text == "First."


def test_before_the_end_there_is_nothing_to_sum_up(live, beatriz):
    with pytest.raises(NotNow):
        summing.write(webinar=live, text="Early.", takeaways="", by=beatriz, version=1)


STORY = "Ama Boateng, 9 years old, from Kpando village was beaten; call 0244123456."


def test_what_could_point_to_a_child_is_shown_to_its_writer_and_read_by_another_host(
    over, beatriz, desta
):
    row = summing.begin(webinar=over)
    with pytest.raises(Noticed):
        summing.write(webinar=over, text=STORY, takeaways="", by=beatriz, version=row.version)
    row = summing.write(
        webinar=over, text=STORY, takeaways="", by=beatriz, version=row.version, insist=True
    )
    with pytest.raises(NotAllowed):
        summing.let_out(webinar=over, by=beatriz, version=row.version)
    assert summing.let_out(webinar=over, by=desta, version=row.version).state == "out"


def test_everybody_who_had_a_place_is_told_once_and_by_mail_all_of_it(over, beatriz, visitor):
    seated(over, email="guest@example.org", way="mail")
    seated(over, email="gone@example.org", state="given-up")
    row = summing.begin(webinar=over)
    row = summing.write(
        webinar=over, text="All of it.", takeaways="One", by=beatriz, version=row.version
    )
    summing.let_out(webinar=over, by=beatriz, version=row.version)
    worker.run_until_idle()
    summing.let_out(webinar=over, by=beatriz, version=row.version)
    worker.run_until_idle()

    told = OutgoingMail.objects.filter(purpose="webinar-summed").order_by("to_address")
    assert [mail.to_address for mail in told] == ["amina@example.org", "guest@example.org"]
    assert "All of it." in told[1].text
    assert "All of it." not in told[0].text
    assert "One" in told[0].text
    assert "All of it." in visitor.get(over.get_absolute_url()).content.decode()
