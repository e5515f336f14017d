"""The overview, the people who contribute, and their questions with the answers.
Called through `tabs.every`. Each table says in a sentence how it is counted."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchange.desk.figures import charts, tables
from exchange.desk.figures.tables import HOURS, PERCENT, Asked, Both, Part, Row


def overview(both: Both) -> list[Part]:
    return [headline(both), people_by_month(both), questions_by_month(both), time_by_month(both)]


def people(both: Both) -> list[Part]:
    return [
        Part(
            slug="people",
            title=_("People who contribute"),
            how=_(
                "Members who shared, asked, answered, said that something helped, said that they"
                " used a record, or presented: each counts once. Reading is not counted. Hosts"
                " stand apart. Who left and was erased counts no longer."
            ),
            columns=tables.columns(both),
            rows=tables.compared(
                both,
                [
                    Asked(_("People who contributed"), "people"),
                    Asked(pgettext("people who did", "for the first time"), "people.new"),
                    Asked(pgettext("people who did", "again"), "people.returning"),
                    Asked(pgettext("people who did", "asked"), "people.asked"),
                    Asked(pgettext("people who did", "answered"), "people.answered"),
                    Asked(_("shared something else"), "people.shared"),
                    Asked(_("said that something helped"), "people.helped"),
                    Asked(_("said that they used a record"), "people.used"),
                    Asked(pgettext("people who did", "presented"), "people.presented"),
                    Asked(_("Hosts, beside them"), "people.hosts"),
                ],
            ),
        ),
        people_by_month(both),
        _acts(both),
        _people_by_country(both),
    ]


def answers(both: Both) -> list[Part]:
    return [
        _questions(both),
        questions_by_month(both),
        time_by_month(both),
        _questions_by(both, "country", "answers-by-country", _("By country of who asked")),
        _questions_by(both, "language", "answers-by-language", _("By language of the question")),
    ]


def headline(both: Both) -> Part:
    """The few numbers everybody asks for first."""
    return Part(
        slug="overview",
        title=_("In short"),
        how=_(
            "Each of these stands on its own page with how it is counted. Months begin and end by"
            " UTC. What was withdrawn is not counted."
        ),
        columns=tables.columns(both),
        rows=tables.compared(
            both,
            [
                Asked(_("People who contributed"), "people"),
                Asked(_("Questions asked"), "asked"),
                Asked(_("of them with an answer"), "asked.answered", unit=PERCENT, of="asked"),
                Asked(_("half had an answer within"), "asked.half", unit=HOURS),
                Asked(_("Experiences shared"), "shared", "kind:experience"),
                Asked(_("Records added"), "records"),
                Asked(_("“We used this”"), "used"),
                Asked(_("Webinars held"), "webinars"),
                Asked(_("Newsletters delivered"), "letters.delivered"),
            ],
        ),
    )


def people_by_month(both: Both) -> Part:
    names = [
        ("people", _("People")),
        ("people.new", pgettext("people who did", "for the first time")),
    ]
    months, series = tables.trend(both.now, names)
    title = _("People who contributed, by month")
    return Part(
        slug="people-by-month",
        title=title,
        how=_("The outline is who contributed for the first time. Hosts are not in it."),
        columns=("", *(label for _name, label in names)),
        rows=tables.by_month(both.now, names),
        chart=charts.bars(title, tables.short(months), series),
    )


def questions_by_month(both: Both) -> Part:
    names = [("asked", _("Questions asked")), ("asked.answered", _("with an answer"))]
    months, series = tables.trend(both.now, names)
    title = _("Questions and answers, by month")
    return Part(
        slug="questions-by-month",
        title=title,
        how=_(
            "A question stands in the month it was published in, also when it was answered later."
        ),
        columns=("", *(label for _name, label in names)),
        rows=tables.by_month(both.now, names),
        chart=charts.bars(title, tables.short(months), series),
    )


def time_by_month(both: Both) -> Part:
    names = [("asked.half", _("half had an answer within")), ("asked.ninety", _("nine of ten"))]
    months, series = tables.trend(both.now, names[:1])
    title = _("Time to the first answer, by month")
    return Part(
        slug="time-by-month",
        title=title,
        how=_how_long(),
        columns=("", *(label for _name, label in names)),
        rows=tables.by_month(both.now, names, HOURS),
        chart=charts.line(title, tables.short(months), series[0], tables.in_words_short),
    )


def _questions(both: Both) -> Part:
    return Part(
        slug="answers",
        title=_("Questions and their answers"),
        how=" ".join(
            [
                _how_long(),
                _(
                    "An answer is one by somebody else than who asked. “Left alone” are questions"
                    " older than 72 hours that had none within 72 hours."
                ),
            ]
        ),
        columns=tables.columns(both),
        rows=tables.compared(
            both,
            [
                Asked(_("Questions asked"), "asked"),
                Asked(_("by hosts"), "asked.hosts"),
                Asked(_("with an answer today"), "asked.answered", unit=PERCENT, of="asked"),
                Asked(_("answered within 72 hours"), "asked.in72", unit=PERCENT, of="asked"),
                Asked(_("left alone for 72 hours"), "asked.late", unit=PERCENT, of="asked"),
                Asked(_("without an answer to this day"), "asked.none", unit=PERCENT, of="asked"),
                Asked(_("half had an answer within"), "asked.half", unit=HOURS),
                Asked(_("nine of ten had one within"), "asked.ninety", unit=HOURS),
                Asked(_("“This answered my question”"), "asked.solved"),
                Asked(_("Answers written"), "answers"),
                Asked(_("of them by hosts"), "answers.hosts", unit=PERCENT, of="answers"),
                Asked(_("“This helped”"), "helped"),
            ],
        ),
    )


def _questions_by(both: Both, axis: str, slug: str, title: str) -> Part:
    found = both.now.by("asked", axis)
    rows = [
        Row(
            tables.placed(axis, key),
            (
                tables.veiled(found.told("asked", key)),
                tables.beside_veiled(found.told("asked.answered", key)),
                tables.beside_veiled(found.told("asked.late", key)),
                tables.beside_veiled(found.told("asked.none", key)),
                tables.veiled_time(found.time("asked.half", key)),
                tables.veiled_time(found.time("asked.ninety", key)),
            ),
        )
        for key in found.keys
    ]
    return Part(
        slug=slug,
        title=title,
        how=tables.few_people(),
        columns=(
            *("", _("Questions asked"), _("with an answer"), _("left alone for 72 hours")),
            *(_("without an answer"), _("half had an answer within"), _("nine of ten")),
        ),
        rows=tuple(rows),
    )


def _acts(both: Both) -> Part:
    names = [
        ("people.asked", pgettext("people who did", "asked")),
        ("people.answered", pgettext("people who did", "answered")),
        ("people.shared", _("shared something else")),
        ("people.helped", _("said that something helped")),
        ("people.used", _("said that they used a record")),
    ]
    months, series = tables.trend(both.now, names)
    title = _("What people did, by month")
    return Part(
        slug="acts-by-month",
        title=title,
        how=_("Somebody who did two of these counts in both. Hosts are not in it."),
        columns=("", *(label for _name, label in names)),
        rows=tables.by_month(both.now, names),
        chart=charts.multiples(title, tables.short(months), series),
    )


def _people_by_country(both: Both) -> Part:
    found = both.now.by("people", "country")
    rows = [
        Row(tables.placed("country", key), (tables.veiled(found.told("people", key)),))
        for key in found.keys
    ]
    return Part(
        slug="people-by-country",
        title=_("People by country"),
        how=tables.few_people(),
        columns=("", _("People")),
        rows=tuple(rows),
    )


def _how_long() -> str:
    return _(
        "Of all questions of the time, those without an answer last: when half of them, and nine of"
        " ten, had their first answer. Exact, from every question; “not yet” where fewer had one."
    )
