"""Every kind of page of webinars, as its readers find it: before the hour, in it, after it, and at
the desk. Used by rooms.py."""

import json
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys.house import House
from tests.journeys.people import Person
from tests.journeys.room import Room, open_everything

# What would take an hour to make by pages: a webinar in the midst of its hour, with something of
# everything on its pages, and one that is summed up, with what people said since.
_MADE = """
import json
from datetime import timedelta
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.core.time import now
from exchange.members.models import Member
from exchange.webinars.after import certificates
from exchange.webinars.models import (
    Asked, Broadcast, Lane, Line, Move, Opinion, Phase, Piece, Poll, Presenter, Recording, Said, Seat,
    Series, Slide, TeamMember, Tried, Webinar,
)
host = Member.objects.get(email="{host}")
reader = Member.objects.get(email="{reader}")
moment = now().replace(microsecond=0)
series = Series.objects.create(title="An hour a month {long}", slug="an-hour", words="{long}")

def hour(title, **columns):
    given = dict(
        zone="Africa/Nairobi", hub="east-africa", series=series, engine="jitsi", has_sound=True,
        is_recorded=True, **columns,
    )
    content = Content(title=title, body="{long} " * 3, columns=given)
    return Webinar.objects.get(pk=submit(kind="webinar", content=content, author=host).pk)

begun = moment - timedelta(minutes=5)
live = hour(
    "In its hour", starts_at=begun, minutes=480, phase=Phase.LIVE, went_live_at=begun, chat_open=True,
    hands_open=True,
)
over = hour(
    "Summed up", starts_at=moment - timedelta(days=2), phase=Phase.SUMMED,
    went_live_at=moment - timedelta(days=2), ended_at=moment - timedelta(days=2),
)
full = hour("Full", starts_at=moment + timedelta(days=3), phase=Phase.OPEN, capacity=1)
Move.objects.create(
    webinar=full, sequence=1, old_starts_at=moment, old_minutes=60, old_zone="UTC",
    new_starts_at=full.starts_at, new_minutes=60,
)
Webinar.objects.filter(pk=full.pk).update(sequence=1)
off = hour(
    "Called off", starts_at=moment + timedelta(days=3), phase=Phase.CANCELLED, cancelled_why="{long}"
)
seats = {{}}
for row in (live, over, full):
    came = row.went_live_at
    given = dict(webinar=row, state="taken", confirmed_at=moment, came_at=came)
    mine = Seat.objects.create(member=reader, name=reader.display_name, **given)
    if row == full:
        given.update(state="waiting", queued_at=moment)
    seats[row.pk] = Seat.objects.create(
        email=f"guest{{row.pk}}@example.net", name="{long}"[:60], people=12, group="{long}"[:60], **given
    )
asks = Seat.objects.create(webinar=live, email="asks@example.net", state="asked")
for task in ("helper", "writer"):
    TeamMember.objects.create(webinar=live, member=reader, task=task)
speaker = Presenter.objects.create(
    webinar=live, member=reader, name=reader.display_name, role="{long}", words="{long}",
    answer="agreed", may_be_recorded=True,
)
invited = Presenter.objects.create(
    webinar=full, name="Somebody", email="somebody@example.net", words="{long}"
)
for row in (live, over):
    for code in ("en", "ar"):
        lane = Lane.objects.create(webinar=row, language=code, is_interpreted=code == "ar")
        for number, state in enumerate(("shown", "shown", "waiting"), 1):
            Line.objects.create(lane=lane, number=number, text="{long} " * 3, state=state)
    for number, state in enumerate(("waiting", "shown", "answering", "answered", "declined")):
        Asked.objects.create(
            webinar=row, seat=seats[row.pk], shown_as="{long}"[:60], text="{long} " * 3, state=state,
            language=("en", "ar")[number % 2], votes=number, needs_host=False,
            answer="{long}" if state == "answered" else "",
        )
    Slide.objects.create(
        webinar=row, number=1, title="{long}", text="{long}", seen_at=moment, shown_at=moment
    )
Slide.objects.create(webinar=live, number=2, title="{long}", text="{long}")
for state in ("shown", "waiting"):
    Said.objects.create(
        webinar=live, seat=seats[live.pk], shown_as="{long}"[:60], text="{long} " * 3, state=state
    )
for state in ("open", "ready", "closed"):
    Poll.objects.create(
        webinar=live, text="{long} " * 2, choices=["{long}", "Yes", "No"], state=state
    )
sound = Broadcast.objects.create(webinar=live, sender=host)
for number in range(1, 13):
    Piece.objects.create(broadcast=sound, number=number, opus_bytes=81_000, mp3_bytes=180_000)
for state in ("released", "waiting"):
    Recording.objects.create(
        webinar=over, state=state, seconds=3600, opus_bytes=5_000_000, mp3_bytes=11_000_000
    )
for number in range(3):
    Opinion.objects.create(
        webinar=over, mark=str(number), useful=number + 1, line_was="good", words="{long} " * 2, at=moment.date()
    )
for is_out in (True, False):
    Tried.objects.create(
        webinar=over, what="tried", words="{long} " * 3, country="KE", is_out=is_out, seat=None
    )
paper = certificates.give(seat=seats[over.pk], name="{long}"[:60])
first = Asked.objects.filter(webinar=live, state="waiting").first()
wall = Asked.objects.filter(webinar=live, state="shown").first()
print(json.dumps(dict(
    **{{
        name: f"/webinars/{{row.pk}}" for name, row in dict(
            live=live, over=over, full=full, off=off
        ).items()
    }},
    **{{f"{{name}} desk": f"/desk/webinars/{{row.pk}}/" for name, row in dict(
        live=live, over=over, full=full, off=off
    ).items()}},
    **{{f"{{name}} seat": f"/webinars/seats/{{seats[row.pk].key}}/" for name, row in dict(
        live=live, over=over, full=full
    ).items()}},
    asked=f"/webinars/seats/{{asks.key}}/", speaker=f"/webinars/presenters/{{speaker.key}}/",
    invited=f"/webinars/presenters/{{invited.key}}/", code=paper.code,
    waits=f"/webinars/{{live.pk}}/live/helper/{{first.pk}}/",
    wall=f"/webinars/{{live.pk}}/live/helper/{{wall.pk}}/",
)))
"""


def furnished(house: House, host: Person, reader: Person) -> dict[str, str]:
    """A webinar in its hour, one summed up, one that is full and moved, one called off."""
    code = _MADE.format(host=host.email, reader=reader.email, long="w" * 90)
    made: dict[str, str] = json.loads(house.command("shell", "-c", code).splitlines()[-1])
    return {f"webinar {name}": place for name, place in made.items()}


def of_visitors(places: dict[str, str]) -> Iterator[Room]:
    live, over, full = (places[f"webinar {name}"] for name in ("live", "over", "full"))
    seat = places["webinar over seat"]
    yield Room("webinars", "/webinars/", open_everything)
    yield Room("a series of webinars", "/webinars/series/an-hour/")
    yield Room("a full webinar, moved", f"{full}-x/", open_everything)
    yield Room("a webinar, called off", f"{places['webinar off']}-x/")
    yield Room("a webinar, summed up", f"{over}-x/", open_everything)
    yield Room("a place as a guest", f"{full}/register/", open_everything)
    yield Room("a place as a guest, refused", f"{full}/register/", _nothing_said)
    yield Room("the hour, reading along", f"{live}/live/")
    yield Room("the hour, light", f"{live}/live/state/?as=page&still=1")
    yield Room("what was written", f"{live}/live/lanes/en/?as=page")
    yield Room("slides of the hour", f"{live}/live/slides/", open_everything)
    yield Room("sound, without a place", f"{live}/live/sound/")
    yield Room("the video room, without a place", f"{live}/join/")
    yield Room("a guest says yes", places["webinar asked"])
    yield Room("a guest on the waiting list", places["webinar full seat"], open_everything)
    yield Room("a guest's place", places["webinar live seat"], open_everything)
    yield Room("a guest's place, after", seat)
    yield Room("an opinion", f"{seat}opinion/")
    yield Room("what was tried", f"{seat}tried/")
    yield Room("a certificate", f"{seat}certificate/")
    yield Room("a certificate, checked", f"/webinars/certificates/?code={places['webinar code']}")
    yield Room("asked to speak", places["webinar invited"])


def of_members(places: dict[str, str]) -> Iterator[Room]:
    live = f"{places['webinar live']}/live/"
    yield Room("a webinar, by one of its team", f"{places['webinar live']}-x/", open_everything)
    yield Room("a live hour", live)
    yield Room("a question to the presenters", f"{live}questions/", _nothing_said)
    yield Room("more of us listen", f"{live}?do=together")
    yield Room("the video room", f"{places['webinar live']}/join/")
    yield Room("sound", f"{live}sound/", open_everything)
    yield Room("what waits for the helper", f"{live}helper/", open_everything)
    yield Room("one question that waits", places["webinar waits"])
    yield Room("the answer, in short", places["webinar wall"])
    yield Room("the presenters' view", f"{live}presenter/")
    yield Room("languages to write in", f"{live}lanes/")
    yield Room("writing along", f"{live}lanes/en/", open_everything)
    yield Room("speaking, agreed", places["webinar speaker"])


def of_hosts(places: dict[str, str]) -> Iterator[Room]:
    live, over, full = (places[f"webinar {name} desk"] for name in ("live", "over", "full"))
    hour = f"{places['webinar live']}/"
    yield Room("webinars at the desk", "/desk/webinars/")
    yield Room("a new webinar, refused", "/desk/webinars/new/", _nothing_said)
    yield Room("a new series", "/desk/webinars/series/")
    yield Room("a live webinar at the desk", live)
    for name in ("words/", "time/", "team/", "cancel/", "seats/", "reminders/"):
        yield Room(f"a webinar at the desk, {name}", f"{full}{name}", open_everything)
    yield Room("its video room at the desk", f"{live}room/")
    yield Room("its slides at the desk", f"{live}slides/", open_everything)
    yield Room("leading the hour", f"{hour}live/lead/", open_everything)
    yield Room("opening a language", f"{hour}live/lanes/")
    yield Room("sending the sound", f"{hour}live/sending/")
    for name in ("", "after/", "after/answers/", "recordings/", "figures/"):
        yield Room(f"over, at the desk, {name}", f"{over}{name}", open_everything)
    yield Room("figures of a series", "/desk/webinars/series/an-hour/figures/")


def _nothing_said(page: Page) -> None:
    """The form of the page, sent empty."""
    page.evaluate(
        "document.querySelectorAll('main form').forEach((one) => (one.noValidate = true))"
    )
    with page.expect_navigation():
        page.locator("main form:has(.field) button.do").last.click()
    expect(page.locator("#errors")).to_be_visible()
