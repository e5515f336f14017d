"""Recommendations, and what was given back to the communities of a study.
Run by pytest alone."""

from collections.abc import Callable

import pytest
from django.test import Client

from exchange.contributions.errors import NotAllowed
from exchange.contributions.models import Contribution
from exchange.conversation.actions import withdraw_reply
from exchange.core.time import now
from exchange.library.models import (
    Deposit,
    GiveBack,
    GiveBackWord,
    Recommendation,
    Resource,
    Standing,
    Use,
)
from exchange.library.offering import actions as offering
from exchange.library.practice import queries
from exchange.library.practice.actions import (
    Full,
    offer_advice,
    say_received,
    say_used,
    tell_give_back,
)
from exchange.library.practice.rules import MOST_ADVICE, is_research
from exchange.members.models import Member
from tests import cast
from tests.library.conftest import shelved

SignedIn = Callable[[Client, Member], Client]
ADVICE = "Let the community choose the harm that they want to work on."
GAP = "We do not know what was given back to the communities of this study. Do you?"


@pytest.fixture
def study(db: None) -> Resource:
    return shelved("A study of villages", types=("research",))


def advised(record: Resource, by: Member, text: str = ADVICE) -> Recommendation:
    return offer_advice(
        resource=record, text=text, where="p. 12", language="en", by=by, insist=True
    )


def gave_back(study: Resource, by: Member, **more: object) -> GiveBack:
    given = {
        "communities": "mothers' groups in two districts",
        "how": "Read aloud and talked over in four evenings.",
        "form": "meeting",
        "spoken": "sw",
        "link": "https://example.org/back",
        **more,
    }
    return tell_give_back(row=GiveBack(resource=study, **given), by=by, insist=True)


def test_a_hosts_recommendation_has_a_place_of_its_own(
    record: Resource, beatriz: Member, visitor: Client
) -> None:
    row = advised(record, beatriz)

    page = visitor.get(record.get_absolute_url()).content.decode()

    assert f'<li id="advice-{row.pk}">' in page
    assert ADVICE in page
    assert "p. 12" in page
    assert f'href="#advice-{row.pk}"' in page
    assert queries.words(record) == ADVICE


@pytest.mark.parametrize("way", ["author", "depositor"])
def test_who_wrote_or_brought_the_record_needs_no_host(
    record: Resource, amina: Member, way: str
) -> None:
    if way == "author":
        Contribution.objects.filter(pk=record.pk).update(author=amina)
        record.refresh_from_db()
    else:
        Deposit.objects.create(resource=record, by=amina)

    assert advised(record, amina).standing == Standing.PUBLISHED


def test_a_members_recommendation_waits_and_a_host_lets_it_stand(
    record: Resource, amina: Member, beatriz: Member, visitor: Client, signed_in: SignedIn
) -> None:
    row = advised(record, amina)
    assert ADVICE not in visitor.get(record.get_absolute_url()).content.decode()
    own = signed_in(Client(), amina).get(f"/library/{record.pk}/advice/").content.decode()
    assert ADVICE in own
    host = signed_in(Client(), beatriz)
    assert ADVICE in host.get("/desk/library/offered/").content.decode()

    host.post(f"/desk/library/offered/recommendation/{row.pk}/", {"what": "stand"})

    assert ADVICE in visitor.get(record.get_absolute_url()).content.decode()


def test_a_recommendation_can_be_tried(
    record: Resource, amina: Member, beatriz: Member, visitor: Client, signed_in: SignedIn
) -> None:
    row = advised(record, beatriz)
    client = signed_in(Client(), amina)
    asked = client.get(f"/library/{record.pk}/use/?how=tried&advice={row.pk}").content.decode()
    assert ADVICE in asked
    assert f'name="advice" value="{row.pk}"' in asked

    client.post(
        f"/library/{record.pk}/use/",
        {"how": "tried", "advice": str(row.pk), "country": "KE", "setting": "", "body": ""},
    )

    assert Use.objects.get().recommendation == row
    assert "tried by 1 group" in visitor.get(record.get_absolute_url()).content.decode()


def test_a_recommendation_of_another_record_is_not_tried_here(
    record: Resource, beatriz: Member, amina: Member, signed_in: SignedIn
) -> None:
    foreign = advised(shelved("Other"), beatriz)

    signed_in(Client(), amina).post(
        f"/library/{record.pk}/use/", {"how": "tried", "advice": str(foreign.pk)}
    )

    assert Use.objects.get().recommendation is None


def test_a_recommendation_that_is_taken_back_leaves_the_uses(
    record: Resource, amina: Member, beatriz: Member, visitor: Client
) -> None:
    row = advised(record, beatriz)
    say_used(resource=record, by=amina, how="tried", recommendation=row)

    offering.take_back(row=row, by=beatriz)

    page = visitor.get(record.get_absolute_url()).content.decode()
    assert ADVICE not in page
    assert "1 tried it" in page


def test_there_are_as_many_as_people_read(record: Resource, beatriz: Member) -> None:
    for number in range(MOST_ADVICE):
        advised(record, beatriz, f"Advice {number}.")

    with pytest.raises(Full):
        advised(record, beatriz)
    assert [one.row.place for one in queries.advice(record)] == list(range(1, MOST_ADVICE + 1))


def test_a_recommendation_is_written_on_its_page(
    record: Resource, amina: Member, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), amina)
    address = f"/library/{record.pk}/advice/"

    bad = client.post(address, {"body": "a" * 601, "where": "p. 12", "language": "en"})
    good = client.post(
        address, {"body": ADVICE, "where": "p. 12", "language": "en", "once": "k"}, follow=True
    )

    assert bad.status_code == 422
    assert "a" * 601 in bad.content.decode()
    assert "A host reads it before it goes out" in good.content.decode()


def test_what_research_is() -> None:
    assert is_research(Resource(types="research"))
    assert is_research(Resource(types="guide journal-article"))
    assert is_research(Resource(evidence="evaluation"))
    assert not is_research(Resource(types="guide"))
    # What somebody said it rests on counts for more than its type.
    assert not is_research(Resource(types="research", evidence="guidance"))


def test_a_study_without_a_statement_asks_kindly_and_a_guide_does_not(
    study: Resource, record: Resource, visitor: Client
) -> None:
    assert GAP in visitor.get(study.get_absolute_url()).content.decode()
    assert GAP not in visitor.get(record.get_absolute_url()).content.decode()
    assert visitor.get(f"/library/{study.pk}/given-back/").status_code == 200
    assert visitor.get(f"/library/{record.pk}/given-back/").status_code == 404


def test_a_statement_is_shown_with_writer_and_date(
    study: Resource, beatriz: Member, visitor: Client
) -> None:
    gave_back(study, beatriz)

    for address in (study.get_absolute_url(), f"/library/{study.pk}/given-back/"):
        page = visitor.get(address).content.decode()
        assert "two districts" in page
        assert "a meeting with the community" in page
        assert "(Swahili)" in page
        assert "written by Beatriz" in page
        assert 'rel="nofollow ugc noopener external"' in page
        assert GAP not in page


def test_a_members_statement_waits(
    study: Resource, amina: Member, chen: Member, visitor: Client, signed_in: SignedIn
) -> None:
    gave_back(study, amina)
    address = f"/library/{study.pk}/given-back/"

    assert "two districts" not in visitor.get(address).content.decode()
    assert "two districts" in signed_in(Client(), amina).get(address).content.decode()
    assert "two districts" not in signed_in(Client(), chen).get(address).content.decode()


def test_the_page_says_never_villages_and_the_gate_looks_at_every_field(
    study: Resource, amina: Member, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), amina)
    address = f"/library/{study.pk}/given-back/words/"
    assert "Never name a village or a person" in client.get(address).content.decode()
    sent = {
        "communities": "the family of Fatuma, 9 years old, from Kibera, +254 712 345678",
        "how": "By phone.",
        "form": "phone",
        "spoken": "",
        "link": "",
        "language": "en",
        "once": "k",
    }

    shown = client.post(address, sent)

    assert shown.status_code == 422
    assert "Before it goes out" in shown.content.decode()
    assert 'href="#id_communities"' in shown.content.decode()
    client.post(address, {**sent, "communities": "mothers' groups in two districts"})
    assert GiveBack.objects.get().standing == Standing.WAITING


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.org/x", "nonsense"])
def test_only_links_of_the_web_are_taken(
    study: Resource, amina: Member, signed_in: SignedIn, link: str
) -> None:
    sent = {"communities": "groups", "how": "So.", "form": "other", "link": link, "language": "en"}

    answer = signed_in(Client(), amina).post(f"/library/{study.pk}/given-back/words/", sent)

    assert answer.status_code == 422 or GiveBack.objects.get().link.startswith("http")


def test_we_received_this_and_we_did_not_are_counted_with_countries(
    study: Resource, visitor: Client
) -> None:
    for number, (received, country) in enumerate(
        [(True, "KE"), (True, "UG"), (True, ""), (False, "KE")]
    ):
        person = cast.person(f"R{number}", welcomed_at=now())
        say_received(resource=study, by=person, received=received, country=country)

    said = "3 groups say they received this (Kenya, Uganda). 1 group says it did not (Kenya)."

    assert queries.received_in_words(study) == said
    assert said in visitor.get(study.get_absolute_url()).content.decode()


def test_a_member_says_it_once_changes_it_and_takes_it_back(
    study: Resource, amina: Member, beatriz: Member, visitor: Client, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), amina)
    address = f"/library/{study.pk}/given-back/received/"
    assert client.get(f"{address}?received=yes").context["form"]["received"].value() == "yes"
    sent = {"country": "KE", "body": "Nobody came back.", "language": "en"}
    client.post(address, {**sent, "received": "yes"})
    client.post(address, {**sent, "received": "no"})

    word = GiveBackWord.objects.get()
    assert (word.received, word.country) == (False, "KE")
    assert word.reply is not None
    assert "Nobody came back." in visitor.get(study.get_absolute_url()).content.decode()
    withdraw_reply(reply=word.reply, by=beatriz)
    assert "Nobody came back." not in visitor.get(study.get_absolute_url()).content.decode()
    assert "1 group says it did not (Kenya)" in queries.received_in_words(study)

    client.post(address, {"away": "1"})

    assert not GiveBackWord.objects.exists()


def test_beside_what_is_not_public_nothing_is_written(study: Resource, amina: Member) -> None:
    Contribution.objects.filter(pk=study.pk).update(state="held")
    study.refresh_from_db()

    with pytest.raises(NotAllowed):
        say_received(resource=study, by=amina, received=True)
    with pytest.raises(NotAllowed):
        gave_back(study, amina)
    with pytest.raises(NotAllowed):
        say_used(resource=study, by=amina, how="read")
