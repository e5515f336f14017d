"""Letters of planning: a presenter is asked, a member gets a task, hosts hear what needs them.
Called by the actions of planning and its clock, inside their transactions."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.contributions import mails
from exchange.core import zones
from exchange.core.languages import INTERFACE, current
from exchange.core.time import now
from exchange.mail.actions import About, queue_mail
from exchange.mail.models import OutgoingMail
from exchange.mail.paper import Paper, Piece
from exchange.members.models import Member
from exchange.webinars.models import Presenter, TeamMember, Webinar
from exchange.webinars.planning import saying

PURPOSE = "webinar-team"
_TASKS = {
    TeamMember.Task.LEAD: lambda: _("You lead the hour: you start and end it, and open its doors."),
    TeamMember.Task.HELPER: lambda: _("You read the questions before anybody else sees them."),
    TeamMember.Task.WRITER: lambda: _("You write along what is said, in short."),
}


def ask_presenter(presenter: Presenter) -> None:
    """With their own page, where they say yes or no; nobody else gets its address."""
    webinar, member = presenter.webinar, presenter.member
    language = member.first_language if member else _spoken_here(webinar.language)
    to = member.email if member else presenter.email
    zone = zones.guess(member.country) if member and member.country else webinar.zone
    with override(language):
        paper = _paper(
            _("Will you speak in a webinar?"),
            Piece("plain", _("The hosts of the Exchange would like you to speak in this webinar:")),
            Piece("heading", webinar.title, language=webinar.language),
            Piece("context", saying.in_a_line(webinar.starts_at, zone)),
            Piece(
                "plain",
                _(
                    "You say yes or no on a page of your own. Your name is shown nowhere before "
                    "you agree, and you can take your yes back at any time."
                ),
            ),
            Piece("button", _("Open my page"), page_of(presenter)),
            Piece("small", _("The page needs no account. Please do not pass its address on.")),
        )
    _send(to, paper, f"{_about(presenter)}:ask", item=f"presenter:{presenter.pk}", person=member)


def page_of(presenter: Presenter) -> str:
    return _link(reverse("webinars:presenter", args=[presenter.key]))


def forget_presenter(presenter: Presenter) -> None:
    """They declined or left: what has not gone to them stays."""
    mails.forget(_about(presenter))


def tell_presenter_left(presenter: Presenter) -> None:
    """To who planned it: somebody will not speak."""
    webinar = presenter.webinar
    host = _host_of(webinar)
    if host is None:
        return
    with override(host.first_language):
        paper = _paper(
            _("A presenter will not speak"),
            Piece(
                "plain", _("%(name)s will not speak in this webinar:") % {"name": presenter.name}
            ),
            *_titled(webinar, host),
            Piece("plain", _("Their name stands on no page any more.")),
            _to_the_desk(webinar),
        )
    _send(host.email, paper, f"{_about(presenter)}-gone:{host.pk}", person=host)


def tell_task(task: TeamMember) -> None:
    """A member hears what they are asked to do, and when."""
    webinar, member = task.webinar, task.member
    if member.is_demo:
        return
    with override(member.first_language):
        paper = _paper(
            _("A task for you in a webinar"),
            Piece("plain", _TASKS[TeamMember.Task(task.task)]()),
            *_titled(webinar, member),
            Piece("plain", _("If you cannot, please tell the hosts.")),
            Piece("button", _("Open the webinar"), _link(webinar.get_absolute_url())),
        )
    key = f"{mails.about(webinar.pk)}:task:{task.pk}"
    _send(member.email, paper, key, item=f"task:{task.pk}", person=member)


def tell_not_started(webinar: Webinar, host: Member) -> None:
    """The hour has come, and nobody has begun. Said once for each hour it was planned for."""
    with override(host.first_language):
        paper = _paper(
            _("A webinar has not begun"),
            Piece("plain", _("Its hour has come, and nobody has started it:")),
            *_titled(webinar, host),
            _to_the_desk(webinar),
        )
    key = f"{mails.about(webinar.pk)}:late:{webinar.sequence}:{host.pk}"
    _send(host.email, paper, key, person=host, until=now() + timedelta(hours=1))


def tell_clock_changed(webinar: Webinar, host: Member, *, former: datetime | None) -> None:
    """A country changed its clocks; or (no `former`) the name of its zone is no longer known."""
    with override(host.first_language):
        if former is None:
            said = _(
                "The name of the time zone by which this webinar was planned is no longer known. "
                "It keeps its hour in UTC. Please set its time again."
            )
        else:
            said = _(
                "The clocks of the place by which this webinar was planned have changed since. "
                "It keeps its hour by that clock, so its hour in other places is another one now. "
                "Everybody who registered is told."
            )
        paper = _paper(
            _("The clocks of a webinar have changed"),
            Piece("plain", said),
            *_titled(webinar, host),
            _to_the_desk(webinar),
        )
    key = f"{mails.about(webinar.pk)}:clock:{webinar.sequence}:{host.pk}"
    _send(host.email, paper, key, person=host)


def why_not(mail: OutgoingMail) -> str:
    """The last look: is the webinar still there, are they still asked, is the task still theirs?"""
    what, _colon, rest = mail.item.partition(":")
    if what == "presenter":
        asked = Presenter.objects.filter(pk=int(rest), answer=Presenter.Answer.ASKED)
        row = asked.select_related("webinar").first()
        return "" if row is not None and is_standing(row.webinar) else "not-asked"
    if what == "task":
        task = TeamMember.objects.filter(pk=int(rest)).select_related("webinar").first()
        return "" if task is not None and is_standing(task.webinar) else "not-asked"
    return ""


def is_standing(webinar: Webinar) -> bool:
    """Whether letters may still speak of it: neither withdrawn, nor sealed, nor held."""
    return webinar.sealed_at is None and webinar.state in ("draft", "waiting", "published")


def hosts_of(webinar: Webinar) -> list[Member]:
    """Who planned it and who leads it; all hosts when there is nobody of them left."""
    leads = Member.objects.active().filter(
        pk__in=webinar.team.filter(task=TeamMember.Task.LEAD).values("member_id")
    )
    found = {member.pk: member for member in leads}
    planner = _host_of(webinar)
    if planner is not None:
        found[planner.pk] = planner
    every = found.values() or Member.objects.active().hosts()
    return [member for member in every if not member.is_demo]


def _host_of(webinar: Webinar) -> Member | None:
    author = webinar.author
    return author if author is not None and author.is_appointed and not author.is_demo else None


def _titled(webinar: Webinar, reader: Member) -> list[Piece]:
    zone = zones.guess(reader.country) if reader.country else webinar.zone
    return [
        Piece("heading", webinar.title, language=webinar.language),
        Piece("context", saying.in_a_line(webinar.starts_at, zone)),
    ]


def _to_the_desk(webinar: Webinar) -> Piece:
    return Piece("button", _("Open it"), _link(reverse("webinars-desk:one", args=[webinar.pk])))


def _paper(subject: str, *pieces: Piece) -> Paper:
    return Paper(subject, pieces, _spoken_here())


def _spoken_here(code: str = "") -> str:
    """A language letters can be written in: the active one, or that of a webinar."""
    wanted = code or current()
    return wanted if wanted in INTERFACE else settings.LANGUAGE_CODE


def _about(presenter: Presenter) -> str:
    return f"{mails.about(presenter.webinar_id)}:presenter:{presenter.pk}"


def _link(path: str) -> str:
    return f"{settings.BASE_URL}{path}"


def _send(
    to: str,
    paper: Paper,
    key: str,
    *,
    item: str = "",
    person: Member | None = None,
    until: datetime | None = None,
) -> None:
    if not to:
        return
    subject = paper.subject
    if person is not None and person.neutral_subjects:
        with override(person.first_language):
            subject = _("A message for you")
    queue_mail(
        to=to,
        subject=subject,
        text=paper.text,
        html=paper.html,
        language=paper.language,
        purpose=PURPOSE,
        key=key,
        about=About(person=person.pk if person else None, item=item, send_before=until),
    )
