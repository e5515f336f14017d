"""Collections: who may keep one, when it is seen, its order, its words, and what leaves it.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, TooMany
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.library.models import Shelf, ShelfItem
from exchange.library.shelving import actions, queries, rules, telling
from exchange.mail.models import OutgoingMail
from tests.cast import person, signed_in

pytestmark = pytest.mark.django_db
NAMES_A_CHILD = "Write to mary.okello@example.org or call +254 712 345 678 about the girl"


def item_of(shelf, record) -> ShelfItem:
    return ShelfItem.objects.get(shelf=shelf, resource=record)


# --- who may keep one, and when others see it ---


def test_a_members_collection_waits_for_a_host_and_a_hosts_stands_at_once(amina, beatriz):
    theirs = actions.make_shelf(by=amina, title="Theirs", words="", language="en")
    hosts = actions.make_shelf(by=beatriz, title="Hosts'", words="", language="en")

    assert (theirs.standing, hosts.standing) == ("waiting", "published")


def test_newcomers_and_paused_members_keep_none(chen, amina):
    amina.paused_until = now().replace(year=2099)
    for member in (chen, amina):
        with pytest.raises(NotAllowed):
            actions.make_shelf(by=member, title="Mine", words="", language="en")


def test_one_form_sent_twice_makes_one_collection(amina):
    typed = {"by": amina, "title": "Mine", "words": "", "language": "en", "once_key": "k1"}

    assert actions.make_shelf(**typed) == actions.make_shelf(**typed)
    assert Shelf.objects.count() == 1


def test_nobody_keeps_more_than_thirty(amina, monkeypatch):
    monkeypatch.setattr(rules, "MOST_SHELVES", 1)
    actions.make_shelf(by=amina, title="One", words="", language="en")
    with pytest.raises(TooMany):
        actions.make_shelf(by=amina, title="Two", words="", language="en")


def test_what_waits_is_seen_by_its_maker_and_hosts_alone(amina, beatriz, visitor):
    shelf = actions.make_shelf(by=amina, title="Not yet", words="", language="en")
    address = shelf.get_absolute_url()
    femi = signed_in(Client(), person("Femi", welcomed_at=now()))

    assert visitor.get(address).status_code == 404
    assert femi.get(address).status_code == 404
    for member in (amina, beatriz):
        answer = signed_in(Client(), member).get(address)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    assert "Not yet" not in visitor.get("/library/collections/").content.decode()


def test_a_host_lets_it_out_and_never_their_own(amina, beatriz, desta, visitor):
    shelf = actions.make_shelf(by=amina, title="Soon", words="", language="en")
    actions.decide(shelf=shelf, by=beatriz, version=1, let_out=True)
    own = actions.make_shelf(by=beatriz, title="Own", words="", language="en")

    assert visitor.get(shelf.get_absolute_url()).status_code == 200
    with pytest.raises(NotAllowed):
        actions.decide(shelf=own, by=beatriz, version=1, let_out=True)
    with pytest.raises(NotAllowed):
        actions.decide(shelf=shelf, by=amina, version=2, let_out=True)


def test_what_is_kept_back_comes_again_when_its_words_change(amina, beatriz):
    shelf = actions.make_shelf(by=amina, title="Things", words="", language="en")
    kept = actions.decide(shelf=shelf, by=beatriz, version=1, let_out=False, note="For whom?")
    assert (kept.standing, kept.note) == ("declined", "For whom?")

    changed = actions.change_shelf(
        shelf=kept, by=amina, title="For elders", words="", language="en", version=kept.version
    )

    assert changed.standing == "waiting"


# --- words ---


def test_a_comment_that_could_point_to_a_child_is_shown_to_its_writer_first(
    collection, records, amina
):
    item = item_of(collection, records[0])
    with pytest.raises(Noticed):
        actions.comment_on(item=item, by=amina, comment=NAMES_A_CHILD, language="en")

    item = actions.comment_on(
        item=item, by=amina, comment=NAMES_A_CHILD, language="en", insist=True
    )

    assert (item.comment, item.proposed) == ("", NAMES_A_CHILD)
    assert queries.waiting() == [collection]


def test_held_words_wait_beside_what_stands_until_a_host_takes_them(
    collection, records, amina, beatriz, visitor
):
    changed = actions.change_shelf(
        shelf=collection,
        by=amina,
        title="Call +254 712 345 678",
        words="",
        language="en",
        version=collection.version,
        insist=True,
    )
    page = visitor.get(changed.get_absolute_url()).content.decode()
    assert "For village meetings" in page
    assert "712" not in page

    taken = actions.decide(shelf=changed, by=beatriz, version=changed.version, let_out=True)

    assert taken.title == "Call +254 712 345 678"
    assert taken.proposed_title == ""


def test_held_words_a_host_does_not_take_are_forgotten(collection, records, amina, beatriz):
    item = item_of(collection, records[0])
    actions.comment_on(item=item, by=amina, comment="Good", language="en")
    actions.comment_on(item=item, by=amina, comment=NAMES_A_CHILD, language="en", insist=True)
    collection.refresh_from_db()

    actions.decide(shelf=collection, by=beatriz, version=collection.version, let_out=False)

    item.refresh_from_db()
    assert (item.comment, item.proposed) == ("Good", "")
    collection.refresh_from_db()
    assert collection.standing == "published"


# --- order ---


def test_a_record_moves_one_step_and_no_further_than_the_ends(collection, records, amina, order):
    for record, up in ((records[2], True), (records[0], True), (records[1], False)):
        collection.refresh_from_db()
        item = item_of(collection, record)
        actions.move(item=item, by=amina, up=up, version=collection.version)

    assert order(collection) == ["First of all", "Third time", "Second to none"]


def test_a_step_passes_what_readers_do_not_see(collection, records, amina, beatriz, order):
    withdraw(contribution=records[1], by=beatriz)
    collection.refresh_from_db()

    item = item_of(collection, records[2])
    actions.move(item=item, by=amina, up=True, version=collection.version)

    assert order(collection)[0] == "Third time"


def test_an_order_changed_in_another_tab_is_not_changed_again(collection, records, amina):
    item = item_of(collection, records[2])
    actions.move(item=item, by=amina, up=True, version=collection.version)

    with pytest.raises(ChangedMeanwhile):
        actions.move(item=item, by=amina, up=True, version=collection.version)


def test_of_two_who_change_the_words_the_second_is_told(collection, amina, beatriz):
    typed = {"title": "New", "words": "", "language": "en", "version": collection.version}
    actions.change_shelf(shelf=collection, by=beatriz, **typed)

    with pytest.raises(ChangedMeanwhile):
        actions.change_shelf(shelf=collection, by=amina, **typed)


# --- records come and go ---


def test_put_in_twice_a_record_stands_once(collection, records, amina, order):
    actions.put_on(shelf=collection, resource=records[0], by=amina, comment="Begin here")

    assert order(collection) == ["First of all", "Second to none", "Third time"]
    assert item_of(collection, records[0]).comment == "Begin here"


def test_what_is_withdrawn_leaves_and_what_cannot_be_read_is_not_put_in(
    collection, records, amina, beatriz, visitor
):
    withdraw(contribution=records[0], by=beatriz)

    assert "First of all" not in visitor.get(collection.get_absolute_url()).content.decode()
    records[0].refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.put_on(shelf=collection, resource=records[0], by=amina)


def test_its_maker_and_hosts_change_it_and_nobody_else(collection, records, beatriz, order):
    femi = person("Femi", welcomed_at=now())
    item = item_of(collection, records[1])
    with pytest.raises(NotAllowed):
        actions.take_off(item=item, by=femi)
    with pytest.raises(NotAllowed):
        actions.put_on(shelf=collection, resource=records[1], by=femi)

    actions.take_off(item=item, by=beatriz)
    actions.take_off(item=item, by=beatriz)

    assert order(collection) == ["First of all", "Third time"]


def test_a_closed_collection_is_gone_from_every_page(collection, records, amina, visitor):
    actions.close_shelf(shelf=collection, by=amina)

    assert visitor.get(collection.get_absolute_url()).status_code == 404
    assert queries.standing_in(records[0]) == []
    collection.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.put_on(shelf=collection, resource=records[0], by=amina)


def test_a_record_is_read_anew_when_what_stands_beside_it_changed(collection, records, amina):
    before = Event.objects.order_by("pk").last().pk
    item = item_of(collection, records[0])
    actions.comment_on(item=item, by=amina, comment="Begin here", language="en")

    since = Event.objects.filter(pk__gt=before)
    assert set(since.values_list("kind", "subject_id")) == {
        ("shelf.changed", collection.pk),
        ("contribution.enriched", records[0].pk),
    }


# --- letters ---


@pytest.mark.parametrize(
    ("let_out", "words"), [(True, "everybody sees now"), (False, "keeps your collection back")]
)
def test_its_keeper_is_told_what_a_host_decided_once(amina, beatriz, let_out, words):
    shelf = actions.make_shelf(by=amina, title="Soon", words="", language="en")
    actions.decide(shelf=shelf, by=beatriz, version=1, let_out=let_out, note="For whom is it?")
    worker.run_until_idle()
    event = Event.objects.get(kind="shelf.decided")
    telling.tell_keeper(shelf_id=shelf.pk, event_id=event.pk)

    (mail,) = OutgoingMail.objects.filter(to_address=amina.email)
    assert words in mail.text
    assert "> For whom is it?" in mail.text
    assert f"http://testserver{shelf.get_absolute_url()}" in mail.text


def test_nobody_is_told_of_a_collection_that_was_closed_since(amina, beatriz):
    shelf = actions.make_shelf(by=amina, title="Soon", words="", language="en")
    actions.decide(shelf=shelf, by=beatriz, version=1, let_out=True)
    shelf.refresh_from_db()
    actions.close_shelf(shelf=shelf, by=amina)
    worker.run_until_idle()

    assert not OutgoingMail.objects.exists()
