"""Translations: found in code and templates, written out stably, compiled, and judged.
Read by pytest alone."""

from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from exchange.project import languages
from exchange.project.extracting import extract

CODE = """
from django.utils.translation import gettext as _, gettext_lazy, ngettext, pgettext
HELLO = gettext_lazy("Hello")
def f(n):
    # Translators: said at the door
    return _("Come in"), ngettext("%(n)d chair", "%(n)d chairs", n), pgettext("month", "May")
"""
TEMPLATE = """{% load i18n %}<p title="{% translate "A title" %}">
{% if x %}{% blocktranslate trimmed with name=who %}
  Welcome, <b>{{ name }}</b>
{% endblocktranslate %}{% endif %}
{% blocktranslate count n=2 %}{{ n }} reply{% plural %}{{ n }} replies{% endblocktranslate %}
{% include "x.html" with words=_("Given along") %}</p>"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    root = tmp_path / "package"
    (root / "room" / "templates").mkdir(parents=True)
    (root / "room" / "views.py").write_text(CODE)
    (root / "room" / "templates" / "page.html").write_text(TEMPLATE)
    return root


@pytest.fixture
def locale(package: Path) -> Path:
    place = package / "locale"
    languages.update(package, place)
    return place


def fill(locale: Path, language: str, words: dict[str, str]) -> None:
    path = languages.path_of(language, locale)
    text = path.read_text()
    for before, after in words.items():
        assert before in text
        text = text.replace(before, after)
    path.write_text(text)


def fill_all(locale: Path) -> None:
    """Every language filled with the English words themselves."""
    for language in languages.TRANSLATED:
        path = languages.path_of(language, locale)
        one, many, lines = "", "", []
        for line in path.read_text().splitlines():
            if line.startswith("msgid "):
                one = many = line[6:]
            elif line.startswith("msgid_plural"):
                many = line[13:]
            elif one != '""' and line == 'msgstr ""':
                line = f"msgstr {one}"
            elif line.startswith("msgstr["):
                line = line.replace('""', many)
            lines.append(line)
        path.write_text("\n".join(lines) + "\n")


def test_every_kind_of_string_is_found(package: Path) -> None:
    found = {(message.context, message.id) for message in extract(package) if message.id}

    assert found == {
        (None, "Hello"),
        (None, "Come in"),
        (None, ("%(n)d chair", "%(n)d chairs")),
        ("month", "May"),
        (None, "A title"),
        (None, "Welcome, <b>%(name)s</b>"),
        (None, ("%(n)s reply", "%(n)s replies")),
        (None, "Given along"),
    }


def test_an_update_writes_the_same_file_again(package: Path, locale: Path) -> None:
    before = languages.path_of("ar", locale).read_text()

    languages.update(package, locale)

    assert languages.path_of("ar", locale).read_text() == before
    assert "POT-Creation-Date" not in before
    assert before.count("msgstr[5]") == 2


def test_an_update_keeps_what_was_translated_and_drops_what_is_gone(
    package: Path, locale: Path
) -> None:
    fill(locale, "fr", {'msgid "Hello"\nmsgstr ""': 'msgid "Hello"\nmsgstr "Bonjour"'})
    (package / "room" / "templates" / "page.html").write_text("")

    languages.update(package, locale)

    text = languages.path_of("fr", locale).read_text()
    assert 'msgstr "Bonjour"' in text
    assert "A title" not in text


def test_complete_languages_have_no_problems(package: Path, locale: Path) -> None:
    fill_all(locale)

    assert list(languages.problems(package, locale)) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('msgstr "Hello"', 'msgstr ""', "Français: not translated: 'Hello'"),
        ('msgid "Hello"', 'msgid "Hullo"', "Français: missing: 'Hello'"),
        ('msgid "Hello"', 'msgid "Hullo"', "Français: no longer used: 'Hullo'"),
        ('msgid "Hello"', '#, fuzzy\nmsgid "Hello"', "only guessed (fuzzy): 'Hello'"),
        ('msgstr "Welcome, <b>%(name)s', 'msgstr "Welcome, <b>%(nom)s', "other placeholders"),
        ('msgstr "Welcome, <b>%(name)s</b>"', 'msgstr "Bienvenue %(name)s"', "other markup"),
        ('msgstr[1] "%(n)d chairs"', 'msgstr[1] "chairs"', "other placeholders"),
        ('msgstr[1] "%(n)d chairs"', 'msgstr[1] ""', "not translated: '%(n)d chair'"),
    ],
)
def test_a_gap_is_named(package: Path, locale: Path, before: str, after: str, said: str) -> None:
    fill_all(locale)
    fill(locale, "fr", {before: after})

    assert any(said in words for words in languages.problems(package, locale))


def test_a_language_without_a_file_is_named(package: Path, locale: Path) -> None:
    fill_all(locale)
    languages.path_of("sw", locale).unlink()

    assert list(languages.problems(package, locale)) == ["Kiswahili: there is no django.po for sw"]


def test_only_changed_files_are_compiled(locale: Path) -> None:
    fill_all(locale)

    assert languages.compile_changed(locale) == list(languages.TRANSLATED)
    assert languages.compile_changed(locale) == []
    with languages.path_of("fr", locale).with_suffix(".mo").open("rb") as compiled:
        assert read_mo(compiled).get("Hello").string == "Hello"
