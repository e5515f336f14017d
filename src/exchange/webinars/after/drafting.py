"""A first draft of the summary, from what was typed in the hour: lanes, questions, polls.
Called by `summing`; the words are people's own, a host makes a summary of them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from exchange.webinars.models import Asked, Ballot, Lane, Line, Poll, Webinar

MOST_TAKEAWAYS = 5
_LINES_A_PARAGRAPH = 8
_LONGEST = 20_000
_LONGEST_TAKEAWAY = 220


@dataclass(frozen=True)
class Drafted:
    """Text in light Markdown, and what to take away, a line each."""

    text: str
    takeaways: str


@dataclass(frozen=True)
class Counted:
    """A poll with how many people chose what."""

    poll: Poll
    counts: tuple[int, ...]

    @property
    def rows(self) -> list[tuple[str, int]]:
        return list(zip(self.poll.choices, self.counts, strict=True))


def draft(webinar: Webinar) -> Drafted:
    """From the lane of the language the webinar is written in, or the fullest one."""
    with override(webinar.language):
        parts = [_said(webinar), _answered(webinar), _polled(webinar)]
    return Drafted("\n\n".join(filter(None, parts))[:_LONGEST], _takeaways(webinar))


def polls(webinar: Webinar) -> list[Counted]:
    """Those that were opened, with their counts."""
    rows = webinar.polls.exclude(state=Poll.State.READY)
    ballots = Ballot.objects.filter(poll__in=rows).values_list("poll_id", "choice", "people")
    counts: dict[int, dict[int, int]] = {}
    for poll_id, choice, people in ballots:
        chosen = counts.setdefault(poll_id, {})
        chosen[choice] = chosen.get(choice, 0) + people
    return [
        Counted(poll, tuple(counts.get(poll.pk, {}).get(n, 0) for n in range(len(poll.choices))))
        for poll in rows
    ]


def main_lane(webinar: Webinar) -> Lane | None:
    """The lane of the webinar's own language, else the one with the most lines."""
    lanes = list(webinar.lanes.all())
    own = [lane for lane in lanes if lane.language == webinar.language]
    return own[0] if own else max(lanes, key=lambda lane: lane.lines.count(), default=None)


def answered(webinar: Webinar) -> list[Asked]:
    """Questions with the gist of an answer, those of most voices first."""
    rows = webinar.asked.filter(state=Asked.State.ANSWERED, sealed_at=None).exclude(answer="")
    return list(rows.order_by("-votes", "at", "pk"))


def _said(webinar: Webinar) -> str:
    lane = main_lane(webinar)
    if lane is None:
        return ""
    lines = list(Line.objects.filter(lane=lane).shown().values_list("text", flat=True))
    starts = range(0, len(lines), _LINES_A_PARAGRAPH)
    return "\n\n".join(" ".join(lines[at : at + _LINES_A_PARAGRAPH]) for at in starts)


def _answered(webinar: Webinar) -> str:
    rows = answered(webinar)
    if not rows:
        return ""
    told = "\n\n".join(f"**{' '.join(row.text.split())}**\n\n{row.answer}" for row in rows)
    return f"## {_('Questions and answers')}\n\n{told}"


def _polled(webinar: Webinar) -> str:
    told = []
    for one in polls(webinar):
        rows = "\n".join(f"- {choice}: {count}" for choice, count in one.rows)
        told.append(f"**{one.poll.text}**\n\n{rows}")
    return f"## {_('What people chose')}\n\n" + "\n\n".join(told) if told else ""


def _takeaways(webinar: Webinar) -> str:
    """The gists of what most people asked about: a beginning, for a person to write anew."""
    first = [row.answer.strip().splitlines()[0] for row in answered(webinar)[:MOST_TAKEAWAYS]]
    return "\n".join(line[:_LONGEST_TAKEAWAY] for line in first)
