"""What people do in hubs and working groups, with a browser and, for many at once, without showing
each page. Used by journeys."""

from __future__ import annotations

import re
from html import unescape

from playwright.sync_api import APIResponse, BrowserContext, Locator, expect

from tests.journeys.house import House
from tests.journeys.people import Person, code_from_outbox

_FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_LINK = re.compile(r"http://\S+/hubs/invitations/[^\s/]+/")


def open_group(host: Person, name: str) -> str:
    """A host of the Exchange opens a working group; gives its address."""
    host.go("/desk/hubs/new/")
    form = host.form("name_en")
    kinds = form.locator("[name=kind]")
    if kinds.count() and kinds.first.evaluate("one => one.tagName") == "SELECT":
        kinds.select_option("group")
    elif kinds.count():
        form.locator("[name=kind][value=group]").check()
    host.send("name_en", name_en=name, about_en="People of one workshop, who go on together.")
    found = host.page.locator(f"a:has-text('{name}'), h1:has-text('{name}')").first
    expect(found).to_be_visible()
    if "/desk/" in host.page.url:
        host.page.get_by_role("link", name=name).first.click()
    address = re.search(r"/hubs/[a-z0-9-]+/", host.page.url)
    assert address, host.page.url
    _host_it_too(host, address[0])
    return address[0]


def _host_it_too(host: Person, group: str) -> None:
    """Who opens a group need not belong to it; this one does, and hosts it."""
    host.go(f"{group}join/")
    host.send("words", words="I held the workshop.")
    host.go(f"{group}people/")
    host.page.locator(f"main a[href*='{group}people/']", has_text=host.name).click()
    host.page.locator("button[value=take-in]").click()
    host.go(f"{group}people/")
    host.page.get_by_role("link", name="Change the role").click()
    role = host.page.locator("main [name=role]")
    if role.first.evaluate("one => one.tagName") == "SELECT":
        role.select_option("host")
    else:
        host.page.locator("main [name=role][value=host]").check()
    host.page.locator("button[value=role]").click()
    host.go(group)
    host.see("Invite people")


def invitation_in(letter: str) -> str:
    found = _LINK.search(letter)
    assert found, letter
    return found[0]


def come_in_quietly(context: BrowserContext, house: House, *, letter: str, email: str) -> None:
    """From the letter to inside the group: joining the Exchange on the way. The same requests as a
    browser's, without its pictures and style."""
    link = invitation_in(letter)
    answer = _post(context, context.request.get(link), link, act="join")
    answer = _post(
        context,
        answer,
        answer.url,
        email=email,
        display_name=email.partition("@")[0].title().replace(".", " "),
        adult="on",
        conduct="on",
    )
    answer = _post(context, answer, answer.url, code=code_from_outbox(house, email))
    if 'value="yes"' in answer.text():
        answer = _post(context, answer, answer.url, act="yes")
    assert answer.ok, f"{answer.status} {answer.url}"


def _post(context: BrowserContext, page: APIResponse, url: str, **fields: str) -> APIResponse:
    assert page.ok, f"{page.status} {page.url}"
    token = _FIELD.search(page.text())
    assert token, page.url
    kept = _hidden(page.text())
    typed = {**kept, "csrfmiddlewaretoken": token[1], **fields}
    answer = context.request.post(url, form=typed)
    assert answer.status < 400, f"{answer.status} {answer.url} {sorted(fields)}"
    return answer


def _hidden(page: str) -> dict[str, str]:
    """What the main form sends beside what is typed."""
    main = page.partition("<main")[2]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main)
    return {name: unescape(value) for name, value in found}


def inside(person: Person, words: str) -> Locator:
    """A passage of what a group keeps for itself."""
    return person.page.locator("main").get_by_text(words).first
