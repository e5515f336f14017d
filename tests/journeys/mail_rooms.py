"""Every kind of page about mail, as its readers find it: what one follows, how mail comes, stopping
without signing in, the hosts' page of mail. Used by rooms.py."""

import json
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys.house import House
from tests.journeys.people import Person, mark
from tests.journeys.room import Room, open_everything

# What nobody can make by a page: a digest that came, mail that waits for a host, links of mails.
_MADE = """
import json, time
from datetime import timedelta
from django.db import transaction
from exchange.alerts.digests import chain
from exchange.alerts.models import Digest, Number, Watch, Wishes
from exchange.core.time import now
from exchange.mail import tokens
from exchange.mail.actions import queue_mail
from exchange.mail.bounces import actions as bounces
from exchange.mail.models import IncomingMail
from exchange.mail.tokens import What
from exchange.members.models import Member

reader = Member.objects.get(email="{email}")
# What was there before they came is not news to them.
Member.objects.filter(pk=reader.pk).update(joined_at=now() - timedelta(days=90))
Wishes.objects.filter(member=reader).update(
    quiet_from=None, next_digest_at=now() - timedelta(minutes=1),
    last_digest_at=now() - timedelta(days=6),
)
with transaction.atomic():
    chain.begin(now=now())
for number, outcome in enumerate(("unknown-kept", "stop-not-sure-who", "broke")):
    IncomingMail.objects.create(
        arrival=f"{mark}-{{number}}", state="kept", outcome=outcome, route="mailbox:ask",
        subject="{long}", words="{long} " * 9, from_name="{long}"[:60],
        from_address="femi@example.net", envelope_to="ask@exchange.example",
        language=("en", "en", "ar")[number], trust=("pass", "none", "fail")[number],
    )
IncomingMail.objects.create(
    arrival="{mark}-9", state="kept", outcome="broke", route="mailbox:concern"
)
for number, kind in enumerate(("hard", "policy")):
    row = queue_mail(
        to=f"{mark}{{number}}@example.net".lower(), subject="x", text="x", purpose="alert",
        key=f"{mark}:{{number}}",
    )
    bounces.came_back(mail=row, kind=kind, status=("5.1.1", "5.7.26")[number])
phone = Number.objects.create(
    member=reader, gateway="sms", address="+254700000001", code="0" * 64,
    # So that the page still waits for its code when the tests come to it.
    asked_at=now() + timedelta(days=1),
)
until = time.monotonic() + 30
while not Digest.objects.filter(member=reader).exists() and time.monotonic() < until:
    time.sleep(0.5)
topic = Watch.objects.filter(member=reader, kind="topic").first()
stops = dict(
    one=(What.STOP_WATCH, topic.pk), page=(What.PAGE_WATCH, topic.pk),
    all=(What.PAGE_ALL, 0), digest=(What.PAGE_DIGEST, 0),
)
stops = {{
    name: tokens.make(what, person=reader.pk, item=item) for name, (what, item) in stops.items()
}}
unstop = tokens.make(What.UNSTOP, person=reader.pk, item=0)
print(json.dumps(dict(
    **{{f"stop {{name}}": f"/mail/stop/{{token}}/" for name, token in stops.items()}},
    **{{"undo of a stop": f"/mail/stopped/{{unstop}}/"}},
    **{{"digest that came": f"/me/mail/digest/{{Digest.objects.get(member=reader).period}}/"}},
    **{{"number stop": f"/mail/number/{{phone.token}}/"}},
)))
"""


def furnished(house: House, member: Person, profile: str) -> dict[str, str]:
    """Somebody who follows a place of every kind, with a digest that came and a number."""
    who = profile.strip("/").split("/")[-1]
    for place in ("topic/child-participation", "country/KE", "hub/east-africa", "help"):
        member.go(f"/me/mail/follow/{place}/")
        with member.page.expect_navigation():
            member.page.locator("main button[value=digest]").first.click()
    code = _MADE.format(email=member.email, mark=mark(), long="w" * 90)
    made: dict[str, str] = json.loads(house.command("shell", "-c", code).splitlines()[-1])
    return {**made, "person": who}


def of_visitors(places: dict[str, str]) -> Iterator[Room]:
    yield Room("stopping one", places["stop one"])
    yield Room("stopping, asked for the address", places["stop page"])
    yield Room("stopping, another address", places["stop page"], _another_address)
    yield Room("stopping all", places["stop all"])
    yield Room("stopping a digest", places["stop digest"])
    yield Room("stopping, a link cut off", "/mail/stop/nonsense/")
    yield Room("undoing a stop", places["undo of a stop"])
    yield Room("stopping messages", places["number stop"])
    yield Room("stopping messages, cut off", "/mail/number/nonsense/")


def of_members(places: dict[str, str]) -> Iterator[Room]:
    number = places["own words"].split("/")[2]
    yield Room("your mail", "/me/mail/", open_everything)
    yield Room("how mail comes", "/me/mail/wishes/")
    yield Room("how mail comes, refused", "/me/mail/wishes/", _an_hour_there_is_not)
    yield Room("what we sent you", "/me/mail/sent/")
    yield Room("your next digest", "/me/mail/digest/")
    yield Room("a digest that came", places["digest that came"])
    yield Room("why did I get this", f"/me/mail/why/contribution:{number}/")
    yield Room("other ways than mail", "/me/channels/")
    yield Room("a code, refused", "/me/channels/", _a_wrong_code)
    yield Room("following a topic", "/me/mail/follow/topic/ethics/")
    yield Room("following help", "/me/mail/follow/help/")
    yield Room("topic, by a member", "/topics/child-participation/")
    yield Room("country, by a member", "/countries/ke/")
    yield Room("profile, by a member", places["profile"])
    yield Room("search, by a member", "/search/?q=committee")
    yield Room("shelf of a hub, by a member", "/library/hubs/east-africa/")


def of_hosts(places: dict[str, str]) -> Iterator[Room]:
    number = places["own words"].split("/")[2]
    yield Room("mail, for hosts", "/desk/mail/", open_everything)
    yield Room("an address, refused", "/desk/mail/", _no_address)
    yield Room("a text as a message", f"/desk/messages/contributions/{number}/")
    yield Room("following a person", f"/me/mail/follow/person/{places['person']}/")


def _another_address(page: Page) -> None:
    page.locator("[name=address]").fill("somebody@example.org")
    _refused(page, "main form button.do")


def _an_hour_there_is_not(page: Page) -> None:
    page.evaluate(
        "document.querySelector('[name=hour]').append(new Option('25', '25', true, true))"
    )
    _refused(page, "main form button.do")


def _a_wrong_code(page: Page) -> None:
    page.locator("[name=code]").fill("123456")
    _refused(page, "main form:has([name=code]) button.do")


def _no_address(page: Page) -> None:
    open_everything(page)
    page.locator("[name=local]").fill("!!")
    _refused(page, "main form:has([name=local]) button.do")


def _refused(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()
    expect(page.locator("#errors")).to_be_visible()
