"""Small charts as inline SVG, made here: bars, lines, and small multiples; no script and no style.
Called by the tabs and the report. A chart only shows what the table beside it says: its name and
its words for who cannot see it are whole, so that nothing is lost with it.

Colours come from the page (`currentColor` in the classes it has), so that dark and print follow by
themselves. Where people read from the right, time runs from the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count

from babel.numbers import format_compact_decimal
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from exchange.core import words
from exchange.core.languages import current, direction

WIDTH, HEIGHT = 340, 120
_SMALL = 66
_TOP, _FOOT, _SIDE = 16, 18, 4
# No more months than this have a name below each; narrower bars than that have no number on top.
_NAMED_AT_MOST = 13
_ROOM_FOR_NUMBER = 16
_ids = count(1)

Value = float | None
Said = Callable[[float], str]


@dataclass(frozen=True)
class Series:
    """One row of values, in the order of the labels; None where nothing is known."""

    label: str
    values: Sequence[Value]


def bars(
    title: str, labels: Sequence[str], series: Sequence[Series], said: Said | None = None
) -> SafeString:
    """Bars side by side; of two series the second is drawn as an outline."""
    top = _highest(series)
    parts = [_ground(HEIGHT)]
    for place, one in enumerate(series):
        parts += _bars(one, place, len(series), top, said or brief)
    parts += _below(labels, HEIGHT)
    return _drawn(title, _in_words(labels, series, said or brief), parts, HEIGHT)


def line(title: str, labels: Sequence[str], one: Series, said: Said | None = None) -> SafeString:
    """A line with a point for each value; it is broken where there is none."""
    top = _highest([one])
    step = _step(len(labels))
    points = [
        None if value is None else (_x(_SIDE + step * (n + 0.5)), _y(value, top, HEIGHT))
        for n, value in enumerate(one.values)
    ]
    parts = [_ground(HEIGHT), *_lines(points)]
    for point, value in zip(points, one.values, strict=True):
        if point is not None and value is not None:
            parts.append(format_html('<circle cx="{}" cy="{}" r="3"/>', _n(point[0]), _n(point[1])))
            if len(labels) <= _NAMED_AT_MOST:
                parts.append(_text(point[0], point[1] - 6, (said or brief)(value)))
    parts += _below(labels, HEIGHT)
    return _drawn(title, _in_words(labels, [one], said or brief), parts, HEIGHT)


def multiples(title: str, labels: Sequence[str], series: Sequence[Series]) -> SafeString:
    """A small row of bars for each series, one below the other, all to one measure."""
    top = _highest(series)
    parts = []
    for place, one in enumerate(series):
        shift = place * (_SMALL + 14)
        head = _text(_x(_SIDE), 11, one.label, anchor="end" if _is_mirrored() else "start")
        inner = [head, _ground(_SMALL), *_bars(one, 0, 1, top, brief, height=_SMALL)]
        parts.append(
            format_html(
                '<g transform="translate(0 {})">{}</g>',
                shift,
                format_html_join("", "{}", _each(inner)),
            )
        )
    height = max(1, len(series)) * (_SMALL + 14) + 6
    parts += _below(labels, height)
    return _drawn(title, _in_words(labels, series, brief), parts, height)


def brief(value: float) -> str:
    """A number as short as it must be on a chart: 950, 12K."""
    if abs(value) < 1000:
        return words.number(round(value, 1) if value % 1 else int(value))
    return str(format_compact_decimal(value, locale=words.locale(), fraction_digits=0))


def sized(drawn: SafeString, width: int) -> SafeString:
    """The same so wide and no wider: on paper two stand beside each other."""
    return mark_safe(drawn.replace('width="100%"', f'width="{width}"', 1))


def _bars(
    one: Series, place: int, rows: int, top: float, said: Said, height: int = HEIGHT
) -> list[SafeString]:
    step = _step(len(one.values))
    wide = min(step * 0.72, 48) / rows
    parts = []
    for n, value in enumerate(one.values):
        if value is None:
            continue
        left = _SIDE + step * (n + 0.5) - wide * rows / 2 + wide * place
        y = _y(value, top, height)
        x = WIDTH - left - wide if _is_mirrored() else left
        look = ' fill="none" stroke="currentColor"' if place else ""
        box = (_n(x), _n(y), _n(wide), _n(height - _FOOT - y), SafeString(look))
        parts.append(format_html('<rect x="{}" y="{}" width="{}" height="{}"{}/>', *box))
        if wide >= _ROOM_FOR_NUMBER:
            parts.append(_text(x + wide / 2, y - 3, said(value)))
    return parts


def _lines(points: Sequence[tuple[float, float] | None]) -> list[SafeString]:
    """A line for each unbroken run of points."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [
        format_html(
            '<polyline fill="none" stroke="currentColor" stroke-width="2" points="{}"/>',
            " ".join(f"{_n(x)},{_n(y)}" for x, y in run),
        )
        for run in runs
        if len(run) > 1
    ]


def _below(labels: Sequence[str], height: int) -> list[SafeString]:
    """Names under the bars; of many only the first, the last and some between."""
    step, every = _step(len(labels)), -(-len(labels) // _NAMED_AT_MOST)
    return [
        _text(_x(_SIDE + step * (n + 0.5)), height - 4, label)
        for n, label in enumerate(labels)
        if n % max(1, every) == 0
    ]


def _drawn(title: str, told: str, parts: Sequence[SafeString], height: int) -> SafeString:
    mark = f"c{next(_ids) % 10_000}"
    return format_html(
        '<svg role="img" aria-labelledby="{0} {0}d" viewBox="0 0 {1} {2}" width="100%" direction="ltr"'
        ' font-size="11" class="led" fill="currentColor"><title id="{0}">{3}</title>'
        '<desc id="{0}d">{4}</desc>{5}</svg>',
        mark,
        WIDTH,
        height,
        title,
        told,
        format_html_join("", "{}", _each(parts)),
    )


def _in_words(labels: Sequence[str], series: Sequence[Series], said: Said) -> str:
    """The same for who hears it; a long one is left to the table."""
    if len(labels) * len(series) > 2 * _NAMED_AT_MOST:
        return _("The table beside it has every number.")
    told = []
    for one in series:
        pairs = [
            f"{label} {'–' if value is None else said(value)}"
            for label, value in zip(labels, one.values, strict=True)
        ]
        told.append(f"{one.label}: {', '.join(pairs)}")
    return ". ".join(told)


def _ground(height: int) -> SafeString:
    return format_html(
        '<path d="M0 {0}H{1}" stroke="currentColor" opacity=".4"/>', height - _FOOT, WIDTH
    )


def _text(x: float, y: float, text: str, anchor: str = "middle") -> SafeString:
    return format_html('<text x="{}" y="{}" text-anchor="{}">{}</text>', _n(x), _n(y), anchor, text)


def _highest(series: Sequence[Series]) -> float:
    """What the tallest bar stands for; 1 where there is nothing, so that nothing is divided by 0."""
    values = [value for one in series for value in one.values if value is not None]
    return max([*values, 0]) or 1


def _y(value: float, top: float, height: int) -> float:
    room = height - _FOOT - _TOP
    return height - _FOOT - room * max(0.0, value) / top


def _x(x: float) -> float:
    return WIDTH - x if _is_mirrored() else x


def _step(n: int) -> float:
    return (WIDTH - 2 * _SIDE) / max(1, n)


def _is_mirrored() -> bool:
    return direction(current()) == "rtl"


def _each(parts: Sequence[SafeString]) -> list[tuple[SafeString]]:
    return [(part,) for part in parts]


def _n(value: float) -> str:
    """As few letters as a place on the page needs."""
    return f"{value:.1f}".removesuffix(".0")
