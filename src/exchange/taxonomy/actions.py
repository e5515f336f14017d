"""Loads the starter vocabularies and the countries; running it again changes only what differs.
Called by `load_starter` and by tests."""

from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from django.db import transaction

from exchange.taxonomy import meanings, vocabulary
from exchange.taxonomy.models import Term, Vocabulary

STARTER = Path(__file__).parent / "starter" / "taxonomy.yaml"
SECTIONS = {
    "topics": Vocabulary.TOPIC,
    "topic_groups": Vocabulary.TOPIC_GROUP,
    "mechanisms": Vocabulary.MECHANISM,
    "leadership": Vocabulary.LEADERSHIP,
    "settings": Vocabulary.SETTING,
    "system_components": Vocabulary.COMPONENT,
    "resource_types": Vocabulary.TYPE,
    "audiences": Vocabulary.AUDIENCE,
    "levels": Vocabulary.LEVEL,
    "regions": Vocabulary.REGION,
}
# CLDR lists some regions that are not countries; ISO 3166-1 leaves these codes unassigned.
_NOT_COUNTRIES = frozenset(
    ["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"]
)


def load_terms(*, path: Path = STARTER) -> int:
    """Write every starter term and country. Returns how many terms there are now."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    rows = [*_starter_terms(document), *_countries()]
    with transaction.atomic():
        Term.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["key"],
            update_fields=["order", "group", "labels", "helps", "anchor"],
        )
    vocabulary.reload()
    meanings.forget()
    return len(rows)


def _starter_terms(document: dict[str, Any]) -> list[Term]:
    rows = []
    for section, name in SECTIONS.items():
        for place, entry in enumerate(document.get(section, []), start=1):
            rows.append(_term(name, entry, place))
    return rows


def _term(name: Vocabulary, entry: dict[str, Any], place: int) -> Term:
    return Term(
        key=f"{name.value}:{entry['slug']}",
        vocabulary=name.value,
        slug=entry["slug"],
        order=entry.get("order", place),
        group=entry.get("group", ""),
        labels=_in_languages(entry["label"]),
        helps=_in_languages(entry.get("help", {})),
        anchor=str(entry.get("anchor", ""))[:300],
    )


def _in_languages(value: str | dict[str, str]) -> dict[str, str]:
    return {"en": value} if isinstance(value, str) else dict(value)


def _countries() -> list[Term]:
    codes = sorted(
        code
        for code in Locale.parse("en").territories
        if len(code) == 2 and code.isalpha() and code not in _NOT_COUNTRIES
    )
    return [
        Term(key=f"country:{code}", vocabulary=Vocabulary.COUNTRY.value, slug=code)
        for code in codes
    ]
