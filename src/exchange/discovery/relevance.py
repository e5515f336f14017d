"""How well search finds what it should: nDCG@10 over the judged queries, beside plain BM25 over
the same text. Called by bench and by tests of this room."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import override

from exchange.contributions import kinds
from exchange.contributions.kinds import SearchText
from exchange.contributions.models import Contribution
from exchange.core import languages, time
from exchange.discovery import analyser, queries

JUDGED = Path(__file__).parent / "relevance.yaml"
DEPTH = 10
_K1, _B = 1.2, 0.75
_PLAIN_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Query:
    """One judged query: grades by the title of the record."""

    id: str
    language: str
    text: str
    held_out: bool
    grades: Mapping[str, int]


@dataclass
class Scores:
    """nDCG@10 of each query under one way of ranking."""

    by_query: dict[str, float] = field(default_factory=dict)

    def mean(self, queries: Iterable[Query]) -> float:
        found = [self.by_query[query.id] for query in queries]
        return round(sum(found) / len(found), 4) if found else 0.0


def judged(path: Path = JUDGED) -> list[Query]:
    """The judged queries as they are committed."""
    document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    titles = document["records"]
    return [
        Query(
            id=one["id"],
            language=one["language"],
            text=one["text"],
            held_out=bool(one.get("held_out")),
            grades={titles[row]: grade for grade, rows in one["grades"].items() for row in rows},
        )
        for one in document["queries"]
    ]


def measure() -> dict[str, Any]:
    """nDCG@10 of our ranking and of plain BM25, whole, held out and by language. Reads the
    library of the database in use; raises LookupError where judged records are missing."""
    rows = {row.title: row for row in Contribution.objects.listed().filter(kind="resource")}
    every = judged()
    missing = {title for query in every for title in query.grades} - set(rows)
    if missing:
        raise LookupError(f"{len(missing)} judged records are not in this library")
    ids = {title: row.pk for title, row in rows.items()}
    texts = {row.pk: kinds.get(row.kind).search_text(row) for row in rows.values()}
    languages_of = {row.pk: row.language for row in rows.values()}
    ways = {
        "ndcg10": _ours(every, ids),
        "ndcg10_bm25": _plain(every, ids, PlainBM25({k: _words(t) for k, t in texts.items()})),
        "ndcg10_bm25_stemmed": _stemmed(every, ids, texts, languages_of),
    }
    result: dict[str, Any] = {"queries": len(every), "records": len(rows)}
    held_out = [query for query in every if query.held_out]
    for name, scores in ways.items():
        result[name] = scores.mean(every)
        result[f"{name}_held_out"] = scores.mean(held_out)
        for code in languages.INTERFACE:
            result[f"{name}_{code}"] = scores.mean(q for q in every if q.language == code)
    return result


def ndcg(found: Sequence[int], grades: Mapping[int, int]) -> float:
    """Normalised discounted cumulative gain of the first ten, with gain 2**grade - 1."""
    best = sorted(grades.values(), reverse=True)
    ideal = _gain(best)
    return _gain([grades.get(pk, 0) for pk in found]) / ideal if ideal else 0.0


def _gain(grades: Sequence[int]) -> float:
    return sum(float(2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades[:DEPTH]))


def _ours(every: Sequence[Query], ids: Mapping[str, int]) -> Scores:
    scores = Scores()
    moment = time.now()
    for query in every:
        with override(query.language):
            plan, _mended = queries.understood(query.text, query.language)
            found = queries.ordered(plan, {"kind": ("resource",)}, moment=moment)
        scores.by_query[query.id] = ndcg(found, _by_id(query, ids))
    return scores


def _plain(every: Sequence[Query], ids: Mapping[str, int], ranking: PlainBM25) -> Scores:
    scores = Scores()
    for query in every:
        found = ranking.ranked(_plain_words(query.text))
        scores.by_query[query.id] = ndcg(found, _by_id(query, ids))
    return scores


def _stemmed(
    every: Sequence[Query],
    ids: Mapping[str, int],
    texts: Mapping[int, SearchText],
    languages_of: Mapping[int, str],
) -> Scores:
    """BM25 as well as it goes without our ranking: our folding, stems and stop words, the query
    read in its own language."""
    ranking = PlainBM25(
        {
            pk: [t.token[3:] for t in analyser.terms(_joined(text), languages_of[pk])]
            for pk, text in texts.items()
        }
    )
    scores = Scores()
    for query in every:
        words = [term.token[3:] for term in analyser.terms(query.text, query.language)]
        scores.by_query[query.id] = ndcg(ranking.ranked(words), _by_id(query, ids))
    return scores


def _by_id(query: Query, ids: Mapping[str, int]) -> dict[int, int]:
    return {ids[title]: grade for title, grade in query.grades.items()}


def _words(text: SearchText) -> list[str]:
    return _plain_words(_joined(text))


def _joined(text: SearchText) -> str:
    return "\n".join((text.title, text.keywords, text.summary, text.body))


def _plain_words(text: str) -> list[str]:
    """Words as a plain engine takes them: lower case, without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return _PLAIN_WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


class PlainBM25:
    """Okapi BM25 (k1 1.2, b 0.75) over one field, in a page of Python: the yardstick."""

    def __init__(self, documents: Mapping[int, Sequence[str]]) -> None:
        self._counts = {pk: Counter(words) for pk, words in documents.items()}
        self._lengths = {pk: len(words) for pk, words in documents.items()}
        self._mean = sum(self._lengths.values()) / max(1, len(documents))
        self._found_in: Counter[str] = Counter()
        for counts in self._counts.values():
            self._found_in.update(counts.keys())

    def ranked(self, words: Sequence[str]) -> list[int]:
        """The documents that hold any of the words, the best first."""
        scores = {pk: self._score(pk, words) for pk in self._counts}
        found = [pk for pk, score in scores.items() if score > 0]
        return sorted(found, key=lambda pk: (-scores[pk], -pk))

    def _score(self, pk: int, words: Sequence[str]) -> float:
        counts, total = self._counts[pk], len(self._counts)
        norm = _K1 * (1 - _B + _B * self._lengths[pk] / self._mean)
        score = 0.0
        for word in words:
            count = counts.get(word, 0)
            if count:
                found = self._found_in[word]
                rarity = math.log(1 + (total - found + 0.5) / (found + 0.5))
                score += rarity * count * (_K1 + 1) / (count + norm)
        return score
