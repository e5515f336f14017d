"""Each format, read back by a program that others read it with.
Read by pytest alone."""

import csv
import io
import json
import re

import bibtexparser
import pytest
import rispy

from exchange.contributions.describing import Description, Kept, Maker, Relation, Terms, Word
from exchange.contributions.formats import bibtex, csl, ris, schema_org, signposting, table
from exchange.contributions.formats.sorts import sort_of

PDF = Kept("https://e.example/library/files/k/a.pdf", "a.pdf", "application/pdf", 4200)
FULL = Description(
    key="resource/12",
    address="https://e.example/library/12-ground/",
    title="Working from the ground: 100% of CBCPMs & {what} they_do #1",
    language="en",
    makers=(
        Maker("Mike G. Wessells", "Wessells", "Mike G."),
        Maker("Ünal and Sons", is_organisation=True),
        Maker("Ana García", "García", "Ana", role="editor"),
        Maker("Halimah"),
    ),
    year=2018,
    month=5,
    publisher="Save the Children & friends",
    types=(Word("research", "Research"), Word("report", "Report")),
    doi="10.1000/a_b",
    isbn="9780306406157",
    link="https://www.example.org/a?b=1&c=%20{x}",
    files=(PDF,),
    terms=Terms("cc-by", "CC BY", "https://creativecommons.org/licenses/by/4.0/"),
    subjects=(Word("ethics", "Ethics"), Word("listening", "Listening to children")),
    countries=(Word("KE", "Kenya"),),
    abstract="One line.\nAnother </script><!-- line\tof it.",
    relations=(Relation("translation-of", "Kazi", "https://e.example/library/7-kazi/"),),
)
BARE = Description(key="resource/3", address="https://e.example/library/3-x/", title="عنوان")


def test_ris_is_read_back_field_by_field() -> None:
    text = ris.entry(FULL) + "\r\n" + ris.entry(BARE)

    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*|", line) for line in text.split("\r\n"))
    first, second = rispy.loads(text)
    assert first["type_of_reference"] == "RPRT"
    assert first["authors"] == ["Wessells, Mike G.", "Ünal and Sons", "Halimah"]
    assert first["title"] == FULL.title
    assert (first["year"], first["doi"]) == ("2018", FULL.doi)
    assert first["urls"] == [FULL.link]
    assert first["abstract"] == "One line. Another </script><!-- line of it."
    assert first["keywords"] == ["Ethics", "Listening to children", "Kenya"]
    assert second["title"] == "عنوان"
    assert "year" not in second


def test_words_cannot_become_fields_of_ris() -> None:
    sly = Description(key="resource/1", address="https://e.example/", title="A\r\nER  - \nAU  - B")

    assert len(rispy.loads(ris.entry(sly))) == 1


TEX = {
    r"\textbraceleft{}": "{",
    r"\textbraceright{}": "}",
    r"\textbackslash{}": "\\",
    r"\textasciitilde{}": "~",
    r"\textasciicircum{}": "^",
    **{f"\\{sign}": sign for sign in "$&#%_"},
}


def out_of_tex(text: str) -> str:
    """What TeX prints: commands as signs, protecting braces gone."""
    pattern = "|".join(re.escape(one) for one in TEX)
    kept = re.split(f"({pattern})", text)
    return "".join(TEX.get(piece, re.sub(r"[{}]", "", piece)) for piece in kept)


def bib_fields(described: Description) -> dict[str, str]:
    library = bibtexparser.parse_string(bibtex.entry(described))
    assert not library.failed_blocks
    (entry,) = library.entries
    return {"": entry.entry_type, **{field.key: field.value for field in entry.fields}}


def test_bibtex_is_read_back_with_its_signs() -> None:
    fields = bib_fields(FULL)

    assert fields[""] == "techreport"
    assert out_of_tex(fields["title"]) == FULL.title
    assert "{CBCPMs}" in fields["title"]
    assert fields["author"] == "Wessells, Mike G. and {Ünal and Sons} and {Halimah}"
    assert fields["editor"] == "García, Ana"
    assert out_of_tex(fields["institution"]) == FULL.publisher
    assert fields["doi"] == "10.1000/a_b"
    assert fields["url"] == "https://www.example.org/a?b=1&c=%20%7Bx%7D"
    assert fields["month"] == "may"


@pytest.mark.parametrize("title", ["One { brace", "}{", "\\", "100 % $5 #1 a_b ~ ^ &", "{{x}"])
def test_no_title_unbalances_an_entry(title: str) -> None:
    fields = bib_fields(Description(key="resource/1", address="https://e.example/", title=title))

    assert out_of_tex(fields["title"]) == title


def test_keys_are_plain_and_each_its_own() -> None:
    keys = [bibtex.key(one) for one in (FULL, BARE)]

    assert keys == ["wessells2018-12", "exchangend-3"]
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


def test_csl_has_names_in_parts_and_leaves_out_what_is_not_known() -> None:
    item = csl.item(FULL)

    assert item["type"] == "report"
    assert item["author"][0] == {"family": "Wessells", "given": "Mike G."}
    assert item["author"][1] == {"literal": "Ünal and Sons"}
    assert item["issued"] == {"date-parts": [[2018, 5]]}
    assert set(csl.item(BARE)) == {"id", "type", "title", "URL", "language"}
    journal = Description(
        key="resource/1",
        address="https://e.example/",
        title="x",
        publisher="Child Abuse & Neglect",
        types=(Word("journal-article", ""), Word("research", "")),
    )
    assert csl.item(journal)["container-title"] == "Child Abuse & Neglect"


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_table_runs_nothing(sign: str) -> None:
    sly = Description(
        key="resource/1", address="https://e.example/", title=f"{sign}1+cmd|' /C calc'!A0"
    )

    (cells,) = csv.reader(io.StringIO(table.row(sly), newline=""))
    assert cells[0].startswith(f"'{sign}")


def test_json_ld_cannot_end_its_element_and_says_the_same() -> None:
    text = schema_org.script(FULL)

    assert not re.search(r"[<>&]", text)
    document = json.loads(text)
    assert document["@type"] == "Report"
    assert document["abstract"] == FULL.abstract
    assert document["encoding"] == [
        {
            "@type": "MediaObject",
            "contentUrl": PDF.address,
            "encodingFormat": "application/pdf",
            "contentSize": "4200",
        }
    ]
    assert [one["@type"] for one in document["author"]] == ["Person", "Organization", "Person"]
    assert document["translationOfWork"][0]["@id"] == "https://e.example/library/7-kazi/"
    assert "author" not in schema_org.document(BARE)


def test_typed_links_follow_the_profile() -> None:
    forms = [("https://e.example/library/12-ground/cite.ris", "application/x-ris")]
    rels = [one.rel for one in signposting.links(FULL, forms, "https://e.example/ls")]

    assert rels == ["cite-as", "describedby", "item", "type", "type", "license", "linkset"]
    (page, file, form) = signposting.linkset(FULL, forms)["linkset"]
    assert page["cite-as"] == [{"href": "https://doi.org/10.1000/a_b"}]
    assert file == {
        "anchor": PDF.address,
        "collection": [{"href": FULL.address, "type": "text/html"}],
    }
    assert form["describes"] == file["collection"]


def test_with_many_files_a_page_points_to_the_link_set_alone() -> None:
    many = Description(key="resource/1", address="https://e.example/", title="x", files=(PDF,) * 20)

    assert [one.rel for one in signposting.links(many, [], "https://e.example/ls")] == ["linkset"]


def test_the_more_telling_type_decides() -> None:
    def sort(*slugs: str) -> str:
        types = tuple(Word(slug, slug) for slug in slugs)
        return sort_of(Description(key="", address="", title="", types=types)).ris

    assert sort("research", "journal-article") == "JOUR"
    assert sort("brief", "research") == "RPRT"
    assert sort("webinar") == "VIDEO"
    assert sort() == "RPRT"
