"""The Exchange's own texts: a host writes them anew, gates are asked, and everybody reads them."""

from typing import Any

import pytest
from django.test import Client

from exchange.contributions.errors import ChangedMeanwhile, NotAllowed, Noticed, Refused
from exchange.core.page_cache import shelf
from exchange.core.remembering import forget
from exchange.ledger.models import Event
from exchange.members import dossier
from exchange.members.models import Member
from exchange.pages import texts
from exchange.pages.models import HouseText
from exchange.pages.telling.actions import publish_text, take_down
from exchange.pages.telling.rules import Words

WORDS = Words("About us", "## Who we are\n\nA few **hosts**.", "Who runs the Exchange.")


def let_out(by: Member, **other: Any) -> HouseText:
    given = {"name": "about", "language": "en", "words": WORDS, "by": by, **other}
    return publish_text(**given)


def test_what_a_host_wrote_is_read_in_the_place_of_the_file(
    beatriz: Member, visitor: Client
) -> None:
    assert "Practitioners are the experts" in texts.read("about", "en").body
    let_out(beatriz)
    page = visitor.get("/about/").content.decode()
    assert "<h1>About us</h1>" in page
    assert "<h2>Who we are</h2>" in page
    assert "Practitioners are the experts" not in page
    assert "Qui nous sommes" not in visitor.get("/fr/about/").content.decode()
    assert Event.objects.filter(kind="page.published").count() == 1


def test_a_language_without_a_text_of_its_own_shows_its_file_before_english(
    beatriz: Member, visitor: Client
) -> None:
    let_out(beatriz)
    assert texts.read("about", "fr").language == "fr"
    let_out(beatriz, language="fr", words=Words("À propos", "Nous."))
    assert texts.read("about", "fr").title == "À propos"
    assert texts.read("about", "en").title == "About us"


def test_taken_down_the_file_holds_again(beatriz: Member) -> None:
    row = let_out(beatriz)
    take_down(text=row, by=beatriz)
    take_down(text=row, by=beatriz)
    assert texts.read("about", "en").title == "About the Exchange"
    assert [one.title for one in row.revisions.all()] == ["", "About us"]


def test_the_same_words_again_change_nothing_and_other_words_are_kept_with_the_old(
    beatriz: Member,
) -> None:
    row = let_out(beatriz)
    assert let_out(beatriz).version == row.version
    other = let_out(beatriz, words=Words("About us", "Other."), version=row.version)
    assert [one.body for one in other.revisions.all()] == ["Other.", WORDS.body]
    with pytest.raises(ChangedMeanwhile):
        let_out(beatriz, words=Words("About us", "Third."), version=row.version)


def test_only_hosts_write_them(amina: Member, beatriz: Member) -> None:
    with pytest.raises(NotAllowed):
        let_out(amina)
    row = let_out(beatriz)
    with pytest.raises(NotAllowed):
        take_down(text=row, by=amina)
    assert texts.read("about", "en").title == "About us"


def test_ways_to_reach_us_may_stand_there_once_a_host_has_looked(beatriz: Member) -> None:
    words = Words("Contact", "Write to hosts@example.org.")
    with pytest.raises(Noticed):
        let_out(beatriz, name="contact", words=words)
    assert not HouseText.objects.exists()
    let_out(beatriz, name="contact", words=words, insist=True)
    written = texts.written("contact", "en")
    assert written is not None
    assert "hosts@example.org" in written.body


def test_what_points_to_a_child_does_not_go_out_even_if_a_host_insists(beatriz: Member) -> None:
    words = Words(
        "About", "Fatuma, 9 years old, of Kibera Primary School, was beaten by her uncle."
    )
    with pytest.raises(Noticed):
        let_out(beatriz, words=words)
    with pytest.raises(Refused):
        let_out(beatriz, words=words, insist=True)
    assert not HouseText.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_asks_the_database_once_at_most_and_then_remembers(
    beatriz: Member, django_assert_num_queries: Any
) -> None:
    forget()
    let_out(beatriz)
    texts.read("about", "en")
    with django_assert_num_queries(0):
        assert texts.read("about", "en").title == "About us"
    let_out(beatriz, words=Words("Newer", "Words."))
    with django_assert_num_queries(1):
        assert texts.read("about", "en").title == "Newer"


def test_a_hosts_part_is_told_and_their_name_leaves_with_them(beatriz: Member) -> None:
    row = let_out(beatriz)
    told: Any = dossier.export(beatriz)["pages"]
    assert told["wrote"][0]["title"] == "About us"
    dossier.erase(beatriz)
    assert row.revisions.get().by_name == ""
    assert texts.read("about", "en").title == "About us"


def test_how_it_works_can_be_written_anew(beatriz: Member, visitor: Client) -> None:
    assert "A host looks first" in visitor.get("/how-it-works/").content.decode()
    shelf.clear()
    let_out(beatriz, name="how_it_works", words=Words("How we work", "Together."))
    page = visitor.get("/how-it-works/").content.decode()
    assert "How we work" in page
    assert "A host looks first" not in page
