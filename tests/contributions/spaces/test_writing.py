"""Writing in a hub or a group: where it goes stays with the words on every way.
Run by pytest alone."""

from typing import Any

import pytest
from django.test import Client

from exchange.contributions.models import Contribution, Draft, State
from exchange.members.models import Member
from tests import cast, within

pytestmark = pytest.mark.django_db
TYPED = {"title": "Our lanterns", "body": "We walked with them.", "language": "en"}


@pytest.fixture
def group(amina: Member) -> Any:
    space = within.group()
    within.belongs(space, amina)
    return space


@pytest.fixture
def client(amina: Member) -> Client:
    return cast.signed_in(Client(), amina)


def test_what_is_written_in_a_group_stays_there(group, client):
    page = client.get("/share/discussion/?space=kitui").content.decode()
    client.post("/share/discussion/?space=kitui", {**TYPED, "space": "kitui", "once": "w-1"})

    assert "for its members alone" in page
    row = Contribution.objects.get()
    assert (row.space, row.is_inside, row.state) == (group, True, State.INSIDE)


def test_in_a_hub_one_chooses(amina, client):
    within.belongs(within.hub(), amina)

    for once, choice, state in (("a", "", State.PUBLISHED), ("b", "1", State.INSIDE)):
        typed = {**TYPED, "space": "east-africa", "only_here": choice, "once": f"choice-{once}"}
        client.post("/ask/?space=east-africa", typed)
        assert Contribution.objects.latest("pk").state == state


@pytest.mark.parametrize("sensitive", [False, True])
def test_what_is_ticked_at_first_looks_after_a_sensitive_hub(amina, client, sensitive):
    within.belongs(within.hub(is_sensitive=sensitive), amina)

    page = client.get("/ask/?space=east-africa").content.decode()

    assert ('value="1" checked' in page) is sensitive


def test_a_form_that_comes_back_with_an_error_still_knows_where(group, client):
    page = client.post("/ask/?space=kitui", {"title": "", "body": "Kept", "space": "kitui"})

    assert page.status_code == 422
    assert 'name="space" value="kitui"' in page.content.decode()
    assert "Kept" in page.content.decode()


def test_somebody_who_signs_in_on_the_way_comes_back_to_the_same_place(group, amina):
    client = Client()
    typed = {**TYPED, "space": "kitui", "once": "w-2"}

    client.post("/share/discussion/?space=kitui", typed)
    cast.signed_in(client, amina)
    page = client.get("/share/discussion/?space=kitui&unsent=1").content.decode()

    assert 'name="space" value="kitui"' in page
    assert "Our lanterns" in page
    assert not Contribution.objects.exists()


def test_a_draft_taken_up_again_goes_where_it_was_begun(group, client):
    client.post("/drafts/d-1/", {**TYPED, "space": "kitui", "kind": "discussion"})

    page = client.get("/share/discussion/?draft=d-1").content.decode()

    assert 'name="space" value="kitui"' in page


def test_a_draft_of_somebody_who_left_keeps_its_words_and_goes_nowhere(group, amina, client):
    client.post("/drafts/d-1/", {**TYPED, "space": "kitui", "kind": "discussion"})
    within.belongs(group, amina, state=within.State.LEFT)

    page = client.get("/share/discussion/?draft=d-1")
    sent = client.post("/share/discussion/", {**TYPED, "space": "kitui", "once": "d-1"})

    assert "Our lanterns" in page.content.decode()
    assert "Kitui workshop" not in page.content.decode()
    assert sent.status_code == 422
    assert not Contribution.objects.exists()


def test_others_find_no_form_for_a_group_and_visitors_sign_in_first(group, chen, visitor):
    assert cast.signed_in(Client(), chen).get("/ask/?space=kitui").status_code == 404
    assert "/sign-in/" in visitor.get("/ask/?space=kitui")["Location"]
    within.belongs(group, chen, within.Role.GUEST)
    assert cast.signed_in(Client(), chen).get("/ask/?space=kitui").status_code == 404


def test_an_experience_of_several_screens_is_shared_inside(group, client):
    start = client.get("/share/experience/?space=kitui")["Location"]
    page = client.get(start).content.decode()
    key = start.split("/")[3]
    client.post(start, {"title": "How we walked", "space": "kitui"})
    for step in ("faced", "did"):
        client.post(f"/share/experience/{key}/{step}/", {step: "Lanterns, together."})

    review = client.get(f"/share/experience/{key}/review/").content.decode()
    client.post(f"/share/experience/{key}/review/", {"space": "kitui"})

    assert 'name="space" value="kitui"' in page
    assert 'name="space" value="kitui"' in review
    assert Contribution.objects.get().state == State.INSIDE
    assert not Draft.objects.exists()


def test_a_choice_made_on_the_last_screen_counts_for_every_form_of_it(amina, client):
    within.belongs(within.hub(), amina)
    start = client.get("/share/experience/?space=east-africa")["Location"]
    key = start.split("/")[3]
    client.post(start, {"title": "How we walked", "space": "east-africa"})
    for step in ("faced", "did"):
        words = "Call +254 712 345 678 for lanterns." if step == "did" else "Dark roads."
        client.post(f"/share/experience/{key}/{step}/", {step: words})

    address = f"/share/experience/{key}/review/"
    asked = client.post(address, {"space": "east-africa", "only_here": "1"})
    client.post(address, {"insist": "1"})

    assert asked.status_code == 422
    row = Contribution.objects.get()
    assert (row.is_inside, row.state) == (True, State.WAITING)


def test_a_question_about_the_language_does_not_forget_the_choice(amina, client):
    within.belongs(within.hub(), amina)
    start = client.get("/share/experience/?space=east-africa")["Location"]
    key = start.split("/")[3]
    client.post(start, {"title": "How we walked", "space": "east-africa"})
    client.post(f"/share/experience/{key}/faced/", {"faced": "Dark roads."})
    client.post(f"/share/experience/{key}/did/", {"did": "Lanterns, together."})

    # Stopped on the way by a picture that is none; then sent by a form that asks only one thing.
    picture = {"picture-alt": "A tree", "picture-people": "nobody", "picture-caption": "x"}
    address = f"/share/experience/{key}/review/"
    client.post(
        address, {"space": "east-africa", "only_here": "1", "picture-people": "", **picture}
    )
    client.post(address, {"insist": "1"})

    assert all(row.is_inside for row in Contribution.objects.all())
    assert Draft.objects.count() + Contribution.objects.count() >= 1


def test_the_list_and_the_front_page_show_it_to_those_inside(
    group, client, chen, visitor, django_assert_max_num_queries
):
    amina = group.memberships.get().member
    for number in range(25):
        within.written(group, amina, title=f"Talk {number}")

    with django_assert_max_num_queries(8):
        page = client.get("/hubs/kitui/talk/").content.decode()
    front = client.get("/hubs/kitui/").content.decode()

    assert "Talk 24" in page
    assert "Talk 3<" not in page
    assert "Talk 24" in front
    assert "Talk 19" not in front
    assert cast.signed_in(Client(), chen).get("/hubs/kitui/talk/").status_code == 404
    assert "Talk" not in visitor.get("/hubs/kitui/").content.decode()
    assert visitor.get("/hubs/kitui/talk/").status_code == 302
