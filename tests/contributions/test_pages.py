"""The pages of asking, sharing and listing, as people use them.
Read by pytest alone."""

from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape
from pytest_django import DjangoAssertNumQueries

from exchange.contributions import actions, kinds
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution, Draft, State
from exchange.members.models import Member

pytestmark = pytest.mark.django_db

QUESTION = {
    "title": "What brought your committee back?",
    "body": "Ours stopped.",
    "topics": ["community-mechanisms"],
    "countries": "UG",
    "leadership": "community-led",
    "language": "en",
    "once": "form-1",
}


def test_a_member_asks(visitor: Client, amina: Member, signed_in: Any) -> None:
    response = signed_in(visitor, amina).post("/ask/", QUESTION, follow=True)

    question = Contribution.objects.get()
    assert question.state == State.PUBLISHED
    assert response.redirect_chain[-1][0] == question.get_absolute_url()
    assert "What brought your committee back?" in response.content.decode()


def test_a_visitor_s_question_is_kept_while_they_sign_in(
    visitor: Client, amina: Member, signed_in: Any
) -> None:
    response = visitor.post("/ask/", QUESTION)

    assert response.status_code == 302
    assert response["Location"].startswith("/sign-in/")
    assert not Contribution.objects.exists()

    visitor.force_login(amina)
    page = visitor.get("/ask/?unsent=1").content.decode()
    assert "What brought your committee back?" in page
    assert "Ours stopped." in page


def test_a_question_without_its_line_is_told_so_and_keeps_the_rest(
    visitor: Client, amina: Member, signed_in: Any
) -> None:
    response = signed_in(visitor, amina).post("/ask/", {**QUESTION, "title": " "})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Please write your question in one line." in page
    assert "Ours stopped." in page
    assert not Contribution.objects.exists()


def test_the_form_sent_twice_is_one_question(
    visitor: Client, amina: Member, signed_in: Any
) -> None:
    client = signed_in(visitor, amina)

    client.post("/ask/", QUESTION)
    client.post("/ask/", QUESTION)

    assert Contribution.objects.count() == 1


@pytest.mark.parametrize(
    "hostile",
    ["a\x00b", "\ud800", "x" * 10_000, "\u202ereversed", "' OR 1=1 --", "{{ 7 * 7 }}", "<b>"],
)
def test_odd_words_are_answered_and_never_break_the_page(
    visitor: Client, amina: Member, signed_in: Any, hostile: str
) -> None:
    title = hostile.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    client = signed_in(visitor, amina)

    response = client.post("/ask/", {**QUESTION, "title": title, "body": title})

    assert response.status_code in (302, 422)
    assert client.get("/questions/").status_code == 200


class TestAnExperience:
    start = "/share/experience/a-key/"

    def test_is_written_screen_by_screen_and_sent(
        self, visitor: Client, amina: Member, signed_in: Any
    ) -> None:
        client = signed_in(visitor, amina)
        answers = {
            "title": {"title": "The grandmothers restarted it"},
            "faced": {"faced": ""},
            "did": {"did": "We asked who was missed."},
            "who_led": {"who_led": ""},
            "changed": {"changed": "They meet again."},
            "differently": {"differently": ""},
            "tell_others": {"tell_others": ""},
            "context": {"countries": "KE", "leadership": "community-led", "language": "en"},
        }
        for step, given in answers.items():
            assert client.post(f"{self.start}{step}/", given).status_code == 302

        assert "We asked who was missed." in client.get(f"{self.start}review/").content.decode()
        response = client.post(f"{self.start}review/", follow=True)

        experience = Contribution.objects.get(kind="experience")
        page = response.content.decode()
        assert experience.countries == "KE"
        assert "They meet again." in page
        assert "What we would do differently" not in page
        assert not Draft.objects.exists()

    def test_can_be_left_and_found_again(
        self, visitor: Client, amina: Member, signed_in: Any
    ) -> None:
        signed_in(visitor, amina).post(f"{self.start}did/", {"did": "Half a thought"})

        elsewhere = signed_in(Client(), amina)

        assert "Half a thought" in elsewhere.get(f"{self.start}did/").content.decode()

    def test_another_person_s_draft_does_not_exist(
        self, visitor: Client, amina: Member, chen: Member, signed_in: Any
    ) -> None:
        signed_in(visitor, amina).post(f"{self.start}did/", {"did": "Half a thought"})

        page = signed_in(Client(), chen).get(f"{self.start}did/").content.decode()

        assert "Half a thought" not in page

    def test_asks_for_what_is_missing_before_it_is_sent(
        self, visitor: Client, amina: Member, signed_in: Any
    ) -> None:
        client = signed_in(visitor, amina)
        client.post(f"{self.start}title/", {"title": "Only a title"})

        response = client.post(f"{self.start}review/")

        assert response["Location"].endswith("/did/")
        assert not Contribution.objects.exists()


class TestDrafts:
    def test_the_server_keeps_what_is_typed(
        self, visitor: Client, amina: Member, signed_in: Any
    ) -> None:
        client = signed_in(visitor, amina)

        kept = client.post("/drafts/k1/", {"kind": "question", "title": "Half"})

        assert (kept.status_code, kept["X-Draft-Version"]) == (204, "1")
        assert "Half" in client.get("/ask/?draft=k1").content.decode()

    def test_an_older_tab_is_told(self, visitor: Client, amina: Member, signed_in: Any) -> None:
        client = signed_in(visitor, amina)
        client.post("/drafts/k1/", {"kind": "question", "title": "One"})
        client.post("/drafts/k1/", {"kind": "question", "title": "Two", "version": "1"})

        late = client.post("/drafts/k1/", {"kind": "question", "title": "Old", "version": "1"})

        assert late.status_code == 409
        assert Draft.objects.get().answers["title"] == ["Two"]

    def test_two_people_may_be_answering_the_same_question(
        self, visitor: Client, amina: Member, chen: Member, signed_in: Any
    ) -> None:
        for member in (amina, chen):
            words = {"kind": "answer", "body": f"From {member}"}
            signed_in(Client(), member).post("/drafts/answer-5-/", words)

        assert Draft.objects.get(member=amina).answers["body"] == ["From Amina"]
        assert Draft.objects.get(member=chen).answers["body"] == ["From Chen"]

    def test_a_visitor_is_told_to_sign_in(self, visitor: Client) -> None:
        assert visitor.post("/drafts/k1/", {"title": "Half"}).status_code == 401
        assert not Draft.objects.exists()


class TestAList:
    @pytest.mark.parametrize("kind", ["question", "experience", "idea", "discussion", "notice"])
    def test_invites_when_it_is_empty(self, visitor: Client, kind: str) -> None:
        page = visitor.get(f"/{kind}s/").content.decode()

        assert str(escape(str(kinds.get(kind).invites))) in page

    def test_shows_what_is_published_and_nothing_else(
        self, visitor: Client, amina: Member, chen: Member
    ) -> None:
        for author, title in ((amina, "Out"), (chen, "Waiting")):
            actions.submit(kind="question", content=Content(title=title), author=author)

        page = visitor.get("/questions/").content.decode()

        assert "Out" in page
        assert "Waiting<" not in page

    def test_is_narrowed_by_topic_and_country(self, visitor: Client, amina: Member) -> None:
        for title, topic, country in (("Here", "ethics", "KE"), ("There", "leaders", "UG")):
            content = Content(title=title, topics=(topic,), countries=(country,))
            actions.submit(kind="question", content=content, author=amina)

        page = visitor.get("/questions/?topic=ethics&country=KE").content.decode()

        assert ">Here<" in page
        assert ">There<" not in page

    def test_asks_the_database_as_often_for_one_as_for_thirty(
        self,
        visitor: Client,
        amina: Member,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(30):
            content = Content(title=f"Question {number}", topics=("ethics",))
            actions.submit(kind="question", content=content, author=amina)
        with django_assert_max_num_queries(8) as many:
            visitor.get("/questions/?a")
        Contribution.objects.exclude(title="Question 1").update(state=State.WITHDRAWN)
        with django_assert_max_num_queries(8) as one:
            visitor.get("/questions/?b")

        assert len(many) == len(one)

    def test_pages_go_back_and_forth(self, visitor: Client, amina: Member) -> None:
        for number in range(45):
            actions.submit(kind="idea", content=Content(title=f"Idea {number:02}"), author=amina)
        seen: list[str] = []
        address = "/ideas/"
        while address:
            page = visitor.get(address)
            seen += [card.title for card in page.context["cards"]]
            older = page.context["page"].older
            address = f"/ideas/?after={older}" if older else ""

        assert seen == [f"Idea {number:02}" for number in reversed(range(45))]


class TestChangingOnThePage:
    def test_a_late_save_is_told_and_keeps_its_words(
        self, visitor: Client, amina: Member, signed_in: Any
    ) -> None:
        question = actions.submit(kind="question", content=Content(title="First"), author=amina)
        client = signed_in(visitor, amina)
        address = f"/contributions/{question.pk}/words/"
        client.post(address, {"title": "Second", "language": "en", "version": "1"})

        late = client.post(address, {"title": "Third", "language": "en", "version": "1"})

        assert late.status_code == 409
        assert "Third" in late.content.decode()
        question.refresh_from_db()
        assert question.title == "Second"

    def test_a_stranger_finds_no_such_page(
        self, visitor: Client, amina: Member, chen: Member, signed_in: Any
    ) -> None:
        question = actions.submit(kind="question", content=Content(title="First"), author=amina)
        client = signed_in(visitor, chen)

        for page in ("words", "withdrawal"):
            assert client.get(f"/contributions/{question.pk}/{page}/").status_code == 404

    def test_withdrawing_asks_once_more_and_then_is_done(
        self, visitor: Client, amina: Member, signed_in: Any
    ) -> None:
        question = actions.submit(kind="question", content=Content(title="First"), author=amina)
        client = signed_in(visitor, amina)
        address = f"/contributions/{question.pk}/withdrawal/"

        assert "everywhere" in client.get(address).content.decode()
        client.post(address)

        assert Client().get(question.get_absolute_url()).status_code == 404
