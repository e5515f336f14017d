"""The people of the journeys: each a browser of their own, with an address at which real mail
arrives. Used by conftest.py and the journeys."""

import json
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from functools import cache
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.journeys.house import House

# What a browser says of an answer that is not 200, or of a lost line: the journeys look at that
# themselves.
_EXPECTED = ("Failed to load resource", "net::ERR_INTERNET_DISCONNECTED")
_CODE = re.compile(r"^ {4}([A-Z0-9]{3}-[A-Z0-9]{3})$", re.MULTILINE)
MAIL_WITHIN = 15
HALF_MINUTE = 30


@dataclass
class Person:
    """Somebody with a phone (or another screen), and what they know of themselves."""

    house: House
    context: BrowserContext
    page: Page
    email: str
    name: str
    secret: str = ""
    trouble: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.house.url + path)

    def see(self, words: str) -> None:
        """The words stand on the page."""
        expect(self.page.locator("main")).to_contain_text(words)

    def form(self, field_name: str) -> Locator:
        """The form that has a field of this name."""
        return self.page.locator("main form", has=self.page.locator(f"[name={field_name}]"))

    def send(self, field_name: str, **typed: str) -> None:
        """Fill a form's fields by name, and press its main button."""
        form = self.form(field_name)
        for name, value in typed.items():
            form.locator(f"[name={name}]").fill(value)
        form.locator("button.do").click()

    def mails(self) -> list[EmailMessage]:
        """Everything that came to this address, the oldest first."""
        return letters_to(self.house, self.email)

    def mail(self, containing: str) -> str:
        """The text of the mail that says this, as soon as it is there."""
        until = time.monotonic() + MAIL_WITHIN
        while time.monotonic() < until:
            for mail in reversed(self.mails()):
                text = text_of(mail)
                if containing in f"{mail['Subject']}\n{text}":
                    return text
            time.sleep(0.1)
        subjects = [mail["Subject"] for mail in self.mails()]
        raise AssertionError(f"No mail to {self.name} says {containing!r}; there are {subjects}")

    def remember(self) -> dict[str, Any]:
        """What another device of the same person needs to be signed in."""
        return {"name": self.name, "email": self.email, "secret": self.secret}


def open_browser(
    browser: Browser,
    house: House,
    *,
    name: str,
    width: int = 360,
    height: int = 740,
    like: Person | dict[str, Any] | None = None,
    **options: Any,
) -> Person:
    """A fresh browser. `like` is somebody whose sign-in it shares, or whom it belongs to."""
    known = like if isinstance(like, dict) else like.remember() if like else {}
    context = browser.new_context(
        base_url=house.url,
        viewport={"width": width, "height": height},
        has_touch=width < 768,
        storage_state=known.get("state"),
        **options,
    )
    context.set_default_timeout(15_000)
    # A machine that is shared may stand still for a while; what a page costs is measured elsewhere.
    context.set_default_navigation_timeout(30_000)
    page = context.new_page()
    name = known.get("name") or f"{name} {mark()}"
    email = known.get("email") or f"{name.lower().replace(' ', '.')}@example.org"
    person = Person(house, context, page, email, name, known.get("secret", ""))
    page.on("pageerror", lambda error: person.trouble.append(f"script: {error}"))
    page.on("console", lambda said: _listen(person, said.type, said.text))
    page.on("response", lambda answer: _watch(person, answer.status, answer.url))
    return person


def _listen(person: Person, kind: str, text: str) -> None:
    if kind == "error" and not any(words in text for words in _EXPECTED):
        person.trouble.append(f"console: {text}")


def _watch(person: Person, status: int, url: str) -> None:
    # A room that is just being opened says so by 503.
    if status >= 500 and not (status == 503 and "/desk/write/" in url):
        person.trouble.append(f"{status}: {url}")


def join(person: Person, *, already_there: bool = False) -> None:
    """Join by the page and the code in the mail."""
    if not already_there:
        person.go("/join/")
    form = person.form("display_name")
    form.locator("[name=adult]").check()
    form.locator("[name=conduct]").check()
    person.send("display_name", email=person.email, display_name=person.name)
    type_code(person)


def sign_in(person: Person, *, already_there: bool = False) -> None:
    """Sign in by a code, and by the app for those who have one."""
    before = len(person.mails())
    if not already_there:
        person.go("/sign-in/")
    person.send("email", email=person.email)
    type_code(person, after=before)
    if person.secret:
        person.send("code", code=authenticator_code(person.secret))


def sign_out(person: Person) -> None:
    person.go("/me/")
    person.page.locator("form[action$='/sign-out/'] button").click()
    expect(person.page.locator("[name=email]")).to_be_visible()


def type_code(person: Person, *, after: int = 0) -> None:
    """The code from the newest mail, into the page that asks for it."""
    expect(person.form("code").locator("button.do")).to_be_visible()
    here = person.page.url
    person.send("code", code=code_from_outbox(person.house, person.email, after=after))
    person.page.wait_for_url(lambda url: url != here)


def code_from_outbox(house: House, email: str, *, after: int = 0) -> str:
    """The newest code sent to an address; `after` so many mails it had before."""
    until = time.monotonic() + MAIL_WITHIN
    while time.monotonic() < until:
        texts = [text_of(mail) for mail in letters_to(house, email)[after:]]
        codes = [found[1] for text in texts if (found := _CODE.search(text))]
        if codes:
            return codes[-1]
        time.sleep(0.1)
    raise AssertionError(f"No code has come for {email}")


def become_host(person: Person) -> None:
    """A member is made a host on the machine, and sets up the second factor."""
    person.house.command("host", "add", person.email)
    person.go("/desk/")
    set_up_app(person)


def set_up_app(person: Person) -> None:
    """From the page that says why, through the authenticator app, to the desk."""
    person.page.locator("main a[href$='/me/security/app/']").click()
    person.secret = person.page.locator("main code").inner_text().replace(" ", "")
    person.send("code", code=authenticator_code(person.secret))
    person.page.wait_for_url("**/recovery-codes/")
    person.go("/desk/")
    expect(person.page.locator("main a[href$='/desk/log/']")).to_be_visible()


def authenticator_code(secret: str) -> str:
    """What the app would show; never one that it has shown before, for each works once."""
    while (step := int(time.time()) // HALF_MINUTE) <= _used.get(secret, 0):
        time.sleep(0.5)
    _used[secret] = step
    return format_hotp_value(hotp_value(secret, step))


_used: dict[str, int] = {}


def mark() -> str:
    """A word that is nobody else's, so that journeys side by side do not meet. Letters alone:
    the Exchange takes digits in a name for a telephone number."""
    return "".join(
        random.choice("bdfgklmnprstz") + random.choice("aeiou") for _ in range(4)
    ).title()


def shared(path: Path, make: Callable[[], Person]) -> dict[str, Any]:
    """Somebody who is made once in a run, and whose browser others may continue."""
    if not path.exists():
        person = make()
        known = person.remember() | {"state": person.context.storage_state()}
        path.write_text(json.dumps(known))
    return json.loads(path.read_text())


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\r\n", "\n")


def letters_to(house: House, email: str) -> list[EmailMessage]:
    """The .eml files of an address, the oldest first."""
    paths = sorted(house.outbox.glob("[0-9]*.eml"))  # one being written begins with a dot
    return [_letter(path) for path in paths if _addressed_to(path) == email]


@cache
def _addressed_to(path: Path) -> str | None:
    """Asked once of each letter: after a newsletter they are thousands, looked at ten times a second."""
    with path.open("rb") as letter:
        to = BytesHeaderParser(policy=policy.default).parse(letter)["To"]
    return None if to is None else str(to)


def _letter(path: Path) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    return mail
