"""The library, webinars, mail and newsletters, languages, and the hosts' own work.
Called through `tabs.every`."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from exchange.contributions import kinds
from exchange.desk.figures import charts, stocks, tables
from exchange.desk.figures.tables import HOURS, PERCENT, Asked, Both, Part, Row
from exchange.desk.figures.veil import FLOOR
from exchange.library.models import UsageDay, Use


def library(both: Both) -> list[Part]:
    names = [("records", _("Records added")), ("used", _("“We used this”"))]
    months, series = tables.trend(both.now, names)
    title = _("Records added and used, by month")
    return [
        Part(
            slug="library",
            title=_("The library"),
            how=_(
                "Records that can be read by everybody, by the day they were published here."
                " “We used this” is what members say of themselves. Pages seen and files taken are"
                " counted for each record and day, without keeping who."
            ),
            columns=tables.columns(both),
            rows=tables.compared(both, _of_library()),
        ),
        Part(
            slug="library-by-month",
            title=title,
            how=_("The outline is how often members said that they used a record."),
            columns=("", *(label for _name, label in names)),
            rows=tables.by_month(both.now, names),
            chart=charts.bars(title, tables.short(months), series),
        ),
        _shared(both),
    ]


def webinars(both: Both) -> list[Part]:
    names = [("webinars.came", _("People who came"))]
    months, series = tables.trend(both.now, names)
    title = _("People who came to webinars, by month")
    return [
        Part(
            slug="webinars",
            title=_("Webinars"),
            how=_(
                "Webinars that were held in this time. Of a group behind one phone everybody counts;"
                " who came to two counts twice."
            ),
            columns=tables.columns(both),
            rows=tables.compared(
                both,
                [
                    Asked(_("Webinars held"), "webinars"),
                    Asked(_("People registered"), "webinars.seats"),
                    Asked(_("People who came"), "webinars.came"),
                    Asked(_("Questions asked"), "webinars.asked"),
                    Asked(_("Questions answered"), "webinars.answered"),
                    Asked(_("Recordings released"), "webinars.recordings"),
                    Asked(_("Summaries published"), "webinars.summaries"),
                ],
            ),
        ),
        Part(
            slug="webinars-by-month",
            title=title,
            how=_("Webinars stand in the month in which they began."),
            columns=("", *(label for _name, label in names)),
            rows=tables.by_month(both.now, names),
            chart=charts.bars(title, tables.short(months), series),
        ),
    ]


def mail(both: Both) -> list[Part]:
    names = [
        ("mail.went", _("Mails sent")),
        ("mail.back", pgettext("letters that were", "came back")),
    ]
    months, series = tables.trend(both.now, names)
    title = _("Mails sent, by month")
    return [
        _newsletters(both),
        _subscribers(),
        _mail(both),
        Part(
            slug="mail-by-month",
            title=title,
            how=_("The outline is what came back."),
            columns=("", *(label for _name, label in names)),
            rows=tables.by_month(both.now, names),
            chart=charts.bars(title, tables.short(months), series),
        ),
    ]


def languages(both: Both) -> list[Part]:
    found = both.now.by("written", "language")
    written = [
        Row(tables.placed("language", key), (tables.veiled(found.told("written", key)),))
        for key in found.keys
    ]
    return [
        Part(
            slug="languages-written",
            title=_("Languages people write in"),
            how=tables.few_people(),
            columns=("", _("Questions, answers and other texts")),
            rows=tuple(written),
        ),
        Part(
            slug="texts-by-language",
            title=_("What there is to read, by language, today"),
            how=_(
                "Texts everybody can read. “Translated” are records that are a translation of"
                " another; “in short” are short versions of records."
            ),
            columns=("", _("Records"), _("Translated"), _("In short"), _("Briefs")),
            rows=tuple(
                Row(tables.placed("language", f":{code}"), tuple(map(tables.whole, counted)))
                for code, counted in stocks.texts()
            ),
        ),
        Part(
            slug="interface",
            title=_("The Exchange itself in six languages"),
            how=_("How many of the sentences of our own pages and mails have been translated."),
            columns=("", _("Translated")),
            rows=tuple(
                Row(tables.placed("language", f":{code}"), (tables.share(done, of),), PERCENT)
                for code, done, of in stocks.interface()
            ),
        ),
    ]


def hosts(both: Both) -> list[Part]:
    is_few = (both.now.total("cases") or 0) < FLOOR
    return [
        Part(
            slug="hosts",
            title=_("What hosts decide"),
            how=_(
                "Decisions about other people’s words, and how long these had waited until the"
                " first one."
            ),
            columns=tables.columns(both),
            rows=tables.compared(
                both,
                [
                    Asked(_("Decisions"), "decisions"),
                    Asked(_("half waited no longer than"), "waits.half", unit=HOURS),
                    Asked(_("nine of ten no longer than"), "waits.ninety", unit=HOURS),
                ],
            ),
        ),
        Part(
            slug="safeguarding",
            title=_("Safeguarding"),
            how=_(
                "Only how many reports came and how soon their cases were opened: never about whom,"
                " from where or what. The time is told from five cases on."
            ),
            columns=tables.columns(both),
            rows=tables.compared(
                both,
                [
                    Asked(_("Reports received"), "concerns"),
                    Asked(_("Cases"), "cases"),
                    Asked(_("of them opened"), "cases.seen"),
                ],
            )
            + (() if is_few else tables.compared(both, [_first_look()])),
        ),
    ]


def _first_look() -> Asked:
    return Asked(_("half were opened within"), "cases.half", unit=HOURS)


def _of_library() -> list[Asked]:
    asked = [Asked(_("Records added"), "records"), Asked(_("“We used this”"), "used")]
    asked += [Asked(str(how.label), "used", f"how:{how.value}") for how in Use.How]
    asked += [Asked(str(what.label), "done", f"what:{what.value}") for what in UsageDay.What]
    return asked


def _shared(both: Both) -> Part:
    return Part(
        slug="shared",
        title=_("What was shared"),
        how=_(
            "Everything that was published in this time and can be read today, hosts’ texts too."
        ),
        columns=tables.columns(both),
        rows=tables.compared(
            both,
            [Asked(str(kind.plural), "shared", f"kind:{kind.slug}") for kind in kinds.every()],
        ),
    )


def _newsletters(both: Both) -> Part:
    return Part(
        slug="newsletters",
        title=_("Briefs and newsletters"),
        how=_(
            "“Delivered” is what a mail server took and did not send back. Who opens a mail or taps"
            " a link is not counted here, and cannot be: nothing in our mails follows anybody."
        ),
        columns=tables.columns(both),
        rows=tables.compared(
            both,
            [
                Asked(_("Briefs published"), "shared", "kind:brief"),
                Asked(_("Newsletters sent, each edition"), "editions"),
                Asked(_("Letters sent"), "letters.went"),
                Asked(pgettext("letters that were", "delivered"), "letters.delivered"),
                Asked(pgettext("letters that were", "came back"), "letters.back"),
                Asked(_("not sent, at the last look"), "letters.held"),
                Asked(_("New subscribers"), "subscribers.new"),
                Asked(_("Subscribers who stopped"), "subscribers.stopped"),
            ],
        ),
    )


def _subscribers() -> Part:
    return Part(
        slug="subscribers",
        title=_("Subscribers by language, today"),
        how=_("Who gets the next newsletter. Fewer than five in a language are not told apart."),
        columns=("", _("Subscribers")),
        rows=tuple(
            Row(
                _("all of them") if code is None else tables.placed("language", f":{code}"),
                (tables.veiled(told),),
            )
            for code, told in stocks.subscribers()
        ),
    )


def _mail(both: Both) -> Part:
    return Part(
        slug="mail",
        title=_("Mail"),
        how=_(
            "Every mail by what became of it. Answers by mail are replies that people sent from"
            " their inbox."
        ),
        columns=tables.columns(both),
        rows=tables.compared(
            both,
            [
                Asked(_("Mails sent"), "mail.went"),
                Asked(
                    pgettext("letters that were", "came back"),
                    "mail.back",
                    unit=PERCENT,
                    of="mail.went",
                ),
                Asked(_("held back at the last look, or stopped"), "mail.stopped"),
                Asked(_("refused, or perhaps not sent"), "mail.failed"),
                Asked(_("waiting to go"), "mail.waits"),
                Asked(_("Mails that came in"), "mail.came"),
                Asked(
                    _("of them something was made of"), "mail.taken", unit=PERCENT, of="mail.came"
                ),
                Asked(_("Replies written by mail"), "replies.mail", unit=PERCENT, of="replies"),
                Asked(_("Texts shared by mail"), "shared.mail", unit=PERCENT, of="shared.people"),
            ],
        ),
    )
