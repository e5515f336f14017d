"""The pages of short versions stay light, and forget who leaves.
Run by pytest alone."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exchange.library.models import GiveBack, Resource
from exchange.library.practice.actions import tell_give_back
from exchange.members import dossier
from exchange.members.models import Member
from tests.library.conftest import shelved
from tests.library.ladder.test_writing import SENTENCE, stands, wrote

SignedIn = Callable[[Client, Member], Client]


def test_of_whole_pages_one_is_shown_and_the_others_are_linked(
    record: Resource, visitor: Client, beatriz: Member
) -> None:
    for language, text in (("en", "One page."), ("fr", "Une page."), ("am", "አንድ ገጽ።")):
        wrote(record, beatriz, text, length="page", language=language)
    address = f"/library/{record.pk}/short/"

    english = visitor.get(address).content.decode()
    amharic = visitor.get(f"{address}?in=am").content.decode()

    assert "One page." in english
    assert "Une page." not in english
    assert 'href="?in=am#page-am"' in english
    assert "አንድ ገጽ።" in amharic
    assert "One page." not in amharic
    assert visitor.get(f"{address}?in=nonsense").status_code == 200


@pytest.mark.parametrize("address", ["/library/{}/short/", "/library/{}/given-back/"])
def test_one_costs_as_many_queries_as_many(visitor: Client, beatriz: Member, address: str) -> None:
    study = shelved("A study", types=("research",))

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert visitor.get(address.format(study.pk)).status_code == 200
        return len(asked)

    before = cost()
    for language in ("en", "fr", "sw", "ar", "es", "pt"):
        wrote(study, beatriz, language=language)
        back = GiveBack(resource=study, communities="groups", how="So.", form="other")
        tell_give_back(row=back, by=beatriz, insist=True)

    assert cost() == before <= 5


def test_hosts_see_many_for_as_few_queries_as_one(
    record: Resource, amina: Member, beatriz: Member, signed_in: SignedIn
) -> None:
    host = signed_in(Client(), beatriz)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert host.get("/desk/library/offered/").status_code == 200
        return len(asked)

    wrote(record, amina)
    one = cost()
    for language in ("fr", "sw", "ar", "es", "pt"):
        wrote(record, amina, language=language)
        wrote(record, beatriz, language=language)

    assert cost() == one


def test_a_member_takes_their_words_along_and_leaves_them_unnamed(
    record: Resource, visitor: Client, amina: Member, beatriz: Member
) -> None:
    stands(wrote(record, amina), beatriz)
    assert SENTENCE in str(dossier.export(amina))

    dossier.erase(amina)

    page = visitor.get(f"/library/{record.pk}/short/").content.decode()
    assert SENTENCE in page
    assert "Amina" not in page
    assert "written by A practitioner" in page
