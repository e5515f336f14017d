"""Citations in the form of APA's seventh edition.
Read by pytest alone."""

import pytest

from exchange.library.citation import apa, inverted, short_authors
from exchange.library.models import Resource


def resource(**fields: object) -> Resource:
    given = {"title": "Working from the ground", "types": "report", "year": 2018}
    return Resource(**{**given, **fields})


@pytest.mark.parametrize(
    ("given", "turned"),
    [
        ("Mike Wessells", "Wessells, M."),
        ("Michael G. Wessells", "Wessells, M. G."),
        ("Wessells, M.", "Wessells, M."),
        ("Horn, Rebecca", "Horn, R."),
        ("Simon M Mbae", "Mbae, S. M."),
        ("Medardo Rafael Barros B.", "Medardo Rafael Barros B."),
        ("Hannelore Van Bavel", "Van Bavel, H."),
        ("J.-P. Sartre", "Sartre, J.-P."),
        ("Save the Children", "Save the Children"),
        ("Child Frontiers", "Child Frontiers"),
        ("HealthNet TPO", "HealthNet TPO"),
        ("Terre des hommes", "Terre des hommes"),
        ("CINI", "CINI"),
        ("Inter-agency Group on Child Protection", "Inter-agency Group on Child Protection"),
    ],
)
def test_people_are_turned_round_and_organisations_are_not(given: str, turned: str) -> None:
    assert inverted(given) == turned


def test_two_people_a_year_and_a_publisher() -> None:
    cited = apa(
        resource(
            authors="Mike Wessells; Kathleen Kostelny",
            publisher="Save the Children",
            url="https://example.org/a",
            link_kind="original",
        )
    )

    assert str(cited) == (
        "Wessells, M., & Kostelny, K. (2018). Working from the ground. Save the Children. "
        "https://example.org/a"
    )


def test_without_a_year_it_says_so() -> None:
    assert "(n.d.)" in str(apa(resource(authors="Mike Wessells", year=0)))


def test_an_organisation_that_publishes_in_nobodys_name_is_the_author() -> None:
    cited = str(apa(resource(publisher="Terre des hommes")))

    assert cited == "Terre des hommes. (2018). Working from the ground."


def test_without_anybody_the_title_comes_first() -> None:
    assert str(apa(resource())) == "Working from the ground. (2018)."


def test_a_question_keeps_its_mark_and_gets_no_stop() -> None:
    cited = apa(resource(title="What works?", authors="Mike Wessells"))

    assert str(cited) == "Wessells, M. (2018). What works?"


def test_a_copy_elsewhere_is_not_given_as_its_place() -> None:
    cited = apa(resource(url="https://docs.example/x", link_kind="mirror", authors="A. Bee"))

    assert "https://" not in str(cited)


@pytest.mark.django_db
def test_what_is_not_read_says_what_it_is() -> None:
    assert "Working from the ground [Video]." in str(apa(resource(types="video")))


def test_more_than_twenty_people_are_shortened() -> None:
    authors = "; ".join(f"A. Name{letter}" for letter in "abcdefghijklmnopqrstuv")

    cited = str(apa(resource(authors=authors)))

    assert ", … Namev, A." in cited
    assert "Nameu" not in cited


def test_a_card_names_one_two_or_the_first_of_many() -> None:
    assert short_authors(resource(authors="Mike Wessells")) == "Wessells"
    assert short_authors(resource(authors="A. Bee; C. Dee")) == "Bee and Dee"
    assert short_authors(resource(authors="A. Bee; C. Dee; E. Eff")) == "Bee et al."
    assert short_authors(resource(publisher="Plan")) == "Plan"
