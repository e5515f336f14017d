"""Protected voices: no door, row or hour says who wrote it; two keepers may look, and it is told."""

import json

import pytest
from django.db import connection
from django.urls import reverse

from exchange.contributions import actions as spine
from exchange.contributions.content import Content
from exchange.contributions.errors import NotAllowed, TooMany
from exchange.contributions.models import Contribution, Revision, State, Voice, VoiceLook
from exchange.contributions.pictures import actions as pictures
from exchange.contributions.sealing import seal
from exchange.contributions.voice import actions, keeping, letters, queries
from exchange.conversation import actions as talk
from exchange.conversation.models import Reply
from exchange.ledger.models import Event
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.members.leaving import leave
from tests import cast

# Accounts themselves, and the tables of the index that only searching opens.
SHUT = ("members_member", "account_", "mfa_", "discovery_index", "sqlite_")
BODY = "The elders of our ward asked us to stop, and we went on at night."


@pytest.fixture
def keepers(beatriz, desta):
    """Beatriz and Desta keep the voices, each named by the other."""
    keeping.appoint(member=desta, by=beatriz)
    keeping.appoint(member=beatriz, by=desta)
    return beatriz, desta


def spoken(member, **more):
    content = Content(title="How we went on", body=BODY, countries=("KE",), language="en")
    given = {"kind": "question", "content": content, "region": "east-africa", **more}
    return actions.speak(member=member, **given)


def let_out(row, host):
    row.refresh_from_db()
    return spine.publish(contribution=row, by=host, version=row.version)


def everything_kept():
    """Every cell of every table, but the sealed ones and the accounts' own."""
    found = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            if name.startswith(SHUT):
                continue
            cursor.execute(f'SELECT * FROM "{name}"')
            columns = [one[0] for one in cursor.description]
            found += [(name, dict(zip(columns, row, strict=True))) for row in cursor.fetchall()]
    return found


def test_it_waits_for_a_host_and_nothing_in_its_rows_names_the_writer(keepers, amina):
    row = spoken(amina)

    assert row.state == State.WAITING
    assert row.author_id is None
    assert row.shown_as == ""
    assert row.countries == ""
    assert row.shown_author == "A practitioner, East Africa"
    assert Revision.objects.get(contribution=row).by_id is None
    events = Event.objects.filter(subject_type="contribution", subject_id=row.pk)
    assert list(events.values_list("kind", "actor_id")) == [("contribution.submitted", None)]


def test_no_table_holds_the_person_beside_the_text(keepers, amina):
    row = spoken(amina)
    let_out(row, keepers[0])
    words = json.dumps(everything_kept(), default=str)

    assert "Amina" not in words
    assert "amina@example.org" not in words
    beside = [
        cells
        for table, cells in everything_kept()
        if table.startswith(("contributions_", "conversation_", "ledger_"))
    ]
    numbers = [
        cells
        for cells in beside
        for column, value in cells.items()
        if column in ("author_id", "by_id", "member_id", "actor_id") and value == amina.pk
    ]
    assert numbers == []


def test_by_name_the_same_tables_do_name_her(amina):
    """The look into every table could find somebody."""
    spine.submit(kind="question", content=Content(title="By name", body="x"), author=amina)
    assert "Amina" in json.dumps(everything_kept(), default=str)


def test_only_the_day_of_writing_is_kept(keepers, amina):
    row = spoken(amina)
    row.refresh_from_db()

    for moment in (row.created_at, row.submitted_at, row.changed_at):
        assert (moment.hour, moment.minute, moment.second) == (0, 0, 0)
    at = row.revisions.get().at
    assert (at.hour, at.minute, at.second) == (0, 0, 0)


def test_it_is_not_offered_until_two_hosts_keep_the_voices(amina, beatriz, desta):
    with pytest.raises(actions.NotOffered):
        spoken(amina)
    keeping.appoint(member=desta, by=beatriz)
    with pytest.raises(actions.NotOffered):
        spoken(amina)
    keeping.appoint(member=beatriz, by=desta)
    assert spoken(amina).pk


def test_nobody_names_themselves_a_keeper_and_there_are_two(keepers, amina):
    beatriz, desta = keepers
    third = cast.with_second_factor(cast.person("Grace", hosting_since=beatriz.hosting_since))
    with pytest.raises(NotAllowed):
        keeping.appoint(member=third, by=third)
    with pytest.raises(keeping.TwoAlready):
        keeping.appoint(member=third, by=beatriz)
    with pytest.raises(NotAllowed):
        keeping.appoint(member=amina, by=beatriz)
    keeping.end(member=desta, by=beatriz)
    keeping.appoint(member=third, by=beatriz)
    assert {one.pk for one in queries.keepers()} == {beatriz.pk, third.pk}


def test_the_same_form_twice_is_one_text_and_a_fourth_waits(keepers, amina):
    first = spoken(amina, once_key="abc")
    assert spoken(amina, once_key="abc").pk == first.pk
    assert first.once_key != "abc"
    for _more in range(2):
        spoken(amina)
    with pytest.raises(TooMany):
        spoken(amina)


def test_a_keeper_looks_with_a_reason_and_it_is_written_and_told(keepers, amina):
    beatriz, desta = keepers
    row = spoken(amina)
    voice = Voice.objects.get(contribution=row)

    with pytest.raises(keeping.NoReason):
        keeping.look(voice=voice, by=beatriz, why="  ")
    assert VoiceLook.objects.count() == 0
    assert keeping.look(voice=voice, by=beatriz, why="The police asked") == amina

    looked = VoiceLook.objects.get()
    assert (looked.by_id, looked.why) == (beatriz.pk, "The police asked")
    told = OutgoingMail.objects.filter(purpose=keeping.PURPOSE_LOOKED)
    assert [one.to_address for one in told] == [desta.email]
    assert "Amina" not in told.get().text


def test_other_hosts_and_members_cannot_look(keepers, amina, chen):
    row = spoken(amina)
    voice = Voice.objects.get(contribution=row)
    third = cast.with_second_factor(cast.person("Grace", hosting_since=keepers[0].hosting_since))
    for somebody in (third, chen, amina):
        with pytest.raises(NotAllowed):
            keeping.look(voice=voice, by=somebody, why="I wonder")
    assert VoiceLook.objects.count() == 0


def test_the_writer_sees_who_looked_and_others_get_nothing(keepers, amina, chen, client):
    row = spoken(amina)
    keeping.look(voice=Voice.objects.get(), by=keepers[0], why="The police asked")
    page = reverse("voices:one", args=[row.pk])

    shown = cast.signed_in(client, amina).get(page)
    assert "The police asked" in shown.text
    assert shown["Cache-Control"].startswith("max-age=0") or "no-store" in shown["Cache-Control"]
    client.logout()
    assert cast.signed_in(client, chen).get(page).status_code == 404
    client.logout()
    assert cast.signed_in(client, keepers[0]).get(page).status_code == 404


def test_an_answer_of_the_writer_stands_in_the_voice_and_waits(keepers, amina, chen):
    row = let_out(spoken(amina), keepers[0])
    reply = talk.answer(contribution=row, author=amina, body="It lasted a year.", language="en")

    assert (reply.author_id, reply.shown_as, reply.state) == (None, "", State.WAITING)
    assert reply.shown_author == "A practitioner, East Africa"
    assert amina.follows.filter(contribution=row).count() == 0
    again = talk.answer(contribution=row, author=amina, body="It lasted a year.", language="en")
    assert again.pk == reply.pk
    out = talk.publish_reply(reply=reply, by=keepers[1], version=reply.version)
    assert out.created_at == out.published_at


def test_an_answer_that_could_name_somebody_waits(keepers, amina):
    femi = cast.person("Femi", welcomed_at=keepers[0].joined_at)
    row = let_out(spoken(amina), keepers[0])

    plain = talk.answer(contribution=row, author=femi, body="We did so too.", language="en")
    naming = talk.answer(
        contribution=row, author=femi, body="Is that you, Amína? You told me.", language="en"
    )
    another = talk.answer(contribution=row, author=femi, body="Thanks to Desta.", language="en")

    assert plain.state == State.PUBLISHED
    # Any member's name: whoever tries one learns nothing.
    assert (naming.state, another.state) == (State.WAITING, State.WAITING)


def test_a_host_does_not_change_the_words_nor_undo_the_taking_back(keepers, amina):
    beatriz, _desta = keepers
    row = let_out(spoken(amina), beatriz)
    with pytest.raises(NotAllowed):
        spine.revise(
            contribution=row, content=Content(title="Other", body="x"), by=beatriz, version=1
        )
    actions.take_back(voice=queries.own_voice(amina, row.pk))
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert row.decisions.first().by_name == ""
    with pytest.raises(NotAllowed):
        spine.let_back(contribution=row, by=beatriz)


def test_a_change_waits_for_a_host_while_the_text_stands(keepers, amina):
    row = let_out(spoken(amina), keepers[0])
    voice = queries.own_voice(amina, row.pk)
    other = Content(title="How we went on", body="Other words.", countries=("KE",))
    actions.change(voice=voice, content=other, member=amina, version=row.version)

    row.refresh_from_db()
    assert row.body == BODY
    waiting = row.revisions.get(state=State.WAITING)
    assert waiting.by_id is None
    spine.accept_revision(revision=waiting, by=keepers[0])
    row.refresh_from_db()
    assert (row.body, row.countries, row.author_id) == ("Other words.", "", None)


def test_news_is_told_once_a_day_without_a_word(keepers, amina, chen):
    row = spoken(amina)
    row = let_out(row, keepers[0])
    assert letters.tell_those_who_wish() == 0
    actions.tell(voice=queries.own_voice(amina, row.pk), wanted=True)
    assert letters.tell_those_who_wish() == 0
    femi = cast.person("Femi", welcomed_at=keepers[0].joined_at)
    talk.answer(contribution=row, author=femi, body="We did so too.", language="en")

    assert letters.tell_those_who_wish() == 1
    assert letters.tell_those_who_wish() == 0
    letter = OutgoingMail.objects.get(purpose=letters.PURPOSE)
    assert letter.subject == "A message for you"
    assert letter.item == ""
    assert "How we went on" not in letter.text + letter.html


def test_her_dossier_has_it_and_nobody_elses_does(keepers, amina, chen):
    spoken(amina)
    assert BODY in json.dumps(dossier.export(amina), default=str)
    for other in (chen, *keepers):
        assert BODY not in json.dumps(dossier.export(other), default=str)


@pytest.mark.parametrize("words_too", [False, True])
def test_leaving_lets_the_voice_go_with_or_without_the_words(keepers, amina, words_too):
    row = let_out(spoken(amina), keepers[0])
    leave(member=amina, words_too=words_too)

    row.refresh_from_db()
    assert (row.body, row.revisions.get().body) == (("", "") if words_too else (BODY, BODY))
    assert row.state == (State.WITHDRAWN if words_too else State.PUBLISHED)
    voice = Voice.objects.get()
    assert (voice.owner, voice.sealed) == ("", "")
    assert keeping.look(voice=voice, by=keepers[0], why="Asked") is None


def test_nothing_public_names_her(keepers, amina, visitor):
    row = let_out(spoken(amina), keepers[0])
    page = visitor.get(row.get_absolute_url()).text
    assert "A practitioner, East Africa" in page
    assert "Amina" not in page
    assert "How we went on" not in visitor.get(reverse("pages:profile", args=[amina.pk])).text


def test_she_sees_it_among_her_own_and_sends_it_from_the_form(keepers, amina, client):
    cast.signed_in(client, amina)
    asked = client.get(reverse("contributions:ask"))
    assert 'name="protected"' in asked.text
    answer = client.post(
        reverse("contributions:ask"),
        {
            "title": "How do you go on?",
            "body": BODY,
            "language": "en",
            "once": "k1",
            "protected": "on",
            "region": "east-africa",
        },
    )
    assert answer.status_code == 302
    assert answer["Location"] == reverse("voices:own")
    row = Contribution.objects.get(title="How do you go on?")
    assert (row.author_id, row.is_protected, row.state) == (None, True, State.WAITING)
    assert "How do you go on?" in client.get(reverse("voices:own")).text


def test_what_should_be_protected_is_never_sent_by_name(amina, beatriz, client):
    """No keepers any more between the opening of the page and its sending."""
    cast.signed_in(client, amina)
    answer = client.post(
        reverse("contributions:ask"),
        {"title": "How?", "body": BODY, "language": "en", "once": "k2", "protected": "on"},
    )
    assert answer.status_code == 422
    assert BODY in answer.text
    assert Contribution.objects.filter(title="How?").count() == 0


def test_the_keepers_page_tells_whose_words_to_keepers_alone(keepers, amina, client):
    row = spoken(amina)
    voice = Voice.objects.get()
    third = cast.with_second_factor(cast.person("Grace", hosting_since=keepers[0].hosting_since))
    cast.signed_in(client, third)
    assert row.title not in client.get(reverse("voices-desk:voices")).text
    assert client.get(reverse("voices-desk:look", args=[voice.pk])).status_code == 404

    client.logout()
    cast.signed_in(client, keepers[1])
    assert row.title in client.get(reverse("voices-desk:voices")).text
    page = reverse("voices-desk:look", args=[voice.pk])
    assert "Amina" not in client.get(page).text
    assert client.post(page, {"why": ""}).status_code == 422
    assert "Amina" in client.post(page, {"why": "The court asked"}).text
    assert VoiceLook.objects.count() == 1


def test_what_is_sealed_is_not_hers_to_change(keepers, amina):
    row = let_out(spoken(amina), keepers[0])
    seal(contribution=row)
    assert queries.own_voice(amina, row.pk) is None
    assert Reply.objects.count() == 0


def test_a_host_does_not_let_out_what_they_said_without_their_name(keepers):
    beatriz, desta = keepers
    row = spoken(beatriz)
    with pytest.raises(NotAllowed):
        let_out(row, beatriz)
    row = let_out(row, desta)
    reply = talk.answer(contribution=row, author=beatriz, body="It lasted a year.", language="en")
    with pytest.raises(NotAllowed):
        talk.publish_reply(reply=reply, by=beatriz, version=reply.version)
    assert talk.publish_reply(reply=reply, by=desta, version=reply.version).is_out


def test_who_keeps_them_alone_does_not_look_unseen(keepers, amina):
    beatriz, desta = keepers
    row = spoken(amina)
    keeping.end(member=desta, by=beatriz)
    keeping.look(voice=Voice.objects.get(contribution=row), by=beatriz, why="The police asked")
    told = OutgoingMail.objects.filter(purpose=keeping.PURPOSE_LOOKED)
    assert desta.email in [one.to_address for one in told]


def test_no_picture_goes_with_an_answer_in_a_voice(keepers, amina, client, monkeypatch):
    row = let_out(spoken(amina), keepers[0])
    monkeypatch.setattr(pictures, "add_with_words", lambda **_given: pytest.fail("by name"))
    cast.signed_in(client, amina)
    page = reverse("conversation:answer", args=[row.pk])
    sent = client.post(page, {"body": "It lasted a year.", "language": "en", "once": "k3"})
    assert sent.status_code == 302
    assert Reply.objects.get().is_protected
