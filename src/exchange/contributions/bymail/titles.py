"""The title of something that came by mail: its subject without "Re:", or its first sentence.
Pure; called by `sharing` beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from exchange.core.text import clean_line

LONGEST = 200
_SENTENCE = 140
# How mail programs of the world say "this answers" and "this was passed on".
_ANSWERS = (
    *("re", "aw", "antw", "antwort", "sv", "vs", "odp", "ynt", "res", "rif", "rép", "rép"),
    *("rv", "jib", "jibu", "رد", "ردّ", "回复", "答复", "atb", "vá", "отв", "บท", "bls", "balas"),
)
_PASSED_ON = (
    *("fw", "fwd", "tr", "wg", "wtr", "enc", "vb", "vl", "vs", "pd", "doorst", "ilt", "rvs"),
    *("reenv", "reenviado", "إعادة توجيه", "转发", "пересл", "mbele"),
)
_PREFIX = re.compile(
    rf"^\s*(?:\[[^\]]{{1,40}}\]\s*)?(?P<word>{'|'.join(map(re.escape, (*_ANSWERS, *_PASSED_ON)))})"
    r"\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s*[:：]\s*",
    re.IGNORECASE,
)
# A subject that says only which address it was written to, or that somebody writes.
_SAYS_NOTHING = frozenset(
    [
        *(
            "question",
            "a question",
            "question:",
            "help",
            "hello",
            "hi",
            "dear",
            "ask",
            "no subject",
        ),
        *(
            "(no subject)",
            "exchange",
            "the exchange",
            "my question",
            "experience",
            "idea",
            "notice",
        ),
        *("discussion", "une question", "bonjour", "aide", "sans objet", "(sans objet)", "swali"),
        *("habari", "salaam", "hujambo", "maswali", "سؤال", "السلام عليكم", "مرحبا", "بدون عنوان"),
        *(
            "pregunta",
            "hola",
            "consulta",
            "sin asunto",
            "(sin asunto)",
            "pergunta",
            "olá",
            "dúvida",
        ),
        *("sem assunto", "(sem assunto)", "test", "mail", "email", "message", "-", "."),
    ]
)
_END = re.compile(r"[.!?؟。！？](?=\s|$)")
_GREETING = re.compile(
    r"^(?:dear|hi|hello|good (?:morning|afternoon|evening)|greetings|bonjour|bonsoir|chers?|chères?|"
    r"salut|habari|hujambo|salaam|shikamoo|ndugu|السلام|مرحبا|أهلا|hola|estimad|buen[oa]s|quer|"
    r"olá|ola|bom dia|boa tarde|boa noite|prezad|car[oa]s?)\b.{0,40}$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Titled:
    """A title and the words under it. `from_words`: the subject gave none. `answers`: the subject
    says that this answers something."""

    title: str
    body: str
    from_words: bool = False
    answers: bool = False


def titled(subject: str, words: str) -> Titled:
    """The subject as a title; a long one stands whole above the words, so that nothing is lost."""
    plain, answers = without_prefixes(subject)
    if not plain or plain.casefold().strip(" !?.") in _SAYS_NOTHING:
        return _from_words(words, answers)
    if len(plain) <= LONGEST:
        return Titled(plain, words, answers=answers)
    return Titled(_cut(plain), f"{plain}\n\n{words}".strip(), answers=answers)


def without_prefixes(subject: str) -> tuple[str, bool]:
    """The subject without what mail programs put before it, and whether it says it is an answer.
    A first prefix counts: a forwarded answer is no answer to us."""
    plain, first = clean_line(subject), ""
    while match := _PREFIX.match(plain):
        first = first or match["word"].casefold()
        plain = plain[match.end() :].strip()
    return plain, first in _ANSWERS and first != "vs"


def _from_words(words: str, answers: bool) -> Titled:
    """The first sentence; the words stay whole unless it is all there is."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    while len(lines) > 1 and _GREETING.match(lines[0]) and len(lines[0]) < 50:
        lines.pop(0)
    paragraph = clean_line(lines[0]) if lines else ""
    end = _END.search(paragraph)
    sentence = paragraph[: end.end()] if end else paragraph
    title = sentence if len(sentence) <= _SENTENCE else _cut(sentence, _SENTENCE)
    body = "" if clean_line(words) == title else words
    return Titled(title, body, from_words=True, answers=answers)


def _cut(line: str, longest: int = LONGEST) -> str:
    begun = line[: longest - 1]
    return f"{begun.rsplit(' ', 1)[0] if ' ' in begun[longest // 2 :] else begun}…"
