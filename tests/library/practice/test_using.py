"""“We used this”: in two taps, changeable, with words that every gate and right applies to.
Run by pytest alone."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.conversation import marks
from exchange.conversation.actions import publish_reply, withdraw_reply
from exchange.conversation.models import Reply
from exchange.conversation.sealing import hold_reply_for_reports, seal_reply
from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.models import Event
from exchange.library.models import Deposit, Resource, Use
from exchange.library.practice import queries
from exchange.library.practice.actions import say_in_words, say_used
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.models import Member
from tests import cast

SignedIn = Callable[[Client, Member], Client]
WORDS = "We began with the mothers' evenings and let them lead."


def used_by(record: Resource, how: str, *countries: str) -> None:
    for number, country in enumerate(countries):
        person = cast.person(f"{how}{number}{country or 'x'}", country=country, welcomed_at=now())
        say_used(resource=record, by=person, how=how)


def told(record: Resource, by: Member, words: str = WORDS, **more: object) -> Use:
    use = say_used(resource=record, by=by, how="tried", **more)
    say_in_words(row=use, by=by, body=words, language="en", insist=True)
    return use


def test_used_by_groups_in_countries_is_said_in_words(record: Resource, visitor: Client) -> None:
    used_by(record, "adapted", "KE", "UG", "KE")
    used_by(record, "tried", "RW", "")
    used_by(record, "read", "KE")

    said = "Used by 6 groups in 3 countries: 3 adapted it, 2 tried it, 1 read it"

    assert queries.used_in_words(record) == said
    assert f"<p>{said}.</p>" in visitor.get(record.get_absolute_url()).content.decode()


def test_one_alone_is_one(record: Resource) -> None:
    used_by(record, "tried", "KE")
    assert queries.used_in_words(record) == "Used by 1 group in 1 country: 1 tried it"


def test_nobody_yet_is_an_invitation(record: Resource, visitor: Client) -> None:
    page = visitor.get(record.get_absolute_url()).content.decode()

    assert "Nobody has said yet that they used it. Have you?" in page
    assert f'href="/library/{record.pk}/use/?how=tried"' in page


def test_a_member_taps_once_and_may_say_more(
    record: Resource, amina: Member, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), amina)
    page = client.get(record.get_absolute_url()).content.decode()
    assert '<button class="do quiet" name="how" value="tried">We tried it</button>' in page

    more = client.post(f"/library/{record.pk}/use/", {"how": "tried"}, follow=True)

    use = Use.objects.get()
    assert (use.how, use.country, use.reply) == ("tried", "KE", None)
    assert "Thank you, it counts" in more.content.decode()
    assert "It counts for Kenya" in more.content.decode()
    sent = {"how": "adapted", "country": "", "setting": "village", "body": WORDS, "language": "en"}
    back = client.post(f"/library/{record.pk}/use/", {**sent, "once": "k"}, follow=True)
    use.refresh_from_db()
    assert (use.how, use.country, use.setting) == ("adapted", "", "village")
    assert use.reply is not None
    assert use.reply.body == WORDS
    assert WORDS in back.content.decode()
    assert "You said: adapted it." in back.content.decode()


def test_a_visitors_taps_survive_signing_in(
    record: Resource, amina: Member, signed_in: SignedIn
) -> None:
    linked, posted = Client(), Client()
    led = linked.get(f"/library/{record.pk}/use/?how=tried")
    assert "use%2F%3Fhow%3Dtried" in led["Location"]
    led = posted.post(f"/library/{record.pk}/use/", {"how": "adapted"})
    assert "unsent" in led["Location"]
    assert not Use.objects.exists()

    first = signed_in(linked, amina).get(f"/library/{record.pk}/use/?how=tried")
    second = signed_in(posted, amina).get(f"/library/{record.pk}/use/?unsent=1")

    assert first.context["form"]["how"].value() == "tried"
    assert second.context["form"]["how"].value() == "adapted"


def test_one_row_a_member_changed_and_taken_back(
    record: Resource, amina: Member, visitor: Client, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), amina)
    for how in ("read", "tried", "tried"):
        client.post(f"/library/{record.pk}/use/", {"how": how})
    assert [use.how for use in Use.objects.all()] == ["tried"]
    told(record, amina)
    assert WORDS in visitor.get(record.get_absolute_url()).content.decode()

    client.post(f"/library/{record.pk}/use/", {"away": "1"})

    assert not Use.objects.exists()
    assert WORDS not in visitor.get(record.get_absolute_url()).content.decode()


def test_another_cannot_take_it_away_or_speak_for_it(
    record: Resource, amina: Member, chen: Member, signed_in: SignedIn
) -> None:
    told(record, amina)

    signed_in(Client(), chen).post(f"/library/{record.pk}/use/", {"away": "1"})

    assert Use.objects.get().by == amina


def test_changed_words_change_the_answer_and_none_take_it_back(
    record: Resource, amina: Member
) -> None:
    use = told(record, amina)
    say_in_words(row=use, by=amina, body="They lead now.", language="en")
    assert [reply.body for reply in Reply.objects.all()] == ["They lead now."]

    say_in_words(row=use, by=amina, body="", language="en")

    use.refresh_from_db()
    assert use.reply is None
    assert Reply.objects.get().state == "withdrawn"


def test_a_newcomers_tap_counts_and_their_words_wait(
    record: Resource, visitor: Client, chen: Member, beatriz: Member
) -> None:
    use = told(record, chen)
    page = visitor.get(record.get_absolute_url()).content.decode()
    assert "1 tried it" in page
    assert WORDS not in page

    assert use.reply is not None
    publish_reply(reply=use.reply, by=beatriz, version=1)

    assert WORDS in visitor.get(record.get_absolute_url()).content.decode()


def test_the_gate_shows_the_writer_and_the_tap_is_kept(
    record: Resource, amina: Member, signed_in: SignedIn
) -> None:
    risky = "Fatuma, 9 years old, from Kibera, was helped; call her on +254 712 345678."
    sent = {"how": "tried", "country": "KE", "setting": "", "body": risky, "language": "en"}

    shown = signed_in(Client(), amina).post(f"/library/{record.pk}/use/", sent)

    assert shown.status_code == 422
    assert "Before it goes out" in shown.content.decode()
    assert risky in shown.content.decode()
    assert Use.objects.get().how == "tried"
    assert not Reply.objects.exists()


@pytest.mark.parametrize("act", ["withdraw", "seal", "hold"])
def test_words_that_leave_are_gone_from_the_use_as_well(
    record: Resource, visitor: Client, amina: Member, beatriz: Member, act: str
) -> None:
    use = told(record, amina)
    assert use.reply is not None
    assert len(queries.said(record)) == 1

    if act == "withdraw":
        withdraw_reply(reply=use.reply, by=beatriz)
    else:
        (seal_reply if act == "seal" else hold_reply_for_reports)(reply=use.reply)

    page = visitor.get(record.get_absolute_url()).content.decode()
    assert queries.said(record) == []
    assert WORDS not in page
    assert "1 tried it" in page


def test_only_the_latest_three_who_said_something_are_shown(record: Resource) -> None:
    for number in range(5):
        person = cast.person(f"P{number}", welcomed_at=now())
        with time_machine.travel(now() + timedelta(hours=number), tick=False):
            told(record, person, f"We met, {number} times.")

    shown = [one.words for one in queries.said(record)]

    assert shown == [f"We met, {number} times." for number in (4, 3, 2)]


def test_a_closed_record_takes_taps_and_no_words(
    record: Resource, amina: Member, signed_in: SignedIn
) -> None:
    Contribution.objects.filter(pk=record.pk).update(closed_at=now())
    sent = {"how": "tried", "country": "KE", "setting": "", "body": WORDS, "language": "en"}

    answer = signed_in(Client(), amina).post(f"/library/{record.pk}/use/", sent)

    assert answer.status_code == 422
    assert "No more answers are taken here" in answer.content.decode()
    assert Use.objects.count() == 1


def test_a_paused_member_cannot_tap(record: Resource, amina: Member, signed_in: SignedIn) -> None:
    Member.objects.filter(pk=amina.pk).update(paused_until=now() + timedelta(days=1))

    answer = signed_in(Client(), amina).post(f"/library/{record.pk}/use/", {"how": "tried"})

    assert answer.status_code == 422
    assert not Use.objects.exists()


def test_nonsense_taps_are_met_kindly(record: Resource, amina: Member, signed_in: SignedIn) -> None:
    client = signed_in(Client(), amina)

    assert client.post(f"/library/{record.pk}/use/", {"how": "bought"}).status_code == 422
    assert client.get(f"/library/{record.pk}/use/?how=x&advice=99999").status_code == 200
    assert client.get("/library/99999999/use/").status_code == 404


def test_who_brought_it_and_who_follows_is_told_once_a_day_in_their_language(
    record: Resource, amina: Member, beatriz: Member, chen: Member
) -> None:
    Deposit.objects.create(resource=record, by=beatriz)
    marks.follow(member=chen, contribution=record, level="each")
    OutgoingMail.objects.all().delete()
    say_used(resource=record, by=amina, how="tried")
    say_used(resource=record, by=amina, how="adapted")
    used_by(record, "read", "UG")
    worker.run_until_idle()
    first = OutgoingMail.objects.filter(purpose="library").order_by("to_address")
    assert [mail.to_address for mail in first] == [beatriz.email, chen.email]
    assert first[0].language == "pt"
    assert "Amina" not in first[1].text
    assert "Used by" in first[1].text

    with time_machine.travel(now() + timedelta(days=1)):
        say_used(resource=record, by=amina, how="read")
        worker.run_until_idle()

    assert OutgoingMail.objects.filter(purpose="library").count() == 4


def test_the_one_who_used_it_is_not_told(record: Resource, amina: Member) -> None:
    Deposit.objects.create(resource=record, by=amina)
    say_used(resource=record, by=amina, how="tried")
    worker.run_until_idle()

    assert not OutgoingMail.objects.exists()


def test_letters_leave_with_a_withdrawn_record(
    record: Resource, amina: Member, beatriz: Member
) -> None:
    Deposit.objects.create(resource=record, by=beatriz)
    say_used(resource=record, by=amina, how="tried")
    worker.run_until_idle()
    assert OutgoingMail.objects.filter(text__contains=record.title).exists()

    withdraw(contribution=record, by=beatriz)
    worker.run_until_idle()

    assert not OutgoingMail.objects.filter(text__contains=record.title).exists()


def test_the_ledger_knows_codes_alone(record: Resource, amina: Member) -> None:
    told(record, amina)

    event = Event.objects.get(kind="resource.used")
    assert event.detail == {"resource": record.pk, "how": "tried"}
    assert Event.objects.filter(kind="contribution.enriched", subject_id=record.pk).exists()


def test_who_leaves_stays_a_number(record: Resource, amina: Member) -> None:
    told(record, amina)
    assert "tried" in str(dossier.export(amina))

    dossier.erase(amina)

    assert Use.objects.get().by is None
    assert queries.used_in_words(record).startswith("Used by 1 group")
