"""Every kind of page there is, as its readers find it. Used by the tests of what holds for all
pages: nothing an aid to reading stumbles over, and nothing wider than a phone."""

import json
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys import briefing_rooms, home_rooms, library_rooms, mail_rooms, webinar_rooms
from tests.journeys.house import House, only_one
from tests.journeys.people import Person, join, mark
from tests.journeys.room import Room, open_everything

LONG = "w" * 120


def _send_empty(page: Page) -> None:
    """The form of the page, refused."""
    page.evaluate(
        "document.querySelectorAll('main form').forEach((one) => (one.noValidate = true))"
    )
    form = page.locator("main form", has=page.locator("[name=title], [name=email]"))
    with page.expect_navigation():
        form.first.locator("button.do").click()
    expect(page.locator("#errors")).to_be_visible()


def _send_stale(page: Page) -> None:
    page.locator("[name=title]").fill("A title that stays")
    page.locator("[name=body]").fill("Words that stay.\nAll of them.")
    page.context.clear_cookies(name="csrftoken")
    with page.expect_navigation():
        page.locator("main form[data-keep] button.do").click()
    expect(page.locator("main textarea")).to_be_visible()


def _ask_for_a_code(page: Page) -> None:
    page.locator("[name=email]").fill(f"{mark().lower()}@example.org")
    page.locator("main form button.do").first.click()
    expect(page.locator("[name=code]")).to_be_visible()


def of_visitors(places: dict[str, str]) -> Iterator[Room]:
    yield Room("home", "/")
    for name in ("questions", "experiences", "ideas", "discussions", "notices", "library"):
        yield Room(f"list of {name}", f"/{name}/", open_everything)
    for name in ("question", "experience", "notice"):
        yield Room(name, places[name])
    yield from library_rooms.of_visitors(places)
    yield from mail_rooms.of_visitors(places)
    yield from webinar_rooms.of_visitors(places)
    yield from home_rooms.of_visitors(places)
    yield from briefing_rooms.of_visitors(places)
    yield Room("topics", "/topics/")
    yield Room("topic", "/topics/child-participation/")
    yield Room("country", "/countries/ke/")
    yield Room("profile", places["profile"])
    yield Room("search, before", "/search/")
    yield Room("search, found", "/search/?q=committee", open_everything)
    yield Room("search, mended", "/search/?q=comittee")
    yield Room("search, nothing", "/search/?q=zzyzxqj&kind=notice")
    yield Room("ask", "/ask/", open_everything)
    yield Room("share", "/share/")
    yield Room("share a notice", "/share/notice/")
    yield Room("first step of an experience", "/share/experience/")
    yield Room("join", "/join/", open_everything)
    yield Room("join, refused", "/join/", _send_empty)
    yield Room("sign in", "/sign-in/")
    yield Room("first-host link, used", "/first-host/guess/")
    for name in ("help-now", "about", "code-of-conduct", "privacy", "safeguarding", "contact"):
        yield Room(name, f"/{name}/")
    yield Room("how it works", "/how-it-works/")
    yield Room("report a concern", "/report/", open_everything)
    yield Room("report received", "/report/received/?now=1&hidden=1&country=KE")
    yield Room("no line", "/offline/")
    yield Room("404", "/nothing-of-the-kind/")
    yield Room("400", "/search/?" + "&".join(["a=b"] * 400))
    yield Room("414", "/search/?q=" + "a" * 9_000)
    yield Room("403, words kept", "/ask/", _send_stale)
    yield Room("the code", "/sign-in/", _ask_for_a_code)


def of_members(places: dict[str, str]) -> Iterator[Room]:
    yield from library_rooms.of_members(places)
    yield from mail_rooms.of_members(places)
    yield from webinar_rooms.of_members(places)
    yield from briefing_rooms.of_members(places)
    yield Room("you", "/me/")
    yield Room("words of one's own in briefs", "/briefs/quotes/")
    yield Room("welcome", "/welcome/")
    yield Room("your profile", "/me/profile/")
    yield Room("your address", "/me/email/")
    yield Room("security", "/me/security/")
    yield Room("authenticator app", "/me/security/app/")
    yield Room("passkeys", "/me/security/passkeys/")
    yield Room("a new passkey", "/me/security/passkeys/add/")
    yield Room("sign out", "/sign-out/")
    yield Room("ask, refused", "/ask/", _send_empty)
    yield Room("your own question", places["own"], open_everything)
    yield Room("a word to an answer", places["own"] + "?to=" + places["reply"] + "#say")
    yield Room("revise", places["own words"])
    yield Room("withdraw", places["own words"].replace("words", "withdrawal"))
    yield Room("revise an answer", f"/answers/{places['reply']}/words/")
    yield Room("withdraw an answer", f"/answers/{places['reply']}/withdrawal/")
    yield Room("following", places["own words"].replace("words", "following"))
    yield Room("all that is followed", "/me/mail/")
    yield Room("how mail comes", "/me/mail/wishes/")
    yield Room("what was sent", "/me/mail/sent/")
    yield Room("following a topic", "/me/mail/follow/topic/child-participation/")
    yield Room("a step of an experience", places["step"])
    yield Room("where it was", places["step"].replace("/did/", "/context/"))
    yield Room("review", places["step"].replace("/did/", "/review/"))


def of_hosts(places: dict[str, str]) -> Iterator[Room]:
    yield from library_rooms.of_hosts(places)
    yield from mail_rooms.of_hosts(places)
    yield from webinar_rooms.of_hosts(places)
    yield from home_rooms.of_hosts(places)
    yield from briefing_rooms.of_hosts(places)
    yield Room("desk", "/desk/")
    yield Room("note", places["waiting"] + "?what=rewrite")
    yield Room("too late", places["decided"] + "?what=hold")
    yield Room("waiting question", places["waiting question"])
    yield Room("log", "/desk/log/")
    yield Room("people", "/desk/people/")
    for name in ("", "answers/", "mail/", "report/"):
        yield Room(f"figures {name}", f"/desk/figures/{name}", open_everything)
    yield Room("figures, refused", "/desk/figures/?since=May")
    yield Room("who looks after safeguarding", "/desk/safeguarding/")
    yield Room("recovery codes", "/me/security/recovery-codes/")
    yield Room("new recovery codes", "/me/security/recovery-codes/new/")
    yield Room("remove the app", "/me/security/app/remove/")
    yield Room("outbox", "/outbox/")
    yield Room("a mail", places["mail"])


def furnished(house: House, host: Person, member: Person, chen: Person) -> dict[str, str]:
    """The addresses of pages with something on them; made once in a run, by people."""
    path = Path(house.base, "places.json")
    with only_one(path.with_suffix(".lock")):
        if not path.exists():
            house.command("demo")
            places = {
                **(public := _read_by_everybody(member)),
                **_own_words(member),
                **_at_the_desk(host, chen),
                **library_rooms.furnished(house, host, member),
                **mail_rooms.furnished(house, member, public["profile"]),
                **webinar_rooms.furnished(house, host, member),
                **home_rooms.furnished(house, host),
                **briefing_rooms.furnished(house, host, member),
            }
            kept = {name: url.removeprefix(house.url) for name, url in places.items()}
            path.write_text(json.dumps(kept))
    found: dict[str, str] = json.loads(path.read_text())
    return found


def _read_by_everybody(member: Person) -> dict[str, str]:
    places = {}
    for name in ("question", "experience", "notice"):
        member.go(f"/{name}s/")
        places[name] = _first_card(member)
    member.go("/me/profile/")
    member.send("display_name", practice="Listening")
    pictures = member.house.command("shell", "-c", _NUMBER.format(member.email)).split()
    return {**places, "profile": f"/people/{pictures[-1]}/"}


_NUMBER = "from exchange.members.models import Member; print(Member.objects.get(email='{}').pk)"


def _first_card(person: Person) -> str:
    return person.page.locator("main .card a").first.get_attribute("href") or ""


def _own_words(member: Person) -> dict[str, str]:
    """A question with a long word, its answer and a word to it; an experience half written."""
    member.go("/ask/")
    member.send("title", title=f"A question of {mark()} about {LONG}", body=LONG * 20)
    expect(member.page.locator("article h1")).to_be_visible()
    own = member.page.url
    number = own.split("/questions/")[1].split("-")[0]
    member.send("body", body=f"An answer. {LONG}")
    reply = member.page.locator(".reply").first.get_attribute("id") or ""
    reply = reply.removeprefix("reply-")
    member.go(f"{own}?to={reply}")
    member.send("body", body="A word to it.")
    expect(member.page.locator(".nested")).to_be_visible()
    member.go("/share/experience/")
    member.send("title", title=f"Half an experience of {mark()}")
    member.send("faced", faced="Rain.")
    member.page.wait_for_url("**/did/")
    return {
        "own": own,
        "own words": f"/contributions/{number}/words/",
        "reply": reply,
        "step": member.page.url,
    }


def _at_the_desk(host: Person, chen: Person) -> dict[str, str]:
    """A newcomer's questions: one that waits, one that has been decided."""
    join(chen)
    decided, waiting = f"Decided in {mark()}", f"Waiting in {mark()} for {LONG}"
    decisions = {}
    for title in (decided, waiting):
        chen.go("/ask/")
        chen.send("title", title=title, body="What would you do?")
        expect(chen.page.locator("article h1")).to_be_visible()
        decisions[title] = chen.page.url.split("/questions/")[1].split("-")[0]
    host.go("/desk/")
    heading = host.page.locator("h3", has_text=decided)
    first = host.page.locator("#contributions article", has=heading)
    first.locator("button[value=publish]").click()
    expect(first).to_have_count(0)
    host.go("/outbox/")
    mail = host.page.locator("main .card a").first.get_attribute("href") or ""
    return {
        "waiting": f"/desk/contributions/{decisions[waiting]}/decision/",
        "decided": f"/desk/contributions/{decisions[decided]}/decision/",
        "waiting question": chen.page.url,
        "mail": mail,
    }
