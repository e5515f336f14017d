"""What a notice by mail says of itself in lines of its own: "place: Kisumu", "date: 2027-03-03".
Pure; called by `sharing`."""

from __future__ import annotations

import re

from exchange.contributions.models import Notice
from exchange.core.text import clean_line, folded

_PLACES = "place|where|lieu|où|mahali|wapi|المكان|lugar|dónde|local|onde"
_DAYS = (
    "date|dates|day|days|when|quand|jour|jours|tarehe|lini|التاريخ|fecha|fechas|cuándo|data|datas"
)
_SORTS = "kind|type|genre|aina|النوع|clase|tipo"
_WHOSE = "organi[sz]ation|organi[sz]ación|organização|organisme|shirika|taasisi|المنظمة|منظمة|الجهة"
_AS_A_GROUP = "group|groupe|grupo|kikundi|مجموعة"
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_SAID = {
    "event": "event évènement événement tukio mkutano فعالية evento",
    "vacancy": "vacancy job poste emploi nafasi kazi وظيفة vacante empleo vaga emprego",
    "call": "call appel wito دعوة convocatoria chamada edital",
    "publication": "publication chapisho منشور publicación publicação",
    "work": "work news nouvelles travail habari عملنا أخبار trabajo noticias trabalho notícias",
}
_KNOWN = {folded(word): sort for sort, words in _SAID.items() for word in words.split()}


def _line(names: str) -> re.Pattern[str]:
    return re.compile(
        rf"^\s*(?:{names})\s*[:：]\s*(?P<said>\S.{{0,158}})$", re.IGNORECASE | re.MULTILINE
    )


WHOSE = _line(f"{_WHOSE}|{_AS_A_GROUP}")
_PLACE, _WHEN, _SORT = _line(_PLACES), _line(_DAYS), _line(_SORTS)


def said_of(words: str) -> dict[str, str]:
    """The fields of the page's form that a mail gives in lines of its own."""
    place, when, sort = (found.search(words) for found in (_PLACE, _WHEN, _SORT))
    days = sorted(_DAY.findall(when["said"])[:2]) if when else []
    named = folded(sort["said"]).split() if sort else []
    code = next((_KNOWN[word] for word in named if word in _KNOWN), "")
    # An event without a day would be asked about: by mail the words alone may say when it is.
    return {
        "place": clean_line(place["said"]) if place else "",
        "starts_on": days[0] if days else "",
        "ends_on": days[1] if len(days) > 1 else "",
        "sort": "" if code == Notice.Sort.EVENT and not days else code,
    }
