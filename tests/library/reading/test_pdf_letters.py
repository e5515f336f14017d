"""Letters, hyphens, columns and running heads: the parts of reading that need no file."""

from hypothesis import given
from hypothesis import strategies as st

from exchange.library.reading.programs.pdf.columns import in_order
from exchange.library.reading.programs.pdf.letters import SOFT, Glyph, clean, logical
from exchange.library.reading.programs.pdf.lines import Fragment, Line
from exchange.library.reading.programs.pdf.running import repeated
from exchange.library.reading.programs.pdf.spans import joined, plain
from exchange.library.reading.programs.pdf.words import Piece

BOX = (0.0, 0.0, 600.0, 800.0)


def seen(text: str) -> list[Glyph]:
    """What stands on a line from left to right, a letter every ten points; a blank is a gap."""
    words = text.split(" ")
    glyphs = []
    x = 0.0
    for number, word in enumerate(words):
        for letter in word:
            glyphs.append(Glyph(letter, x, x + 10, 0.0, number, 0))
            x += 10
        x += 5
    return glyphs


def said(text: str, *, rtl: bool) -> str:
    read = logical(seen(text), 20, rtl)
    return "".join((" " if spaced else "") + letter for letter, _of, spaced in read)


def line(text: str, y: float = 100.0, size: float = 10.0) -> Line:
    return Line([(text, 0, "")], 50, 50 + 5 * len(text), y, size, 1, text=text)


def test_letters_from_the_right_are_read_from_the_right():
    assert said("םולש", rtl=True) == "שלום"
    assert said("ןותיע םולש", rtl=True) == "שלום עיתון"


def test_numbers_and_latin_words_keep_their_own_direction():
    assert said("ABC תנשב 2026/11 םולש", rtl=True) == "שלום 2026/11 בשנת ABC"
    assert said("two םולש one", rtl=False) == "two שלום one"


def test_two_numbers_are_read_one_after_the_other():
    assert said("34 12.5 םולש", rtl=True) == "שלום 12.5 34"


def test_brackets_open_before_they_close():
    assert said("(םולש) ןותיע", rtl=True) == "עיתון (שלום)"


def test_ligatures_and_presentation_forms_are_undone():
    assert clean("\ufb01nd") == "find"
    assert clean("\ufefb") == "لا"
    assert clean("a\ud800b\ue123c\x07") == "abc"
    assert clean("\uf0b7") == "•"


@given(st.text(st.characters(), max_size=40))
def test_whatever_is_cleaned_can_be_written_down(text: str):
    clean(text).encode("utf-8")


@given(st.text(st.characters(min_codepoint=32, max_codepoint=0x6FF), max_size=30), st.booleans())
def test_putting_letters_in_order_loses_none(text: str, rtl: bool):
    glyphs = [one for one in seen(text) if one.text.strip()]
    found = logical(glyphs, 20, rtl)

    brackets = str.maketrans(")]}»", "([{«")
    told = sorted("".join(letter for letter, _of, _space in found).translate(brackets))
    assert told == sorted("".join(one.text for one in glyphs).translate(brackets))


def test_a_hyphen_at_the_end_of_a_line_goes_where_it_may():
    def over(first: str, second: str, *known: str) -> str:
        return plain(joined([line(first), line(second)], set(known)))

    assert over(f"the commit{SOFT}", "tee met") == "the committee met"
    assert over("the commit-", "tee met", "committee") == "the committee met"
    assert over(f"their well{SOFT}", "being", "well-being") == "their well-being"
    assert over("Addis-", "Ababa") == "Addis-Ababa"
    assert over("from 2019-", "2021") == "from 2019-2021"


def fragment(text: str, x: float, y: float) -> Fragment:
    piece = Piece(text, x, x + 5 * len(text), y, 10, 0, False, -1, 0, 0, 0, 0, False)
    return Fragment([piece], piece.x0, piece.x1, y, 10, y + 8, y - 2)


def column(name: str, x: float, top: float, lines: int) -> list[Fragment]:
    return [
        fragment(f"{name}{n} and forty letters of prose here", x, top - 12 * n)
        for n in range(lines)
    ]


def test_columns_are_read_one_after_the_other_below_a_common_head():
    head = [fragment("A head that stands across all of the columns " * 2, 50, 700)]
    parts = head + column("left", 50, 680, 8) + column("right", 320, 680, 8)
    mixed = sorted(parts, key=lambda one: (-one.y, one.x0))

    read = [one.pieces[0].text.split()[0] for part in in_order(mixed, False) for one in part]

    assert read == ["A", *[f"left{n}" for n in range(8)], *[f"right{n}" for n in range(8)]]


def test_columns_from_the_right_begin_on_the_right():
    parts = column("left", 50, 680, 8) + column("right", 320, 680, 8)

    read = [one.pieces[0].text[:4] for part in in_order(parts, True) for one in part]

    assert read == ["righ"] * 8 + ["left"] * 8


def sheet(number: int, head: str) -> tuple[int, tuple[float, float, float, float], list[Line]]:
    body = [
        line(f"Words of page {number} that stand nowhere else", 700 - 12 * n) for n in range(30)
    ]
    return number, BOX, [line(head, 780, 8), *body, line(str(number), 20)]


def test_heads_that_change_with_the_chapter_are_left_out_too():
    pages = [sheet(n, f"Chapter {n // 4}" if n % 2 else "The whole title") for n in range(1, 13)]

    found = repeated(pages, set())

    for _number, _box, lines in pages:
        dropped = [one.text for one in lines if id(one) in found]
        assert dropped == [lines[0].text, lines[-1].text]


def test_a_first_line_that_repeats_stays_where_no_gap_parts_it():
    def page(number: int) -> tuple[int, tuple[float, float, float, float], list[Line]]:
        return number, BOX, [line("Dear family,", 780 - 12 * n) for n in range(40)]

    assert repeated([page(n) for n in range(1, 10)], set()) == set()
