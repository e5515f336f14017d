"""Persons told from organisations, and family names from given ones.
Read by pytest alone."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.library.actions import change_record
from exchange.library.models import Creator, Resource
from exchange.library.naming import Maker, as_line, maker, person
from exchange.library.records import Further, Record, record_of, whole_record_of
from exchange.project.starter import LIBRARY
from tests.library.conftest import shelved


@pytest.mark.parametrize(
    ("written", "family", "given_names"),
    [
        ("Mike Wessells", "Wessells", "Mike"),
        ("Wessells, M. G.", "Wessells", "M. G."),
        ("Hannelore Van Bavel", "Van Bavel", "Hannelore"),
        ("Dominique de Juriew", "de Juriew", "Dominique"),
        ("ماجدة الجبيلي", "الجبيلي", "ماجدة"),
        ("Naftali Bernard Ng'ondi", "Ng'ondi", "Naftali Bernard"),
    ],
)
def test_a_person_has_a_family_name(written: str, family: str, given_names: str) -> None:
    one = maker(written)

    assert (one.is_organisation, one.family, one.given) == (False, family, given_names)


@pytest.mark.parametrize(
    "written",
    [
        "UNICEF",
        "Plan International",
        "Terre des hommes",
        "War Child Colombia",
        "Ministry of Gender, Labour and Social Development",
        "Wizara ya Maendeleo ya Jamii",
        "Université de Kinshasa",
        "وزارة التنمية الاجتماعية",
        "video4change.org",
        "MHPSS Collaborative",
        "Global Fund",
    ],
)
def test_an_organisation_keeps_its_name_whole(written: str) -> None:
    assert maker(written) == Maker(written, is_organisation=True)


def test_a_name_whose_parts_cannot_be_told_apart_stays_as_it_is() -> None:
    assert maker("Medardo Rafael Barros B.") == Maker("Medardo Rafael Barros B.")
    assert maker("Hy V. Huynh et al.") == Maker("Hy V. Huynh et al.")
    assert person("Sitawi") == Maker("Sitawi")


def test_the_names_of_the_real_library_are_told_apart() -> None:
    with LIBRARY.open(encoding="utf-8-sig") as table:
        lines = [row["authors"] for row in csv.DictReader(table)]
    names = {name.strip() for line in lines for name in line.split(";") if name.strip()}
    told = [maker(name) for name in names]

    unclear = [one for one in told if not one.is_organisation and not one.family]
    assert len(names) > 200
    assert len(unclear) <= 2


@given(st.text(max_size=200))
def test_any_name_can_be_looked_at(name: str) -> None:
    one = maker(name)

    assert one.is_organisation or one.name
    assert ";" not in as_line([one])


@pytest.mark.django_db
class TestOnTheShelf:
    def test_a_record_keeps_who_made_it_apart(self) -> None:
        row = shelved(authors=("Mike Wessells", "Plan International"))

        kept = list(Creator.objects.values_list("place", "name", "family", "is_organisation"))
        assert kept == [
            (0, "Mike Wessells", "Wessells", False),
            (1, "Plan International", "", True),
        ]
        assert row.authors == "Mike Wessells; Plan International"

    def test_a_change_that_keeps_the_names_keeps_what_was_said_of_them(self) -> None:
        row = shelved(authors=(), creators=(Maker("Leher Rao", family="Leher", given="Rao"),))
        assert row.authors == "Leher Rao"

        change_record(row=row, record=record_of(row), by=None)

        assert Creator.objects.get().family == "Leher"

    def test_other_names_are_looked_at_anew(self, record: Resource) -> None:
        changed = record_of(record)
        other = Record(**{**vars(changed), "authors": ("UNICEF",)})

        change_record(row=record, record=other, by=None)

        assert [one.name for one in Creator.objects.all()] == ["UNICEF"]

    def test_what_an_older_table_is_silent_about_stays(self) -> None:
        row = shelved(doi="10.1234/x", evidence="review", month=3)
        from_table = Record(title=row.title, authors=tuple(row.author_names), year=2019)

        change_record(row=row, record=from_table.over(record_of(row)), by=None)

        row.refresh_from_db()
        assert (row.doi, row.evidence, row.month, row.year) == ("10.1234/x", "review", 3, 2019)

    def test_a_whole_record_comes_back_as_it_was_given(self) -> None:
        links = (Further("https://example.org/annex", "related", "Annex"),)
        row = shelved(links=links, useful_for=("east-africa",), leadership="community-led")
        row = Resource.objects.get(pk=row.pk)

        again = whole_record_of(row)

        assert again.links == links
        assert [one.family for one in again.made_by] == ["Wessells", "Kostelny"]
        assert (again.useful_for, again.leadership) == (("east-africa",), "community-led")
