"""Every kind of page of briefs and newsletters, of what is told elsewhere, and of the way to the
writing room, with something on each. Used by rooms.py."""

import json
from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.journeys.house import House
from tests.journeys.people import Person, mark
from tests.journeys.room import Room, open_everything

# A talk with an answer; a brief of it that is out and one that waits for a yes; an issue that is
# being built and one that has gone out; people who were asked, or stopped. Nobody gets it: another
# journey counts whom it reaches. Both issues are of an earlier time, so the next begins as usual.
_MADE = """
import json
from datetime import timedelta
from exchange.announcing.fediverse.actions import block, switch_on
from exchange.announcing.models import Announcement, Telling
from exchange.announcing.webhooks.actions import make_channel
from exchange.briefings.briefs import actions as briefs
from exchange.briefings.builder import actions as builder, items
from exchange.briefings.models import Newsletter, Subscriber
from exchange.briefings.quoting import actions as quoting, words
from exchange.briefings.quoting.sources import Passage
from exchange.briefings.sending import actions as sending
from exchange.briefings.subscribing import actions as subscribing
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.conversation.actions import answer
from exchange.core.time import now
from exchange.mail import tokens
from exchange.members.models import Member

host = Member.objects.get(email="{host}")
reader = Member.objects.get(email="{reader}")
today = now().date()
where = dict(topics=("child-participation",), countries=("KE", "UG"))
content = Content(title="Who is asked first in {mark}? {long}", body="Ours are away.", **where)
talk = submit(kind="discussion", content=content, author=reader)

def passage(text):
    row = answer(contribution=talk, author=reader, body=text, language="en")
    return Passage(talk.pk, row.body, row.pk), row.shown_as

def brief_of(title, *said, **given):
    quotes = "\\n\\n".join(words.as_quote(one.words, name) for one, name in said)
    body = f"It works. {long}\\n\\n## What people said\\n\\n{{quotes}}\\n\\n## What to try\\n\\n- Ask twice.\\n- {long}"
    text = Content(title=title, body=body, **where)
    passages = [one for one, _name in said]
    row = briefs.prepare(content=text, by=host, sources=[talk], quotes=passages, **given)
    quoting.ask(brief=row, by=host)
    return row

said = passage("The elders of {mark} sat down with the fathers first, said {long}.")
other = passage("The mothers of {mark} came a week later, and brought their neighbours.")
long_ago = today - timedelta(days=1)
told = dict(message="{long} " * 3, hub="east-africa")
out = brief_of("Fathers first in {mark} {long}", said, review_on=long_ago, **told)
quoting.answer(quote=out.quotes.get(), how="named")
out.refresh_from_db()
out = briefs.publish(brief=out, by=host, insist=True)
waits = brief_of("Mothers next in {mark}", said, other, **told)
quote = waits.quotes.last()

def issue_of(name, **given):
    days = dict(since=today - timedelta(days=30), until=today)
    hubs = [("east-africa", "sw")]
    return builder.begin(name=name, languages=["en", "ar"], hubs=hubs, by=host, **days, **given)

def written(issue):
    for edition in Newsletter.objects.filter(issue=issue):
        box = dict(local_title="From the hub {long}"[:110], local="{long} " * 3, message="{long} " * 3)
        Newsletter.objects.filter(pk=edition.pk).update(body="{long} " * 3, **box)
        edition.refresh_from_db()
        items.add(edition=edition, contribution_id=out.pk, by=host)
        item = edition.items.first()
        items.introduce(edition=edition, item_id=item.pk, intro="{long} " * 3, by=host)
        yield edition

def edition_of(issue):
    return issue.editions.get(language="en", hub="")

rows = dict()
for name in ("asked", "leaves"):
    address = f"{{name}}.{mark}@example.net".lower()
    subscribing.ask(address=address, language="en", hub="east-africa")
    rows[name] = Subscriber.objects.get(address=address)
subscribing.confirm(subscriber=rows["leaves"])
subscribing.stop(subscriber=rows["leaves"])
draft, gone = issue_of("{long}"[:110], needs_two=True), issue_of("Gone out in {mark}")
list(written(draft))
for edition in written(gone):
    builder.release(edition=edition, by=host, insist=True)
    sending.start(edition=edition)

for issue in (draft, gone):
    issue.since, issue.until = today - timedelta(days=75), today - timedelta(days=45)
    issue.save()

def token(what, row):
    return tokens.make(what, person=0, item=row.pk, days=30)

channel = make_channel(address="http://127.0.0.1:9/{mark}", secret="x", by=host, name="{long}")
announced = Announcement.objects.first() or Announcement.objects.create(
    contribution=out, kind="brief", language="en"
)
for what, fate in (("new", "sent"), ("gone", "failed")):
    given = dict(channel=channel, announcement=announced, what=what)
    Telling.objects.create(fate=fate, code="answered-500", **given)
switch_on(handle="exchange", name="The Exchange {long}"[:80], summary="{long} " * 3, by=host)
block(domain="spam.example.org", by=host)
left = edition_of(gone)
print(json.dumps(dict(
    brief=f"/briefs/{{out.pk}}-{{out.slug}}/",
    quote=f"/briefs/quotes/{{quote.key}}/",
    talk=f"/discussions/{{talk.pk}}-x/",
    newsletter=f"/newsletters/{{left.pk}}-{{left.slug}}/",
    stopped=f"/newsletters/mine/{{rows['leaves'].key}}/",
    confirm="/newsletters/yes/" + token(tokens.What.NEWS_CONFIRM, rows["asked"]) + "/",
    stop="/newsletters/stop/" + token(tokens.What.NEWS_STOP, rows["leaves"]) + "/",
    stop_by_page="/newsletters/stop/" + token(tokens.What.NEWS_PAGE, rows["leaves"]) + "/",
    brief_new=f"/desk/briefs/new/?from={{talk.pk}}",
    brief_out=f"/desk/briefs/{{out.pk}}/",
    brief_waits=f"/desk/briefs/{{waits.pk}}/",
    issue=f"/desk/newsletters/{{draft.pk}}/",
    issue_gone=f"/desk/newsletters/{{gone.pk}}/",
    edition=f"/desk/newsletters/editions/{{edition_of(draft).pk}}/",
    edition_gone=f"/desk/newsletters/editions/{{left.pk}}/",
    channel=f"/desk/announcing/{{channel.pk}}/",
    pass_on=f"/contributions/{{out.pk}}/passing/",
)))
"""


def furnished(house: House, host: Person, member: Person) -> dict[str, str]:
    code = _MADE.format(host=host.email, reader=member.email, long="w" * 70, mark=mark())
    made: dict[str, str] = json.loads(house.command("shell", "-c", code).splitlines()[-1])
    return {f"of briefings: {name}": path for name, path in made.items()}


def of_visitors(places: dict[str, str]) -> Iterator[Room]:
    yield Room("briefs", "/briefs/", open_everything)
    yield Room("a brief", _of(places, "brief"), open_everything)
    yield Room("what a brief sums up", _of(places, "talk"))
    yield Room("a quote, to be answered", _of(places, "quote"))
    yield Room("passing on", _of(places, "pass_on"), open_everything)
    yield Room("newsletters", "/newsletters/", open_everything)
    yield Room("a newsletter", _of(places, "newsletter"), open_everything)
    yield Room("getting the newsletter", "/newsletters/subscribe/")
    yield Room("getting it, refused", "/newsletters/subscribe/", _refused)
    yield Room("getting it, asked by mail", "/newsletters/subscribe/?sent=1")
    yield Room("yes to the newsletter", _of(places, "confirm"))
    yield Room("yes, too late", "/newsletters/yes/guess/")
    yield Room("one's newsletter, stopped", _of(places, "stopped"))
    yield Room("stopping the newsletter", _of(places, "stop"))
    yield Room("stopping it from a copy", _of(places, "stop_by_page"))
    yield Room("stopping, too late", "/newsletters/stop/guess/")


def of_members(places: dict[str, str]) -> Iterator[Room]:
    yield Room("getting the newsletter, a member", "/newsletters/subscribe/")
    yield Room("a quote of one's own", _of(places, "quote"))


def of_hosts(places: dict[str, str]) -> Iterator[Room]:
    yield Room("a brief, as a host sees it", _of(places, "brief"), open_everything)
    yield Room("briefs at the desk", "/desk/briefs/", open_everything)
    yield Room("a new brief", "/desk/briefs/new/", open_everything)
    yield Room("a brief of a talk", _of(places, "brief_new"), open_everything)
    yield Room("a brief of a talk, refused", _of(places, "brief_new"), _empty_brief)
    for name in ("brief_out", "brief_waits"):
        yield Room(name, _of(places, name), open_everything)
        yield Room(f"words of {name}", _of(places, name) + "words/", open_everything)
    yield Room("building newsletters", "/desk/newsletters/", open_everything)
    for name in ("issue", "issue_gone", "edition", "edition_gone"):
        yield Room(name, _of(places, name), open_everything)
    yield Room("an edition, refused", _of(places, "edition"), _no_subject)
    yield Room("letting an issue go", _of(places, "issue") + "release/", open_everything)
    yield Room("looking at an edition", _of(places, "edition") + "look/", open_everything)
    yield Room("letting an edition go", _of(places, "edition") + "release/", open_everything)
    yield Room("how it is sent", _of(places, "issue_gone") + "sending/", open_everything)
    yield Room("subscribers", "/desk/subscribers/", open_everything)
    yield Room("telling elsewhere", "/desk/announcing/", open_everything)
    yield Room("a new channel", "/desk/announcing/new/", open_everything)
    yield Room("a channel", _of(places, "channel"), open_everything)
    yield Room("changing a channel", _of(places, "channel") + "change/", open_everything)
    yield Room("the fediverse", "/desk/announcing/fediverse/", open_everything)
    yield Room("the writing room opens", "/desk/", _while_closed)


# Where the page stands that says it is being opened, and nobody thereby wishes that it be.
_NO_WISH = "/desk/write/editing-sessions/"


def _while_closed(page: Page) -> None:
    """It looks again by itself, which is stopped here; another journey may have opened the room."""
    page.goto(_NO_WISH)
    page.evaluate("stop()")
    if not page.locator("main .lead").count():
        page.goto("/desk/")


def _of(places: dict[str, str], name: str) -> str:
    return places[f"of briefings: {name}"]


def _refused(page: Page) -> None:
    page.evaluate(
        "document.querySelectorAll('main form').forEach((one) => (one.noValidate = true))"
    )
    with page.expect_navigation():
        page.locator("main form button.do").last.click()
    expect(page.locator("#errors")).to_be_visible()


def _empty_brief(page: Page) -> None:
    page.locator("[name=title]").fill("")
    page.locator("[name=body]").fill("")
    _refused(page)


def _no_subject(page: Page) -> None:
    page.locator("[name=title]").fill("")
    page.evaluate(
        "document.querySelectorAll('main form').forEach((one) => (one.noValidate = true))"
    )
    with page.expect_navigation():
        page.locator("main button.do[value=save]").click()
    expect(page.locator("#errors")).to_be_visible()
