"""Which texts point to a record, and what the record shows of them.
Run by pytest alone."""

import pytest
from django.test import Client

from exchange.contributions.actions import revise, submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.models import Contribution
from exchange.contributions.sealing import seal, unseal
from exchange.conversation.actions import answer, revise_reply, withdraw_reply
from exchange.ledger import worker
from exchange.library.models import Citing, Recommendation, Resource, Standing
from exchange.library.practice import queries
from exchange.library.practice.rules import cited
from exchange.members.models import Member
from tests.library.conftest import shelved

HOST = "exchange.example"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("See /library/12-learning/ please", {(12, 0)}),
        ("See /fr/library/12-learning/#advice-7.", {(12, 7)}),
        (f"(https://{HOST}/ar/library/12-x/)", {(12, 0)}),
        (f"HTTP://{HOST.upper()}/library/12-x/read/?page=2#advice-3", {(12, 3)}),
        (f"{HOST}/library/12-x/", {(12, 0)}),
        (
            "[this](/library/12-x/#advice-7) and <https://exchange.example/library/3-y/>",
            {(12, 7), (3, 0)},
        ),
        ("see:/library/12-x/", {(12, 0)}),
        ("/library/12/short/", {(12, 0)}),
        ("“/sw/library/12-x/”", {(12, 0)}),
        # Not ours, or no record at all.
        ("https://other.example/library/12-x/", set()),
        ("other.example/library/12-x/", set()),
        (f"https://{HOST}.evil.example/library/12-x/", set()),
        (f"https://evil.example/?to=https://{HOST}", set()),
        ("/library/?topic=x /library/ /de/library/12-x/ my/library/12-x/", set()),
        ("/library/9999999999999999-x/", set()),
        ("library/12-x", set()),
        ("", set()),
    ],
)
def test_addresses_of_ours_are_found_and_others_are_not(
    text: str, found: set[tuple[int, int]]
) -> None:
    assert cited(text, host=HOST) == found


def test_a_long_hostile_text_is_read_quickly() -> None:
    assert cited("/library/" * 30_000 + "a" * 100_000 + "://" * 10_000, host=HOST) == set()


def asked(by: Member, body: str, kind: str = "question") -> Contribution:
    row = submit(kind=kind, content=Content(title="How did it go?", body=body), author=by)
    worker.run_until_idle()
    return row


def test_a_question_that_names_a_record_stands_beside_it(
    record: Resource, amina: Member, visitor: Client
) -> None:
    question = asked(amina, f"Who has tried {record.get_absolute_url()} in town?")

    page = visitor.get(record.get_absolute_url()).content.decode()

    assert "Cited in these questions and experiences" in page
    assert f'href="{question.get_absolute_url()}"' in page


def test_an_experience_and_an_answer_lead_to_their_place(
    record: Resource, amina: Member, beatriz: Member
) -> None:
    question = asked(amina, "What helps?")
    reply = answer(
        contribution=question,
        author=beatriz,
        body=f"This: {record.get_absolute_url()}",
        language="en",
    )
    parts = {"faced": "Beatings.", "did": f"We followed /sw/library/{record.pk}-x/ together."}
    experience = submit(
        kind="experience", content=Content(title="What we did", parts=parts), author=amina
    )
    worker.run_until_idle()

    shown = {(one.label, one.url) for one in queries.cited_in(record)}

    assert shown == {
        ("an answer", f"{question.get_absolute_url()}#reply-{reply.pk}"),
        ("Experience", experience.get_absolute_url()),
    }


def test_a_recommendation_is_known_by_its_place(record: Resource, amina: Member) -> None:
    other = shelved("Other")
    row = Recommendation.objects.create(resource=record, text="Ask.", standing=Standing.PUBLISHED)
    asked(
        amina,
        f"{record.get_absolute_url()}#advice-{row.pk} {other.get_absolute_url()}#advice-{row.pk}",
    )

    found = set(Citing.objects.values_list("resource_id", "recommendation_id"))

    assert found == {(record.pk, row.pk), (other.pk, None)}


def test_words_that_change_or_leave_take_their_mark_along(
    record: Resource, amina: Member, beatriz: Member
) -> None:
    other = shelved("Other")
    question = asked(amina, record.get_absolute_url())
    content = Content(title="How did it go?", body=other.get_absolute_url())
    revise(contribution=question, content=content, by=amina, version=1)
    worker.run_until_idle()
    assert [row.resource_id for row in Citing.objects.all()] == [other.pk]

    withdraw(contribution=question, by=beatriz)
    assert queries.cited_in(other) == []
    worker.run_until_idle()

    assert not Citing.objects.exists()


def test_an_answer_that_changes_or_leaves_takes_its_mark_along(
    record: Resource, amina: Member, beatriz: Member
) -> None:
    question = asked(amina, "What helps?")
    words = f"See {record.get_absolute_url()}"
    reply = answer(contribution=question, author=beatriz, body=words, language="en")
    worker.run_until_idle()
    assert len(queries.cited_in(record)) == 1
    revise_reply(reply=reply, body="Nothing.", by=beatriz, version=1)
    worker.run_until_idle()
    assert queries.cited_in(record) == []
    revise_reply(reply=reply, body=words, by=beatriz, version=2)
    worker.run_until_idle()
    assert len(queries.cited_in(record)) == 1

    withdraw_reply(reply=reply, by=beatriz)

    assert queries.cited_in(record) == []


def test_a_sealed_question_hides_its_answers_mark_until_it_is_unsealed(
    record: Resource, amina: Member, beatriz: Member
) -> None:
    question = asked(amina, f"{record.get_absolute_url()}")
    answer(
        contribution=question,
        author=beatriz,
        body=f"Yes {record.get_absolute_url()}",
        language="en",
    )
    worker.run_until_idle()
    assert len(queries.cited_in(record)) == 2

    seal(contribution=question)
    assert queries.cited_in(record) == []
    worker.run_until_idle()
    unseal(contribution=question)
    worker.run_until_idle()

    assert len(queries.cited_in(record)) == 2


def test_what_waits_is_not_shown(record: Resource, chen: Member) -> None:
    asked(chen, record.get_absolute_url())

    assert queries.cited_in(record) == []


def test_a_record_does_not_cite_itself_in_what_is_said_to_it(
    record: Resource, amina: Member
) -> None:
    answer(contribution=record, author=amina, body=record.get_absolute_url(), language="en")
    worker.run_until_idle()

    assert not Citing.objects.exists()


def test_the_page_gives_the_address_to_copy(record: Resource, visitor: Client) -> None:
    page = visitor.get(record.get_absolute_url()).content.decode()

    assert 'data-copy="address" hidden' in page
    assert f"{record.get_absolute_url()}</p>" in page


def test_asked_twice_nothing_changes(record: Resource, amina: Member) -> None:
    from exchange.library.practice.citing import note_contribution

    question = asked(amina, record.get_absolute_url())
    before = list(Citing.objects.values())
    note_contribution(pk=question.pk)

    assert list(Citing.objects.values()) == before
