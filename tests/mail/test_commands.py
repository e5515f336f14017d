"""Commands in plain words: understood in six languages, and never taken out of somebody's text.
Run by pytest alone."""

import pytest

from exchange.mail.commands import WORDS, command_in, language_of, word_for


@pytest.mark.parametrize(
    "code", sorted(set(WORDS) - {"text", "find", "name", "country", "language", "helps", "seeks"})
)
def test_each_command_is_understood_in_each_language_as_our_letters_teach_it(code):
    for language in ("en", "fr", "sw", "ar", "es", "pt"):
        word = word_for(code, language)
        found = command_in(word, "")
        assert found is not None
        assert found[0] == code or word_for(found[0], language) == word


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("Stop", ("stop", "")),
        ("STOP.", ("stop", "")),
        ("  stop !  ", ("stop", "")),
        ("Stop\n\nThank you\nAmina", ("stop", "")),
        ("Stop all", ("stop-all", "")),
        ("Unsubscribe", ("stop", "")),
        ("Résumé", ("digest", "")),
        ("resume", ("start", "")),
        ("pause 2 weeks", ("pause", "14")),
        ("Pause", ("pause", "")),
        ("sitisha 3 siku", ("pause", "3")),
        ("sitisha wiki 2", ("pause", "14")),
        ("pausa 2 semanas", ("pause", "14")),
        ("إيقاف مؤقت أسبوعين", ("pause", "14")),
        ("إيقاف مؤقت ٣ أيام", ("pause", "3")),
        ("pause 900 months", ("pause", "366")),
        ("text 12", ("text", "12")),
        ("texto ١٢", ("text", "12")),
        ("text 12 2", ("text", "12 2")),
        ("read https://x.example.org/library/31-home-visits/", ("text", "31")),
        ("إيقاف", ("stop", "")),
        ("ايقاف الكل", ("stop-all", "")),
        ("?", ("help", "")),
        ("Kila wiki", ("weekly", "")),
        ("asante", None),
    ],
)
def test_what_is_said_is_understood(said, command):
    assert command_in(said, "") == command


@pytest.mark.parametrize(
    "text",
    [
        "Stop beating children, that is what we tell the parents.",
        "Stop.\nIt hurts the child.",
        "Help each other, and help the mothers.",
        "Follow up with the grandmother.",
        "Find a safe place for the meeting first.",
        "Weekly meetings work best here.",
        "Leave the choice to the children.",
        "Text messages reach them better than calls.",
        "Name the risks together.",
        "Pause and listen.",
        "Join hands with the school\n\nThanks\nFemi",
        "Each child speaks once.",
        "pause 2 many",
        "stop\n" * 6,
    ],
)
def test_a_sentence_that_begins_like_a_command_stays_a_sentence(text):
    assert command_in(text, "Re: stop") is None


def test_the_subject_counts_when_the_mail_is_empty():
    assert command_in("", "Re: AW: Unsubscribe") == ("stop", "")
    assert command_in("\n  \n", "weekly") == ("weekly", "")
    assert command_in("", "Re: Who opens your meetings?") is None
    assert command_in("", "") is None


def test_commands_with_any_words_behind_them_count_only_where_no_text_is_awaited():
    assert command_in("follow Kenya", "", free=True) == ("follow", "Kenya")
    assert command_in("name Mama Zuri", "", free=True) == ("name", "Mama Zuri")
    assert command_in("tafuta mikutano ya kijiji", "", free=True) == ("find", "mikutano ya kijiji")
    assert command_in("follow Kenya", "") is None


def test_the_language_of_a_command_is_told_when_only_one_has_the_word():
    assert language_of("Msaada") == "sw"
    assert language_of("مساعدة\nشكرا") == "ar"
    assert language_of("parar") == ""
    assert language_of("") == ""
