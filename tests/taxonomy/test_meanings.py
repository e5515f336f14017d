"""Which topics words are about, in six languages; which countries a region has.
Run by pytest alone."""

import pytest

from exchange.taxonomy import vocabulary
from exchange.taxonomy.meanings import topics_in
from exchange.taxonomy.regions import countries_of, regions_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("Case management and MHPSS", "mhpss"),
        ("Mariage des enfants, médiation", "child-marriage"),
        ("MARIAGE DES ENFANTS", "child-marriage"),
        ("التيسير", "facilitation-skills"),
        ("uwezeshaji na mazungumzo", "facilitation-skills"),
        ("comités de protección, apropiacion comunitaria", "community-ownership"),
        ("facilitators of groups", "facilitation-skills"),
    ],
)
def test_a_topic_is_known_by_its_words_in_each_language(words, topic):
    assert topic in topics_in(words)


@pytest.mark.parametrize("words", ["", "carpentry", "caseload managements", "<>&"])
def test_other_words_name_no_topic(words):
    assert topics_in(words) == frozenset()


def test_a_country_lies_in_its_regions():
    assert regions_of(["ke"]) == {"east-africa"}
    assert regions_of(["SD", "TZ"]) == {"east-africa", "north-africa"}
    assert regions_of([]) == frozenset()
    assert countries_of("global") == frozenset()


def test_every_inhabited_country_lies_in_some_region_and_every_region_is_in_the_vocabulary():
    known = {word.slug for word in vocabulary.terms("region")}
    codes = {word.slug for word in vocabulary.terms("country")}

    # Islands without settled inhabitants, and Antarctica.
    empty = {"AQ", "BV", "CC", "CX", "GS", "HM", "IO", "TF", "UM"}
    assert {code for code in codes if not regions_of([code])} <= empty
    assert all(countries_of(region) <= codes for region in known)
    assert known - {region for region in known if countries_of(region)} == {"global"}
