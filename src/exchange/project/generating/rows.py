"""What each made-up row says: members, contributions with their context, and replies.
Called by project.generating.make alone."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from exchange.contributions.models import State
from exchange.core.ids import slug
from exchange.core.text import excerpt
from exchange.library.rules import sort_title
from exchange.project.generating.loading import Row, moment
from exchange.project.generating.words import Tongue
from exchange.taxonomy import vocabulary

DOMAIN = "generated.invalid"
LANGUAGES = {"en": 50, "fr": 15, "sw": 12, "es": 9, "ar": 8, "pt": 6}
KINDS = {"question": 45, "experience": 20, "resource": 15, "discussion": 10, "idea": 5, "notice": 5}
# How much each kind is answered, beside a question.
ANSWERED = {
    "question": 1.0,
    "discussion": 1.2,
    "experience": 0.6,
    "idea": 0.8,
    "resource": 0.05,
    "notice": 0.02,
}
MOST_REPLIES = 120
LED = {
    "community-led": 20,
    "community-owned-supported": 25,
    "shared": 20,
    "externally-driven": 10,
    "not-stated": 25,
}
_PARTS = ("faced", "did", "who_led", "changed", "differently", "tell_others")
_FIRST_NAMES = (
    "Amina Beatriz Chen Desta Eshe Fatou Gloria Hassan Ines Joseph Kofi Leila Mariam Nadia "
    "Omar Paul Rosa Samuel Tariq Wanjiru Yusuf Zawadi"
)
_LAST_NAMES = (
    "Abdi Banda Costa Diallo Eze Farah Gomez Hussein Ibrahim Juma Kamau Lopez Mwangi Ndiaye "
    "Okello Pereira Rahman Santos Touré Wafula"
)
_FIRST, _LAST = _FIRST_NAMES.split(), _LAST_NAMES.split()


class Falling:
    """Choices that fall as in life: the first often, the last seldom (Zipf), or by given shares."""

    def __init__(self, values: Sequence[str], shares: Sequence[float] = ()) -> None:
        self.values = list(values)
        given = shares or [1 / (rank + 1.5) for rank in range(len(values))]
        self.weights = list(accumulate(given))

    def one(self, chance: random.Random) -> str:
        return self.values[bisect(self.weights, chance.random() * self.weights[-1])]

    def some(self, chance: random.Random, count: int) -> list[str]:
        return list(dict.fromkeys(self.one(chance) for _n in range(count)))


@dataclass
class Batch:
    """Rows of a few thousand contributions, by table."""

    contributions: list[Row] = field(default_factory=list)
    experiences: list[Row] = field(default_factory=list)
    notices: list[Row] = field(default_factory=list)
    resources: list[Row] = field(default_factory=list)
    terms: list[Row] = field(default_factory=list)
    replies: list[Row] = field(default_factory=list)


@dataclass
class Author:
    pk: int
    name: str
    role: str


class Maker:
    """Makes rows, one contribution at a time, all from one seed."""

    def __init__(
        self, *, seed: int, tongues: dict[str, Tongue], authors: list[Author], replies_per: float
    ) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - made-up content, no secret
        self.tongues = tongues
        self.authors = authors
        self.languages = Falling(list(LANGUAGES), list(LANGUAGES.values()))
        self.kinds = Falling(list(KINDS), list(KINDS.values()))
        self.led = Falling(list(LED), list(LED.values()))
        self.of = {
            name: Falling(_shuffled(name, seed))
            for name in ("topic", "country", "setting", "mechanism", "type", "region")
        }
        share = sum(KINDS[kind] * ANSWERED[kind] for kind in KINDS) / sum(KINDS.values())
        # That draw means 1; the cap takes a little away, which this gives back.
        self.usual = replies_per / share * 1.05

    def one(self, batch: Batch, pk: int, reply_pk: int, term_pk: int, at: datetime) -> int:
        """Add one contribution and all that hangs on it. Returns the next free reply key."""
        chance = self.chance
        kind, tongue = self.kinds.one(chance), self.tongues[self.languages.one(chance)]
        row = self._contribution(pk, kind, tongue, at)
        batch.contributions.append(row)
        extra = self._extension(batch, row, tongue)
        self._context(batch, row, term_pk, extra)
        if row["state"] != State.PUBLISHED:
            return reply_pk
        return self._replies(batch, row, reply_pk, tongue, at)

    def _contribution(self, pk: int, kind: str, tongue: Tongue, at: datetime) -> Row:
        chance, shown = self.chance, moment(at)
        length = min(600, max(25, int(chance.lognormvariate(4.6, 0.5))))
        body = (
            ""
            if kind == "experience"
            else tongue.text(chance, length if kind != "resource" else 40)
        )
        title = tongue.title(chance, asks=kind == "question")
        row: Row = {
            "id": pk,
            "kind": kind,
            "title": title,
            "slug": slug(title),
            "body": body,
            "summary": excerpt(body[:400], 200),
            "language": tongue.code,
            "once_key": f"g{pk}",
            "state": State.PUBLISHED if chance.random() > 0.005 else State.WITHDRAWN,
            "topics": " ".join(self.of["topic"].some(chance, chance.randint(1, 4))),
            "countries": " ".join(self.of["country"].some(chance, chance.choice((0, 1, 1, 1, 2)))),
            "created_at": shown,
            "changed_at": shown,
            "submitted_at": shown,
            "published_at": shown,
            "origin": "generated",
        }
        if kind != "resource":
            author = chance.choice(self.authors)
            row |= {
                "author_id": author.pk,
                "shown_as": author.name,
                "shown_role": author.role,
                "setting": self.of["setting"].one(chance),
                "leadership": self.led.one(chance),
            }
            row["mechanism"] = self.of["mechanism"].one(chance) if chance.random() < 0.6 else ""
        return row

    def _extension(self, batch: Batch, row: Row, tongue: Tongue) -> list[str]:
        """The rows of a kind that has more; the terms only it uses."""
        chance, key = self.chance, {"contribution_ptr_id": row["id"]}
        if row["kind"] == "experience":
            parts = {name: tongue.text(chance, chance.randint(20, 60)) for name in _PARTS[:2]}
            parts |= {
                name: tongue.text(chance, chance.randint(15, 40))
                for name in _PARTS[2:]
                if chance.random() < 0.6
            }
            row["summary"] = excerpt(parts["did"], 200)
            batch.experiences.append({**key, **parts})
        elif row["kind"] == "notice":
            batch.notices.append({**key, "organisation": " ".join(tongue.some(chance, 3)).title()})
        elif row["kind"] == "resource":
            return self._resource(batch, row, key)
        return []

    def _resource(self, batch: Batch, row: Row, key: Row) -> list[str]:
        chance = self.chance
        types, region = self.of["type"].some(chance, 2), self.of["region"].one(chance)
        batch.resources.append(
            {
                **key,
                "authors": "; ".join(
                    f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"
                    for _n in range(chance.randint(0, 3))
                ),
                "publisher": f"{chance.choice(_LAST)} Foundation",
                "year": chance.choice((0, *range(2006, 2026))),
                "types": " ".join(types),
                "regions": region,
                "url": f"https://library{row['id'] % 97}.example.org/{row['id']}",
                "link_kind": chance.choice(("original", "library", "library", "mirror")),
                "source_site": f"library{row['id'] % 97}.example.org",
                "title_signature": f"generated{row['id']}",
                "sort_title": sort_title(row["title"]),
            }
        )
        return [*(f"type:{slug_}" for slug_ in types), f"region:{region}"]

    def _context(self, batch: Batch, row: Row, term_pk: int, extra: list[str]) -> None:
        keys = [f"topic:{one}" for one in row["topics"].split()]
        keys += [f"country:{one}" for one in row["countries"].split()]
        keys += [
            f"{name}:{row[name]}"
            for name in ("setting", "mechanism", "leadership")
            if row.get(name)
        ]
        same = {
            "contribution_id": row["id"],
            "kind": row["kind"],
            "state": row["state"],
            "language": row["language"],
            "published_at": row["published_at"],
        }
        first = term_pk + len(batch.terms)
        batch.terms.extend(
            {**same, "id": first + place, "term_id": key}
            for place, key in enumerate([*keys, *extra])
        )

    def _replies(self, batch: Batch, row: Row, reply_pk: int, tongue: Tongue, at: datetime) -> int:
        chance = self.chance
        # A Pareto draw less its least value: many have none, a few have very many.
        wished = self.usual * ANSWERED[row["kind"]] * (chance.paretovariate(2) - 1)
        # Rounded by chance, so that the mean stays though rows are whole.
        count = min(MOST_REPLIES, int(wished + chance.random()))
        top: list[int] = []
        first = ""
        for pk in range(reply_pk, reply_pk + count):
            at += timedelta(seconds=int(chance.expovariate(1 / 40_000)) + 60)
            author = chance.choice(self.authors)
            shown = moment(at)
            parent = chance.choice(top) if top and chance.random() < 0.15 else None
            if parent is None:
                top.append(pk)
            first = first or shown
            batch.replies.append(
                {
                    "id": pk,
                    "contribution_id": row["id"],
                    "parent_id": parent,
                    "state": State.PUBLISHED,
                    "body": tongue.quick(chance, chance.randint(2, 7)),
                    "language": tongue.code,
                    "author_id": author.pk,
                    "shown_as": author.name,
                    "shown_role": author.role,
                    "created_at": shown,
                    "published_at": shown,
                    "once_key": f"g{pk}",
                }
            )
        if count:
            row["reply_count"], row["first_reply_at"] = count, first
        return reply_pk + count


def author_rows(
    seed: int, first: int, count: int, joined: datetime
) -> tuple[list[Row], list[Author]]:
    """Members who never existed, under addresses that cannot exist."""
    chance = random.Random(f"{seed} members")  # noqa: S311 - made-up content, no secret
    languages, countries = (
        Falling(list(LANGUAGES), list(LANGUAGES.values())),
        _shuffled("country", seed),
    )
    rows, authors = [], []
    for pk in range(first, first + count):
        name = f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {pk}"
        role = chance.choice(("Case worker", "Facilitator", "Teacher", "Researcher", ""))
        rows.append(
            {
                "id": pk,
                "email": f"member{pk}@{DOMAIN}",
                "display_name": name,
                "password": "!generated",
                "name_skeleton": name.casefold(),
                "country": chance.choice(countries[:40]),
                "languages": languages.one(chance),
                "role": role,
                "joined_at": moment(joined),
                "welcomed_at": moment(joined),
                "accepted_at": moment(joined),
            }
        )
        authors.append(Author(pk, name, role))
    return rows, authors


def _shuffled(name: str, seed: int) -> list[str]:
    slugs: list[Any] = [word.slug for word in vocabulary.terms(name)]
    random.Random(f"{seed} {name}").shuffle(slugs)  # noqa: S311 - made-up content, no secret
    return slugs
