"""Close to home: a workshop that goes on as a group, a question carried between languages, a voice
without a name, and leaving both ways."""

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PersonMaker, waits_at_the_desk, welcome
from tests.journeys.correspondent import Correspondent
from tests.journeys.group_rooms import come_in_quietly, inside, invitation_in, open_group
from tests.journeys.house import House
from tests.journeys.people import Person, join, letters_to, mark, set_up_app, text_of

pytestmark = pytest.mark.journey

PARTICIPANTS = 25
# So many come by the link in the letter, the others by answering it.
BY_PHONE = 4
GOODBYE = {
    "stay": "What you wrote stays, without your name.",
    "go": "What you wrote is taken back as well.",
}


def test_a_workshop_goes_on_as_a_group(exchange: House, host: Person, person: PersonMaker) -> None:
    """25 people invited in one paste; by mail, with a browser, and on the way into the Exchange."""
    word = mark().lower()
    group = open_group(host, f"Workshop {word}")
    emails = [f"guest{number}.{word}@example.org" for number in range(PARTICIPANTS)]
    host.go(f"{group}invite/")
    pasted = "\n".join(f"Guest {n} <{email}>" for n, email in enumerate(emails)) + f", {emails[0]}"
    host.send("addresses", addresses=pasted)
    host.see("25")
    letters = {email: Correspondent(exchange, email, email).letter(word) for email in emails}
    assert len(letters_to(exchange, emails[0])) == 1

    on_phone = person("Amina")
    on_phone.email = emails[0]
    _comes_in_with_a_browser(on_phone, invitation_in(text_of(letters[emails[0]])))
    for email in emails[1:BY_PHONE]:
        context = host.context.browser.new_context()
        come_in_quietly(context, exchange, letter=text_of(letters[email]), email=email)
        context.close()
    _come_in_by_mail(exchange, {email: letters[email] for email in emails[BY_PHONE:]})
    host.go(f"{group}invite/")
    host.see("25 came in")

    _a_meeting_with_notes_and_a_point(host, on_phone, group)
    Correspondent(exchange, emails[1], emails[1]).letter("The chairs are with the school")
    stranger = person("Chen")
    stranger.page.goto(f"{exchange.url}{group}meetings/")
    expect(stranger.page.locator("body")).not_to_contain_text("Who brings the chairs")


def _come_in_by_mail(exchange: House, letters: dict[str, EmailMessage]) -> None:
    """Yes to the invitation, yes to joining: two mails each, all at once."""
    people = {email: Correspondent(exchange, email.partition("@")[0], email) for email in letters}
    for email, one in people.items():
        one.answer("Yes", letters[email])
    for one in people.values():
        one.answer("Yes", one.letter("18"))
    for one in people.values():
        one.letter("Welcome")


def _comes_in_with_a_browser(guest: Person, link: str) -> None:
    guest.go(link)
    guest.page.locator("button[value=join]").click()
    join(guest, already_there=True)
    yes = guest.page.locator("button[value=yes]")
    if yes.count():
        yes.click()
    expect(guest.page.locator("main")).to_contain_text("Workshop")


def _a_meeting_with_notes_and_a_point(host: Person, guest: Person, group: str) -> None:
    """All of it on a phone, but for the host's hour."""
    host.go(f"{group}meetings/new/")
    form = host.form("title")
    form.locator("[name=title]").fill("Our first month")
    for field in form.locator("input[type=date]").all():
        field.fill("2030-03-05")
    for field in form.locator("input[type=time]").all():
        field.fill("14:00")
    form.locator("button.do").click()
    expect(host.page.locator("h1")).to_have_text("Our first month")
    meeting = host.page.url

    guest.go(meeting)
    guest.page.locator("details summary", has_text="Propose a point").click()
    guest.send("title", title="Who brings the chairs?")
    guest.go(meeting)
    guest.page.get_by_role("link", name="Write the notes").click()
    guest.send("body", body="We met under the tree. The chairs are with the school.")
    finish = guest.page.get_by_role("button", name="Finish, and send to the group")
    if finish.count():
        finish.click()
    expect(inside(guest, "The chairs are with the school.")).to_be_visible()
    guest.go(meeting)
    guest.page.get_by_role("link", name="Add a point of action").click()
    guest.send("title", title="Ask the school for the chairs")
    guest.go(f"{group}points/")
    guest.see("Ask the school for the chairs")
    guest.page.get_by_role("link", name="Ask the school for the chairs").first.click()
    guest.page.get_by_role("button", name="It is done").click()
    guest.see("Done")


def test_a_question_in_swahili_is_answered_and_found_in_english(
    host: Person, member: Person, person: PersonMaker
) -> None:
    word = mark().lower()
    title = f"Je, wazazi wanafanya nini watoto wakitoka shule mapema {word}?"
    asker = person("Zuri", locale="sw")
    join(asker)
    welcome(host, asker)
    asker.go("/sw/ask/")
    asker.page.locator("[name=language]").select_option("sw")
    asker.send("title", title=title, body="Watoto wengi hubaki peke yao mchana kutwa.")
    expect(asker.page.locator("main h1")).to_have_text(title)
    question = asker.page.url.partition("#")[0].replace("/sw/", "/")

    member.go(question.replace("/questions/", "/sw/questions/"))
    member.page.locator("#say ~ form [name=language]").select_option("sw")
    member.send("body", body="Kwetu mabibi huwakusanya uwanjani hadi jioni.")
    expect(member.page.locator(".reply")).to_contain_text("mabibi")

    _translated(member, host, question, word)
    visitor = person("Visitor")
    visitor.go(f"/search/?q=parents+school+early+{word}")
    expect(visitor.page.locator("main")).to_contain_text("What do parents do")
    visitor.page.get_by_role("link", name=re.compile("What do parents do")).first.click()
    expect(visitor.page.locator("main")).to_contain_text("Many children stay alone")
    original = visitor.page.locator("[lang=sw]", has_text="hubaki peke yao")
    expect(original.first).to_be_attached()


def _translated(member: Person, host: Person, question: str, word: str) -> None:
    """A volunteer translates side by side on a phone; a host reads it beside the original."""
    member.go(question)
    member.page.locator("main a[href*='/translations/text/']").first.click()
    form = member.form("language")
    form.locator("[name=language]").select_option("en")
    form.locator("button[formaction]").click()
    fields = member.page.locator("main form textarea, main form input[type=text]")
    fields.nth(0).fill(f"What do parents do when children leave school early {word}?")
    fields.nth(1).fill("Many children stay alone the whole day.")
    member.page.locator("button[value=send]").click()
    host.go("/translations/")
    waiting = host.page.locator("a[href*='/look/']")
    expect(waiting.first).to_be_visible()
    for link in [one.get_attribute("href") or "" for one in waiting.all()]:
        host.go(link)
        if word in (host.page.locator("main").inner_text()):
            break
    host.page.locator("main form button.do").first.click()


def test_a_voice_without_a_name_is_betrayed_by_no_door(
    exchange: House, host: Person, member: Person, person: PersonMaker
) -> None:
    """Two hosts keep the voices; she writes; nothing that anybody can open says who she is."""
    second = person("Desta", width=1280, height=900)
    join(second)
    exchange.command("host", "add", second.email)
    second.go("/desk/")
    set_up_app(second)
    _keep_the_voices(host, second)
    _keep_the_voices(second, host)

    word = mark()
    title = f"How we went on at night in {word}"
    member.go("/share/discussion/")
    member.page.locator("summary", has_text="dangerous for you").click()
    member.page.locator("[name=protected]").check()
    member.page.locator("[name=region]").select_option("east-africa")
    member.send("title", title=title, body="The elders asked us to stop. We went on.")
    member.see(title)
    waiting = waits_at_the_desk(host, title)
    expect(waiting).not_to_contain_text(member.name)
    waiting.locator("button[value=publish]").click()
    expect(waiting).to_have_count(0)

    visitor = person("Visitor")
    visitor.go("/discussions/")
    visitor.page.get_by_role("link", name=title).first.click()
    expect(visitor.page.locator("main")).to_contain_text("A practitioner, East Africa")
    expect(visitor.page.locator("main article").first).not_to_contain_text(member.name)
    for door in ("/", "/discussions/", f"/search/?q={word}"):
        visitor.go(door)
        for one in visitor.page.locator("main .card, main li", has_text=title).all():
            expect(one).not_to_contain_text(member.name)
    member.go("/me/")
    member.page.get_by_role("link", name="What you wrote without your name").click()
    member.see(title)
    letters = [text_of(one) for one in letters_to(exchange, host.email)]
    assert not [one for one in letters if title in one and member.name in one]


def _keep_the_voices(by: Person, keeper: Person) -> None:
    by.go("/desk/voices/")
    by.page.locator("select[name=member]").select_option(label=keeper.name)
    by.page.get_by_role("button", name="Name them").click()
    by.see(keeper.name)


@pytest.mark.parametrize("words", ["stay", "go"])
def test_leaving_both_ways(exchange: House, host: Person, person: PersonMaker, words: str) -> None:
    leaver = person("Noor")
    join(leaver)
    welcome(host, leaver)
    title = f"What do you say at the door in {mark()}?"
    leaver.go("/ask/")
    leaver.send("title", title=title)
    question = leaver.page.url.partition("#")[0]

    leaver.go("/me/data/")
    with leaver.page.expect_download() as kept:
        leaver.page.locator("a[href$='/me/data/page/']").click()
    assert title in kept.value.path().read_text()
    leaver.go("/me/leaving/")
    leaver.page.locator(f"[name=words][value={words}]").check()
    leaver.send("address", address=leaver.email)
    expect(leaver.page.locator("form[action$='/sign-out/']")).to_have_count(0)
    leaver.mail(GOODBYE[words])

    visitor = person("Visitor")
    answer = visitor.page.goto(question)
    assert answer is not None
    if words == "stay":
        visitor.see(title)
        expect(visitor.page.locator("body")).not_to_contain_text(leaver.name)
    else:
        assert answer.status in (404, 410)
