"""Choosing at the desk: looked at before it is shown, through the gates, by hosts alone, with a record.
Read by pytest alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution
from exchange.core.page_cache import shelf
from exchange.core.time import now
from exchange.members import dossier
from exchange.members.models import Member
from exchange.pages.models import Choice
from exchange.pages.steering import rules
from exchange.pages.steering.actions import Chosen, choose
from tests import cast
from tests.pages.steering.conftest import Choose

BAR = "Registration for the learning day closes on Friday."
OF_A_CHILD = "Akinyi, a girl of 9 years from Kilimo village, needs us."


def days(**other: Any) -> dict[str, Any]:
    today = now().date()
    return {"starts_on": f"{today}", "ends_on": f"{today + timedelta(days=7)}", **other}


def bar(**other: Any) -> dict[str, Any]:
    return days(words_en=BAR, level="quiet", where="home", **other)


def hidden(answer: Any, name: str) -> str:
    """A hidden field of the form that came back."""
    value: str = answer.context["form"][name].value() or ""
    return value


def shown(desk: Client, what: str, given: dict[str, Any]) -> Any:
    """Looked at, and then shown with the button beside the look."""
    looked = desk.post(f"/desk/home/{what}/", {**given, "look": "1"})
    assert looked.status_code == 200, looked.content.decode()
    mark = {"looked": hidden(looked, "looked"), "show": "1"}
    return desk.post(f"/desk/home/{what}/", {**given, **mark})


def home() -> str:
    shelf.clear()
    return Client().get("/").content.decode()


def test_it_is_looked_at_before_anybody_sees_it(desk: Client) -> None:
    looked = desk.post("/desk/home/announcement/", {**bar(), "look": "1"})

    assert BAR in looked.content.decode().split("<form")[1]
    assert not Choice.objects.exists()
    assert shown(desk, "announcement", bar()).status_code == 302
    assert BAR in home()


def test_other_words_than_those_looked_at_are_looked_at_again(desk: Client) -> None:
    looked = desk.post("/desk/home/announcement/", {**bar(), "look": "1"})
    changed = bar(words_sw="Ijumaa", looked=hidden(looked, "looked"), show="1")

    answer = desk.post("/desk/home/announcement/", changed)

    assert answer.status_code == 200
    assert not Choice.objects.exists()


def test_nobody_but_hosts_chooses(visitor: Client, amina: Member) -> None:
    member = cast.signed_in(Client(), amina)

    for what in ("", "announcement/", "theme/", "sections/questions/"):
        assert member.get(f"/desk/home/{what}").status_code == 404
        assert visitor.get(f"/desk/home/{what}").status_code == 302
    with pytest.raises(NotAllowed):
        choose(chosen=Chosen("bar", words={"en": {"words": BAR}}), by=amina)


def test_every_form_opens_and_forms_of_no_section_do_not(desk: Client) -> None:
    for what in ("featured", "theme", "announcement", "order", "elsewhere", "sections/library"):
        assert desk.get(f"/desk/home/{what}/").status_code == 200
    assert desk.get("/desk/home/sections/nowhere/").status_code == 404


def test_something_is_featured_by_the_address_of_its_page(
    desk: Client, question: Contribution
) -> None:
    address = f"https://exchange.example{question.get_absolute_url()}?x=1"

    answer = shown(desk, "featured", days(about=address, words_en="Please answer."))

    assert answer.status_code == 302
    assert Choice.objects.get().contribution == question
    assert "Please answer." in home()


def test_its_own_page_leads_hosts_there(
    desk: Client, visitor: Client, question: Contribution
) -> None:
    way = f"/desk/home/featured/?about={question.pk}"

    assert way in desk.get(question.get_absolute_url()).content.decode()
    assert way not in visitor.get(question.get_absolute_url()).content.decode()
    assert f'value="{question.pk}"' in desk.get(way).content.decode()


@pytest.mark.parametrize("about", ["", "/questions/999999-x/", "/about/", "no address"])
def test_what_nobody_may_read_cannot_be_featured(desk: Client, about: str) -> None:
    answer = desk.post("/desk/home/featured/", days(about=about, look="1"))

    assert answer.status_code == 422
    assert 'id="errors"' in answer.content.decode()


def test_the_theme_needs_a_title_in_each_language(desk: Client) -> None:
    given = days(topic="community-ownership", words_en="What keeps groups going?")

    assert desk.post("/desk/home/theme/", {**given, "look": "1"}).status_code == 422
    assert shown(desk, "theme", {**given, "title_en": "Owned by all"}).status_code == 302
    assert "Owned by all" in home()


def test_nothing_stays_for_ever(desk: Client) -> None:
    today = now().date()
    for ends in ("", f"{today - timedelta(days=1)}", f"{today + timedelta(days=800)}"):
        answer = desk.post("/desk/home/announcement/", {**bar(), "ends_on": ends, "look": "1"})
        assert answer.status_code == 422


@pytest.mark.parametrize(
    "link", ["//evil.example", "javascript:alert(1)", "http://x.example", "/a b"]
)
def test_an_announcement_leads_to_us_or_by_https(desk: Client, link: str) -> None:
    assert desk.post("/desk/home/announcement/", bar(link=link, look="1")).status_code == 422
    assert shown(desk, "announcement", bar(link="https://who.example/x")).status_code == 302


def test_words_that_point_to_a_child_are_not_shown_to_anybody(desk: Client) -> None:
    answer = shown(desk, "announcement", {**bar(), "words_en": OF_A_CHILD})

    assert answer.status_code == 422
    assert "<mark>Akinyi" in answer.content.decode()
    assert not Choice.objects.exists()


def test_what_is_changed_keeps_its_record(desk: Client, chosen: Choose) -> None:
    former = chosen("bar", "The old line.")
    form = desk.get(f"/desk/home/announcement/?change={former.pk}")
    assert "The old line." in form.content.decode()

    shown(desk, "announcement", {**bar(), "instead": former.pk, "once": "1"})

    former.refresh_from_db()
    assert former.gone_by_name == "Beatriz"
    assert "The old line." in desk.get("/desk/home/").content.decode()
    assert "The old line." not in home()


def test_who_changes_what_another_has_changed_is_told_and_keeps_the_words(
    desk: Client, chosen: Choose
) -> None:
    former = chosen("bar", "The old line.")
    shown(desk, "announcement", {**bar(), "instead": former.pk, "once": "1"})

    late = shown(desk, "announcement", {**bar(), "words_en": "Mine.", "instead": former.pk})

    assert late.status_code == 409
    assert "Mine." in late.content.decode()


def test_what_takes_the_place_of_something_else_is_not_chosen(desk: Client, chosen: Choose) -> None:
    other = chosen("section", "A line.", place="library")

    for number in (other.pk, 999_999, 10**30):
        assert shown(desk, "announcement", {**bar(), "instead": number}).status_code == 409
    other.refresh_from_db()
    assert other.gone_at is None


def test_the_same_form_twice_is_one_choice(desk: Client) -> None:
    for _time in range(2):
        shown(desk, "announcement", {**bar(), "once": "form-1"})

    assert Choice.objects.count() == 1


def test_taken_down_it_is_gone_at_once(desk: Client, chosen: Choose) -> None:
    row = chosen("bar", BAR)
    assert BAR in home()

    desk.post(f"/desk/home/{row.pk}/down/")

    assert BAR not in home()


def test_the_order_is_chosen_by_places(desk: Client) -> None:
    codes = list(rules.PARTS)
    given = {f"part_{code}": "0" for code in codes} | {"part_topics": "1", "part_briefs": "2"}

    shown(desk, "order", given)

    assert Choice.objects.get().items == ["topics", "briefs"]
    nothing = {f"part_{code}": "0" for code in codes}
    assert desk.post("/desk/home/order/", {**nothing, "look": "1"}).status_code == 422


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("https://www.facebook.com/exchange", "Facebook"),
        ("https://www.linkedin.com/company/x", "LinkedIn"),
        ("https://whatsapp.com/channel/0029", "WhatsApp"),
        ("https://t.me/exchange", "Telegram"),
        ("https://www.youtube.com/@exchange", "YouTube"),
        ("https://social.example/@exchange", "Mastodon"),
        ("https://www.example.org/us", "example.org"),
        ("https://notfacebook.com/x", "notfacebook.com"),
    ],
)
def test_a_place_elsewhere_is_named_by_its_host(address: str, label: str) -> None:
    place = rules.elsewhere(address)

    assert place is not None
    assert place.label == label


@pytest.mark.parametrize(
    "address",
    [
        *("http://t.me/x", "https://", "https://user@t.me/", "https://t.me:8443/", "t.me/x"),
        *("javascript:alert(1)", "https://127.0.0.1/", "https://localhost/", "https://a b.org/"),
    ],
)
def test_what_is_no_place_is_refused(desk: Client, address: str) -> None:
    assert rules.elsewhere(address) is None
    answer = desk.post("/desk/home/elsewhere/", {"addresses": address, "look": "1"})
    assert answer.status_code == 422


def test_who_leaves_is_named_in_no_choice(chosen: Choose, beatriz: Member) -> None:
    chosen("bar", BAR)
    assert dossier.export(beatriz)["pages"]["chosen"]  # type: ignore[index]

    dossier.erase(beatriz)

    assert Choice.objects.get().by_name == ""
