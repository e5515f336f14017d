"""What is written about translations: it is there, somebody looked, somebody found something wrong.
Called by `telling` inside `override(language)`; subjects say nothing of what it is about."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from exchange.core.languages import current, named
from exchange.core.text import excerpt
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member
from exchange.translating.models import Remark, Translation

_TEASER = 280


def there(row: Translation, reader: Member, *, is_author: bool, stop: str) -> Paper:
    """To who wrote the original, and to who asked for it in this language."""
    language, name = named(row.language), row.shown_translator
    words = {"language": language, "name": name}
    said = (
        _("%(name)s translated what you wrote into %(language)s. The original stays beside it.")
        if is_author
        else _("You asked for this in %(language)s. %(name)s translated it for you.")
    )
    title = row.title or row.contribution.title
    title_language = row.language if row.title else row.contribution.language
    pieces = (
        Piece("marker"),
        Piece("plain", said % words),
        Piece("title", title, _link(row.get_absolute_url()), title_language),
        Piece("quote", excerpt(row.whole, _TEASER), language=row.language),
        Piece("button", _("Read it"), _link(row.get_absolute_url())),
        Piece("small", _("You can answer this mail: your words stand as an answer there.")),
        Piece("small", _("No more letters about this one:"), stop),
    )
    return Paper(_subject(reader, _("A translation for you")), pieces, current())


def sent_back(row: Translation, reader: Member) -> Paper:
    """To the translator: something should be changed first."""
    pieces = (
        Piece("plain", _("Thank you for your translation. Somebody read it beside the original, and asks:")),
        Piece("quote", row.note, language=row.language),
        Piece("button", _("Go on with it"), _edit(row)),
    )  # fmt: skip
    return Paper(_subject(reader, _("Your translation")), pieces, current())


def is_out(row: Translation, reader: Member) -> Paper:
    """To the translator: a second reader let it out."""
    pieces = (
        Piece("plain", _("Thank you. Your translation was read beside the original, and everybody who may read the original can read it now.")),
        Piece("title", row.title or row.contribution.title, _link(row.get_absolute_url()), row.language),
    )  # fmt: skip
    return Paper(_subject(reader, _("Your translation is out")), pieces, current())


def remarked(remark: Remark, reader: Member) -> Paper:
    """To the translator: a reader found something."""
    row = remark.translation
    pieces = (
        Piece("plain", _("A reader says that something is wrong in your translation:")),
        Piece("quote", remark.words),
        Piece("title", row.title or row.contribution.title, _link(row.get_absolute_url()), row.language),
        Piece("button", _("Look at it, and correct it"), _text(row)),
        Piece("small", _("What stood before is kept as its history.")),
    )  # fmt: skip
    return Paper(_subject(reader, _("Your translation")), pieces, current())


def _subject(member: Member, subject: str) -> str:
    return _("A message for you") if member.neutral_subjects else subject


def _edit(row: Translation) -> str:
    return _link(reverse("translating:edit", args=[row.pk]))


def _text(row: Translation) -> str:
    answer = f"?answer={row.reply_id}" if row.reply_id else ""
    return _link(reverse("translating:text", args=[row.contribution_id]) + answer)


def _link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
