"""Adding a record on a phone, question by question, until it stands on the shelf.
Read by pytest alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution, Draft, State
from exchange.library.depositing import steps
from exchange.library.models import Creator, Deposit, Resource
from exchange.members.models import Member
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Client, Member], Client]
KEY = "k1"
SAID: dict[str, dict[str, object]] = {
    "source": {"url": "example.org/guide"},
    "title": {"title": "Talking circles in Gulu"},
    "people": {
        "persons": "Wanjiru, Grace\nPeter Okello",
        "organisations": "A group of practitioners in Gulu",
        "publisher": "Gulu District",
    },
    "date": {"dated": "year", "year": "2019", "month": "3"},
    "kind": {"types": ["tool"]},
    "place": {"country_1": "UG", "useful_for": ["east-africa"]},
    "topics": {"topics": ["child-participation"]},
    "words": {"summary": "How elders and children sit together.", "language": "en"},
    "more": {"leadership": "community-led", "isbn": "978-0-306-40615-7"},
    "rights": {"right": "link", "people": "none"},
}


@pytest.fixture
def phone(amina: Member, signed_in: SignedIn) -> Client:
    return signed_in(Client(), amina)


def walk(client: Client, key: str = KEY, **other: dict[str, object]) -> None:
    """Every screen, one after the other."""
    for name, answers in {**SAID, **other}.items():
        client.post(f"/library/add/{key}/{name}/", answers)


def sent(client: Client, key: str = KEY, **more: str) -> object:
    return client.post(f"/library/add/{key}/review/", more)


def test_the_door_leads_to_a_first_question_of_its_own(phone: Client) -> None:
    answer = phone.get("/library/add/")

    assert answer.status_code == 302
    page = phone.get(answer["Location"]).content.decode()
    assert "Where is it?" in page
    assert 'type="file"' in page


def test_each_screen_is_kept_and_leads_to_the_next(phone: Client, amina: Member) -> None:
    answer = phone.post(f"/library/add/{KEY}/title/", SAID["title"])

    assert answer["Location"] == f"/library/add/{KEY}/people/"
    assert Draft.objects.get(member=amina).answers["title"] == ["Talking circles in Gulu"]
    assert "Talking circles in Gulu" in phone.get("/me/").content.decode()


def test_a_whole_walk_puts_it_on_the_shelf(phone: Client, amina: Member) -> None:
    walk(phone)

    answer = sent(phone)

    row = Resource.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    assert (row.state, row.author, row.authors) == (
        State.PUBLISHED,
        amina,
        "Grace Wanjiru; Peter Okello; A group of practitioners in Gulu",
    )
    assert (row.year, row.month, row.isbn, row.url) == (
        2019,
        3,
        "9780306406157",
        "https://example.org/guide",
    )
    assert (row.types, row.countries, row.useful_for) == ("tool", "UG", "east-africa")
    assert (row.leadership, row.link_kind) == ("community-led", "original")
    assert list(Creator.objects.values_list("family", "is_organisation")) == [
        ("Wanjiru", False),
        ("Okello", False),
        ("", True),
    ]
    assert Deposit.objects.get().right == "link"
    assert not Draft.objects.exists()


def test_three_answers_and_a_title_are_enough(phone: Client) -> None:
    for name in ("title", "kind", "topics"):
        phone.post(f"/library/add/{KEY}/{name}/", SAID[name])
    phone.post(f"/library/add/{KEY}/place/", {"everywhere": "on"})

    sent(phone)

    row = Resource.objects.get()
    assert (row.regions, row.countries, row.year, row.is_undated) == ("global", "", 0, False)


@pytest.mark.parametrize("name", ["title", "kind", "place", "topics"])
def test_a_required_answer_is_asked_for_and_what_was_typed_stays(phone: Client, name: str) -> None:
    answer = phone.post(f"/library/add/{KEY}/{name}/", {})

    assert answer.status_code == 422
    assert 'id="errors"' in answer.content.decode()


def test_the_review_leads_to_what_is_missing(phone: Client) -> None:
    phone.post(f"/library/add/{KEY}/title/", SAID["title"])

    page = phone.get(f"/library/add/{KEY}/review/").content.decode()

    assert "Before it can be sent" in page
    assert "Send it to the library" not in page
    assert sent(phone)["Location"] == f"/library/add/{KEY}/kind/"
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("date", {"dated": "year", "year": "1066"}, "A year between 1800"),
        ("date", {"dated": "year", "year": "soon"}, "four digits"),
        ("source", {"url": "not an address"}, "does not look like the address"),
        ("people", {"persons": "Call me 0772123456"}, "names alone"),
        ("more", {"isbn": "978-0-306-40615-8"}, "This ISBN is not whole"),
        ("rights", {"right": "permission"}, "who gave permission"),
        (
            "topics",
            {"topics": ["ethics", "digital", "mhpss", "leaders", "education", "parenting"]},
            "at most 5",
        ),
    ],
)
def test_what_cannot_be_is_said_in_words_and_kept(
    phone: Client, name: str, typed: dict[str, object], words: str
) -> None:
    answer = phone.post(f"/library/add/{KEY}/{name}/", typed)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_undated_is_something_else_than_not_known(phone: Client) -> None:
    walk(phone, date={"dated": "undated", "year": "2019"})

    sent(phone)

    row = Resource.objects.get()
    assert (row.year, row.is_undated) == (0, True)


def test_a_doi_for_an_address_is_kept_as_both(phone: Client) -> None:
    walk(phone, source={"url": "10.1016/j.chiabu.2012.01.001"})

    sent(phone)

    row = Resource.objects.get()
    assert row.doi == "10.1016/j.chiabu.2012.01.001"
    assert row.url == "https://doi.org/10.1016/j.chiabu.2012.01.001"


def test_a_visitors_first_answer_waits_while_they_sign_in(
    amina: Member, signed_in: SignedIn
) -> None:
    visitor = Client()
    page = visitor.get(f"/library/add/{KEY}/source/").content.decode()
    assert 'type="file"' not in page

    answer = visitor.post(f"/library/add/{KEY}/source/", {"url": "https://example.org/mine"})

    assert answer.status_code == 302
    signed_in(visitor, amina)
    page = visitor.get(f"/library/add/{KEY}/source/?unsent=1").content.decode()
    assert "https://example.org/mine" in page


def test_nobody_opens_the_draft_of_another(
    phone: Client, chen: Member, signed_in: SignedIn
) -> None:
    phone.post(f"/library/add/{KEY}/title/", SAID["title"])

    page = signed_in(Client(), chen).get(f"/library/add/{KEY}/title/").content.decode()

    assert "Talking circles" not in page


def test_a_newcomers_record_waits(db: None, signed_in: SignedIn, chen: Member) -> None:
    Member.objects.filter(pk=chen.pk).update(accepted_at=None)
    newcomer = signed_in(Client(), Member.objects.get(pk=chen.pk))
    walk(newcomer)

    sent(newcomer)

    row = Resource.objects.get()
    assert row.state == State.WAITING
    assert Client().get(row.get_absolute_url()).status_code == 404
    assert newcomer.get(row.get_absolute_url()).status_code == 200


def test_sending_twice_is_one_record(phone: Client) -> None:
    walk(phone)
    sent(phone)

    again = phone.get(f"/library/add/{KEY}/review/")

    assert again["Location"] == Resource.objects.get().get_absolute_url()
    assert Contribution.objects.count() == 1


def test_what_points_to_a_child_is_shown_to_the_writer_first(phone: Client) -> None:
    told = "Sarah Akello, 12, of Laliya village was beaten by her uncle. Call 0772 123456."
    walk(phone, words={"summary": told, "language": "en"})

    answer = sent(phone)

    assert answer.status_code == 422
    assert not Resource.objects.exists()
    sent(phone, insist="1")
    assert Resource.objects.get().state == State.WAITING


def test_words_that_point_to_a_child_are_seen_in_the_name_of_a_group_too(phone: Client) -> None:
    people = {"organisations": "Family of Sarah Akello, 12, of Laliya village, beaten by her uncle"}
    walk(phone, people=people)

    answer = sent(phone)

    assert answer.status_code == 422
    assert f"/library/add/{KEY}/people/" in answer.content.decode()
    assert not Resource.objects.exists()


def test_every_screen_is_small(phone: Client) -> None:
    import gzip

    for name in steps.NAMES:
        page = phone.get(f"/library/add/{KEY}/{name}/").content
        assert len(gzip.compress(page, 6)) <= 14_000, name


class TestTwins:
    def test_the_same_title_is_caught_on_the_next_screen(self, phone: Client) -> None:
        here = shelved("Talking circles, in Gulu!")

        answer = phone.post(f"/library/add/{KEY}/title/", SAID["title"])

        assert answer["Location"] == f"/library/add/{KEY}/twins/"
        page = phone.get(answer["Location"]).content.decode()
        assert here.get_absolute_url() in page
        assert "The library has this record." in page
        assert "None of these" not in page

    def test_a_near_title_may_be_another_record(self, phone: Client) -> None:
        shelved("Talking circle in Gulu")

        answer = phone.post(f"/library/add/{KEY}/title/", SAID["title"])

        assert answer["Location"] == f"/library/add/{KEY}/twins/"
        went = phone.post(answer["Location"], {"twin": "none"})
        assert went["Location"] == f"/library/add/{KEY}/people/"
        walk(phone)
        assert sent(phone).status_code == 302
        assert Resource.objects.count() == 2

    def test_another_edition_with_the_same_title_is_let_in(self, phone: Client) -> None:
        here = shelved("Talking circles in Gulu")
        walk(phone)
        assert sent(phone)["Location"] == f"/library/add/{KEY}/twins/"

        phone.post(f"/library/add/{KEY}/twins/", {"twin": f"edition-{here.pk}"})

        assert sent(phone).status_code == 302
        assert Resource.objects.filter(title="Talking circles in Gulu").count() == 2

    def test_a_translation_knows_what_it_translates(self, phone: Client) -> None:
        here = shelved("Talking circles in Gulu")
        walk(phone)
        phone.post(f"/library/add/{KEY}/twins/", {"twin": f"translation-{here.pk}"})

        sent(phone)

        assert Resource.objects.exclude(pk=here.pk).get().translation_of_id == here.pk

    def test_the_same_link_is_caught_too(self, phone: Client) -> None:
        shelved("Quite another title", url="http://example.org/guide/")
        phone.post(f"/library/add/{KEY}/source/", SAID["source"])

        answer = phone.post(f"/library/add/{KEY}/title/", SAID["title"])

        assert answer["Location"] == f"/library/add/{KEY}/twins/"

    def test_what_is_typed_is_answered_while_typing(self, phone: Client) -> None:
        shelved("Talking circles in Gulu")

        page = phone.get("/library/add/similar?text=talking+circles+in+gul").content.decode()

        assert "Is it one of these?" in page
        assert phone.get("/library/add/similar?text=something+else+here").content.strip() == b""

    def test_what_one_took_back_oneself_can_be_added_anew(
        self, phone: Client, amina: Member
    ) -> None:
        walk(phone)
        sent(phone)
        withdraw(contribution=Contribution.objects.get(), by=amina)
        walk(phone, "k2")

        sent(phone, "k2")

        assert Resource.objects.filter(state=State.PUBLISHED).count() == 1

    def test_what_a_host_took_out_stays_out(self, phone: Client, beatriz: Member) -> None:
        walk(phone)
        sent(phone)
        withdraw(contribution=Contribution.objects.get(), by=beatriz)
        walk(phone, "k2")

        answer = sent(phone, "k2")

        assert answer.status_code == 422
        assert not Resource.objects.filter(state=State.PUBLISHED).exists()

    def test_what_nobody_may_see_is_not_shown(self, phone: Client) -> None:
        hidden = shelved("Talking circles in Gulu")
        Resource.objects.filter(pk=hidden.pk).update(state=State.WITHDRAWN)

        answer = phone.post(f"/library/add/{KEY}/title/", SAID["title"])
        assert answer["Location"] == f"/library/add/{KEY}/people/"
        walk(phone)

        answer = sent(phone)
        assert answer.status_code == 422
        assert "Hosts have taken a record of this title out" in answer.content.decode()
