"""What the world outside is told of something shared here: plain values, the same for every format.
Made by the kinds' own rooms (`Kind.describes`); read by `formats`, by pages and by OAI-PMH."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

AUTHOR, EDITOR, TRANSLATOR = "author", "editor", "translator"


@dataclass(frozen=True)
class Maker:
    """Who made it. Of a person whose names could not be told apart there is only the whole one."""

    name: str
    family: str = ""
    given: str = ""
    is_organisation: bool = False
    role: str = AUTHOR

    @property
    def turned(self) -> str:
        """ "Wessells, Michael G." for a person; an organisation as it is."""
        if self.is_organisation or not self.family:
            return self.name
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True)
class Word:
    """A term of the vocabulary: its slug, and what it is called in English."""

    slug: str
    label: str


@dataclass(frozen=True)
class Kept:
    """A file that anybody may fetch here. Its address is whole."""

    address: str
    name: str
    media_type: str
    size: int
    language: str = ""


@dataclass(frozen=True)
class Terms:
    """On what terms it may be passed on. `uri` is empty where no licence has an address."""

    slug: str
    label: str
    uri: str = ""


@dataclass(frozen=True)
class Relation:
    """Another record it belongs to: "translation-of", "has-translation", "supersedes",
    "superseded-by"."""

    what: str
    title: str
    address: str


@dataclass(frozen=True)
class Description:
    """One thing, described. `key` is its name here ("resource/12"), `address` its page, whole.
    `link` is where else it can be read. A description never says who added it."""

    key: str
    address: str
    title: str
    language: str = "en"
    makers: tuple[Maker, ...] = ()
    # 0 when nobody knows; `is_undated` when its publisher gave none.
    year: int = 0
    month: int = 0
    is_undated: bool = False
    publisher: str = ""
    edition: str = ""
    types: tuple[Word, ...] = ()
    doi: str = ""
    isbn: str = ""
    handle: str = ""
    link: str = ""
    link_kind: str = ""
    source_site: str = ""
    files: tuple[Kept, ...] = ()
    terms: Terms | None = None
    subjects: tuple[Word, ...] = ()
    countries: tuple[Word, ...] = ()
    regions: tuple[Word, ...] = ()
    audiences: tuple[Word, ...] = ()
    evidence: str = ""
    abstract: str = ""
    relations: tuple[Relation, ...] = ()
    published_at: datetime | None = None
    changed_at: datetime | None = None
    # Further columns that the table of its own room has, as (name, cell).
    columns: tuple[tuple[str, str], ...] = ()

    @property
    def number(self) -> str:
        """The last part of its key: short, and nobody else's."""
        return self.key.rpartition("/")[2]

    @property
    def where(self) -> str:
        """The one address to cite: its own place in the world, else its page here."""
        return self.link or self.address

    @property
    def cite_as(self) -> str:
        """The address that lasts: DOI, handle, or its page here."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.handle:
            return f"https://hdl.handle.net/{self.handle}"
        return self.address

    @property
    def date(self) -> str:
        """ "2018-05", "2018" or nothing."""
        if not self.year:
            return ""
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    def by(self, role: str) -> list[Maker]:
        return [maker for maker in self.makers if maker.role == role]
