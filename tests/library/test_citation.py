"""Citations in the form of APA's seventh edition, and in the form of Vancouver.
Read by pytest alone."""

from datetime import date

import pytest
from django.utils import translation

from exchange.contributions.describing import Description, Maker, Word
from exchange.library.citation import apa, inverted, short_authors, vancouver
from exchange.library.models import Resource

MIKE = Maker("Mike G. Wessells", "Wessells", "Mike G.")
KATHLEEN = Maker("Kathleen Kostelny", "Kostelny", "Kathleen")
PLAN = Maker("Plan International", is_organisation=True)


def described(**fields: object) -> Description:
    given = {
        "key": "resource/12",
        "address": "https://exchange.example/library/12-x/",
        "title": "Working from the ground",
        "types": (Word("report", "Report"),),
        "year": 2018,
    }
    return Description(**{**given, **fields})


def people(count: int) -> tuple[Maker, ...]:
    letters = "abcdefghijklmnopqrstuvwxyz"[:count]
    return tuple(Maker(f"A. Name{one}", f"Name{one}", "A.") for one in letters)


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


SHAPES = [
    pytest.param(
        {"makers": (MIKE, KATHLEEN), "publisher": "Save the Children", "link": "https://e.org/a"},
        "Wessells, M. G., & Kostelny, K. (2018). Working from the ground. Save the Children. "
        "https://e.org/a",
        "Wessells MG, Kostelny K. Working from the ground [Internet]. Save the Children; 2018. "
        "Available from: https://e.org/a",
        id="two people, a publisher and an address",
    ),
    pytest.param(
        {"makers": (MIKE,), "year": 0, "is_undated": True},
        "Wessells, M. G. (n.d.). Working from the ground.",
        "Wessells MG. Working from the ground. [date unknown].",
        id="undated",
    ),
    pytest.param(
        {"publisher": "Terre des hommes"},
        "Terre des hommes. (2018). Working from the ground.",
        "Terre des hommes. Working from the ground. Terre des hommes; 2018.",
        id="an organisation that publishes in nobody's name wrote it",
    ),
    pytest.param(
        {"makers": (PLAN,), "publisher": "Plan International"},
        "Plan International. (2018). Working from the ground.",
        "Plan International. Working from the ground. Plan International; 2018.",
        id="an organisation that is its own publisher",
    ),
    pytest.param(
        {},
        "Working from the ground. (2018).",
        "Working from the ground. 2018.",
        id="nobody at all",
    ),
    pytest.param(
        {"title": "What works?", "makers": (MIKE,)},
        "Wessells, M. G. (2018). What works?",
        "Wessells MG. What works? 2018.",
        id="a question keeps its mark",
    ),
    pytest.param(
        {"makers": (MIKE,), "doi": "10.1000/x", "link": "https://e.org/a"},
        "Wessells, M. G. (2018). Working from the ground. https://doi.org/10.1000/x",
        "Wessells MG. Working from the ground [Internet]. 2018. "
        "Available from: https://doi.org/10.1000/x",
        id="a DOI before an address",
    ),
    pytest.param(
        {"makers": (Maker("A. Bee", "Bee", "A.", role="editor"),)},
        "Bee, A. (Ed.). (2018). Working from the ground.",
        "Bee A, editor. Working from the ground. 2018.",
        id="only an editor",
    ),
    pytest.param(
        {"makers": (MIKE, PLAN)},
        "Wessells, M. G., & Plan International. (2018). Working from the ground.",
        "Wessells MG; Plan International. Working from the ground. 2018.",
        id="a person and an organisation",
    ),
    pytest.param(
        {
            "makers": (Maker("سارة أحمد", "أحمد", "سارة"),),
            "title": "حماية الطفل",
            "language": "ar",
        },
        "أحمد, س. (2018). حماية الطفل.",
        "أحمد س. حماية الطفل. 2018. Arabic.",
        id="Arabic",
    ),
    pytest.param(
        {
            "makers": (MIKE, Maker("Ana García", "García", "Ana", role="translator")),
            "title": "Desde la base",
            "language": "es",
            "edition": "2nd ed.",
            "link": "https://e.org/a",
        },
        "Wessells, M. G. (2018). Desde la base (2nd ed.; A. García, Trans.). https://e.org/a",
        "Wessells MG. Desde la base [Internet]. 2nd ed. García A, translator. 2018. "
        "Available from: https://e.org/a Spanish.",
        id="a translation, in its second edition",
    ),
    pytest.param(
        {"makers": (Maker("Jean-Paul Ki", "Ki", "Jean-Paul"), Maker("Halimah"))},
        "Ki, J.-P., & Halimah. (2018). Working from the ground.",
        "Ki JP, Halimah. Working from the ground. 2018.",
        id="a double name and a single one",
    ),
    pytest.param(
        {
            "types": (Word("journal-article", "Journal article"),),
            "publisher": "Child Abuse & Neglect, 12(3)",
        },
        "Working from the ground. (2018). Child Abuse & Neglect, 12(3).",
        "Working from the ground. Child Abuse & Neglect, 12(3); 2018.",
        id="a journal did not write its article",
    ),
]


@pytest.mark.parametrize(("fields", "in_apa", "in_vancouver"), SHAPES)
def test_every_shape_in_both_styles(fields: dict, in_apa: str, in_vancouver: str) -> None:
    assert str(apa(described(**fields))) == in_apa
    assert str(vancouver(described(**fields))) == in_vancouver


def test_a_copy_elsewhere_is_not_given_as_its_place() -> None:
    row = Resource(title="x", url="https://docs.example/x", link_kind="mirror")

    assert row.shown_link == ""


def test_what_is_not_read_says_what_it_is() -> None:
    video = described(types=(Word("video", "Video"),), link="https://e.org/v")

    assert "Working from the ground [Video]." in str(apa(video))
    assert "[video on the Internet]" in str(vancouver(video))


def test_what_stands_on_the_internet_says_when_it_was_read() -> None:
    there = described(makers=(MIKE,), link="https://e.org/a")

    assert str(vancouver(there, cited=date(2026, 3, 9))) == (
        "Wessells MG. Working from the ground [Internet]. 2018 [cited 2026 Mar 9]. "
        "Available from: https://e.org/a"
    )
    assert "cited" not in str(vancouver(described(makers=(MIKE,)), cited=date(2026, 3, 9)))


def test_many_people_are_shortened_as_each_style_wants_it() -> None:
    cited = str(apa(described(makers=people(22))))
    assert ", … Namev, A." in cited
    assert "Nameu" not in cited

    assert "… " not in str(apa(described(makers=people(20))))
    assert "Namef A, et al. Working" in str(vancouver(described(makers=people(7))))
    assert "et al" not in str(vancouver(described(makers=people(6))))


def test_a_long_title_stays_whole_and_loses_its_stop() -> None:
    title = "word " * 99 + "end."

    assert str(apa(described(title=title))).count("end.") == 1
    assert apa(described(title=title)).title == title.rstrip(".")


def row(**fields: object) -> Resource:
    return Resource(title="x", types="report", year=2018, **fields)


def test_a_card_names_one_two_or_the_first_of_many() -> None:
    assert short_authors(row(authors="Mike Wessells")) == "Wessells"
    assert short_authors(row(authors="A. Bee; C. Dee")) == "Bee and Dee"
    assert short_authors(row(authors="A. Bee; C. Dee; E. Eff")) == "Bee et al."
    assert short_authors(row(publisher="Plan")) == "Plan"


def test_a_name_in_a_script_against_the_pages_is_set_apart_from_what_follows() -> None:
    arabic, english = row(authors="ليلى حسن; A. Bee"), row(authors="A. Bee")

    assert short_authors(arabic) == "\u2068حسن\u2069 and Bee"
    assert short_authors(english) == "Bee"
    with translation.override("ar"):
        assert short_authors(arabic).startswith("حسن")
        assert short_authors(english) == "\u2068Bee\u2069"
