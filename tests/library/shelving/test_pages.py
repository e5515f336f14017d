"""The pages of collections and hubs, as people use them: without script, signed in or not.
Run by pytest alone."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.library.models import Resource, Shelf, ShelfItem
from exchange.library.shelving import actions
from tests.cast import signed_in
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db


def words(client, address) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def marked_useful(record, hub="east-africa") -> None:
    Resource.objects.filter(pk=record.pk).update(useful_for=hub)


def test_a_visitor_reads_a_collection_in_its_order_with_its_comments(
    collection, records, amina, visitor
):
    item = ShelfItem.objects.get(shelf=collection, resource=records[0])
    actions.comment_on(item=item, by=amina, comment="Begin here", language="en")

    page = words(visitor, collection.get_absolute_url())

    assert [page.find(one.title) > 0 for one in records] == [True] * 3
    assert page.find("First of all") < page.find("Begin here") < page.find("Second to none")
    assert "Take it off" not in page
    assert collection.get_absolute_url() in words(visitor, "/library/collections/")


def test_the_record_says_where_it_stands(collection, records, visitor):
    page = words(visitor, records[0].get_absolute_url())

    assert "In these collections" in page
    assert collection.get_absolute_url() in page


def test_a_member_puts_a_record_in_a_new_collection_and_then_in_the_same(amina, records):
    client = signed_in(Client(), amina)
    first, second = (f"/library/{one.pk}/collect/" for one in records[:2])
    words(client, first)

    answer = client.post(first, {"shelf": "new", "title": "Mine", "comment": "For our women"})

    shelf = Shelf.objects.get()
    assert answer["Location"] == shelf.get_absolute_url()
    assert "Mine" in words(client, second)
    client.post(second, {"shelf": shelf.pk, "title": "", "comment": ""})
    assert [item.comment for item in shelf.items.all()] == ["For our women", ""]


def test_a_new_collection_without_a_name_is_asked_for_one_and_keeps_the_words(amina, records):
    client = signed_in(Client(), amina)

    answer = client.post(
        f"/library/{records[0].pk}/collect/", {"shelf": "new", "title": "", "comment": "For elders"}
    )

    assert answer.status_code == 422
    assert "A new collection needs a name." in answer.content.decode()
    assert "For elders" in answer.content.decode()


def test_what_a_gate_notices_is_shown_with_a_way_to_send_it_to_a_host(amina, records):
    client = signed_in(Client(), amina)
    typed = {"shelf": "new", "title": "Mine", "comment": "Call +254 712 345 678 about the girl"}
    address = f"/library/{records[0].pk}/collect/"

    asked = client.post(address, typed)

    assert asked.status_code == 422
    assert 'name="insist"' in asked.content.decode()
    assert client.post(address, {**typed, "insist": "1"}).status_code == 302


def test_a_visitors_words_survive_the_sign_in(visitor, amina, records):
    address = f"/library/{records[0].pk}/collect/"
    answer = visitor.post(address, {"shelf": "new", "title": "Evening", "comment": "Read aloud"})
    assert "/sign-in/" in answer["Location"]

    page = words(signed_in(visitor, amina), f"{address}?unsent=1")

    assert get_user(visitor).is_authenticated
    assert "Read aloud" in page
    assert "Evening" in page


def test_a_newcomer_is_told_why_not_yet(chen, records):
    page = words(signed_in(Client(), chen), f"/library/{records[0].pk}/collect/")

    assert "members whom a host has welcomed" in page


def test_a_record_moves_by_a_button_and_an_old_page_changes_nothing(collection, records, amina):
    client = signed_in(Client(), amina)
    item = ShelfItem.objects.get(shelf=collection, resource=records[1])
    move = {"way": "up", "version": collection.version}

    answer = client.post(f"/library/on-shelf/{item.pk}/move/", move)
    assert answer["Location"].endswith(f"#on-{item.pk}")
    client.post(f"/library/on-shelf/{item.pk}/move/", move)

    first = collection.items.first()
    assert first.resource.title == "Second to none"
    assert "Somebody changed the order meanwhile" in words(client, collection.get_absolute_url())


def test_strangers_are_not_told_that_a_way_exists(collection, records, chen):
    client = signed_in(Client(), chen)
    item = ShelfItem.objects.get(shelf=collection, resource=records[1])

    for address in (
        f"/library/on-shelf/{item.pk}/move/",
        f"/library/on-shelf/{item.pk}/off/",
        f"/library/collections/{collection.pk}/close/",
        f"/library/collections/{collection.pk}/words/",
    ):
        assert client.post(address, {}).status_code == 404
    assert collection.items.count() == 3


def test_its_maker_closes_it(collection, amina, visitor):
    client = signed_in(Client(), amina)

    client.post(f"/library/collections/{collection.pk}/close/")

    assert visitor.get(collection.get_absolute_url()).status_code == 404


# --- hubs ---


def test_a_host_puts_what_is_useful_on_the_shelf_with_one_tap(records, beatriz, visitor):
    marked_useful(records[0])
    address = "/library/hubs/east-africa/"
    assert "Also marked useful for East Africa" in words(visitor, address)
    assert "Put it on the shelf" not in words(visitor, address)
    host = signed_in(Client(), beatriz)
    assert "Put it on the shelf" in words(host, address)

    answer = host.post(f"{address}put/", {"resource": records[0].pk})

    assert answer.status_code == 302
    page = words(visitor, address)
    assert "First of all" in page
    assert "Also marked useful" not in page
    assert "East Africa" in words(visitor, records[0].get_absolute_url())


def test_a_host_begins_the_shelf_of_a_hub_from_any_record(records, beatriz, amina, visitor):
    address = f"/library/{records[1].pk}/collect/"
    host = signed_in(Client(), beatriz)
    assert "Useful for East Africa" in words(host, address)
    assert "Useful for East Africa" not in words(signed_in(Client(), amina), address)

    host.post(address, {"shelf": "east-africa", "title": "", "comment": "Used around Kisumu"})

    shelf = words(visitor, "/library/hubs/east-africa/")
    assert "Second to none" in shelf
    assert "Used around Kisumu" in shelf
    typed = {"shelf": "west-africa", "title": "", "comment": ""}
    assert signed_in(Client(), amina).post(address, typed).status_code == 422


def test_members_do_not_keep_the_shelf_of_a_hub(records, amina):
    answer = signed_in(Client(), amina).post(
        "/library/hubs/east-africa/put/", {"resource": records[0].pk}
    )

    assert answer.status_code == 404
    assert not Shelf.objects.exists()


def test_every_region_may_be_a_hub_and_nothing_else(records, visitor):
    assert "Nothing stands on this shelf yet." in words(visitor, "/library/hubs/west-africa/")
    assert visitor.get("/library/hubs/atlantis/").status_code == 404


def test_what_is_withdrawn_is_not_useful_any_more(records, beatriz, visitor):
    marked_useful(records[0])
    withdraw(contribution=records[0], by=beatriz)

    assert "First of all" not in words(visitor, "/library/hubs/east-africa/")


# --- the hosts' page ---


def test_a_host_reads_what_waits_and_lets_it_out(amina, beatriz, visitor):
    shelf = actions.make_shelf(by=amina, title="Soon", words="For all", language="en")
    host = signed_in(Client(), beatriz)
    assert "For all" in words(host, "/desk/library/collections/")

    host.post(
        f"/desk/library/collections/{shelf.pk}/decision/",
        {"version": shelf.version, "what": "publish", "note": "Thank you"},
    )

    assert visitor.get(shelf.get_absolute_url()).status_code == 200
    assert "No collection waits." in words(host, "/desk/library/collections/")


def test_members_do_not_see_the_hosts_page(amina, visitor):
    assert signed_in(Client(), amina).get("/desk/library/collections/").status_code == 404
    assert visitor.get("/desk/library/collections/").status_code == 302


def test_a_collection_of_twenty_costs_few_queries_and_little_data(
    amina, beatriz, visitor, django_assert_max_num_queries
):
    shelf = actions.make_shelf(by=beatriz, title="Twenty", words="", language="en")
    for n in range(20):
        record = shelved(f"Record number {n}", url=f"https://example.org/{n}")
        actions.put_on(shelf=shelf, resource=record, by=beatriz, comment="Useful " * 10)

    with django_assert_max_num_queries(8):
        answer = visitor.get(shelf.get_absolute_url(), HTTP_ACCEPT_ENCODING="gzip")

    assert len(answer.content) < 14_000


def test_held_words_on_the_shelf_of_a_hub_are_read_by_another_host(
    records, beatriz, desta, visitor
):
    shelf = actions.shelf_of_hub(hub="east-africa", by=beatriz)
    words_on_it = "Call +254 712 345 678"
    actions.put_on(shelf=shelf, resource=records[0], by=beatriz, comment=words_on_it, insist=True)
    shelf.refresh_from_db()
    assert words_on_it not in words(visitor, "/library/hubs/east-africa/")
    host = signed_in(Client(), desta)
    assert words_on_it in words(host, "/desk/library/collections/")

    host.post(
        f"/desk/library/collections/{shelf.pk}/decision/",
        {"version": shelf.version, "what": "publish"},
    )

    assert words_on_it in words(visitor, "/library/hubs/east-africa/")
