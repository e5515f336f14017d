"""From a wish to a translation that is out: asked for, begun, kept, sent, looked at, corrected."""

from datetime import timedelta

import pytest
import time_machine

from exchange.contributions.actions import revise, submit, withdraw
from exchange.contributions.content import Content
from exchange.contributions.errors import Noticed
from exchange.contributions.models import Contribution
from exchange.contributions.sealing import seal, unseal
from exchange.core.time import now
from exchange.ledger import worker
from exchange.mail.models import OutgoingMail
from exchange.members import dossier
from exchange.translating import actions, queries
from exchange.translating.errors import NotAllowed, NothingWritten, Taken
from exchange.translating.models import Translation, Wish
from tests.translating.conftest import BODY, MARK, TITLE, person

pytestmark = pytest.mark.django_db
State = Translation.State


def _pk(row):
    return Contribution.objects.get(pk=row.pk)


def test_each_reader_asks_once_and_volunteers_see_how_many(question, amina, beatriz, baraka):
    for who in (amina, beatriz, beatriz):
        actions.wish(contribution=question, reply=None, language="en", by=who)

    assert [(one.count, one.language) for one in queries.wanted(baraka)] == [(2, "en")]
    assert queries.wanted(baraka, source="fr") == []
    actions.wish(contribution=question, reply=None, language="en", by=amina, on=False)
    assert queries.wanted(None, source="sw", target="en")[0].count == 1


def test_nobody_asks_for_the_language_it_is_written_in(question, amina):
    with pytest.raises(NotAllowed):
        actions.wish(contribution=question, reply=None, language="sw", by=amina)


def test_who_begins_has_two_weeks_then_another_may(question, baraka, eshe):
    actions.begin(contribution=question, reply=None, language="en", by=baraka)

    with pytest.raises(Taken):
        actions.begin(contribution=question, reply=None, language="en", by=eshe)
    with time_machine.travel(now() + timedelta(days=15)):
        row = actions.begin(contribution=question, reply=None, language="en", by=eshe)
    assert row.translator == eshe


def test_what_is_given_back_is_free_at_once(question, baraka, eshe):
    row = actions.begin(contribution=question, reply=None, language="en", by=baraka)
    actions.give_back(row=row, by=baraka)

    assert actions.begin(contribution=question, reply=None, language="en", by=eshe)


def test_a_paragraph_without_words_is_not_sent(question, baraka):
    row = actions.begin(contribution=question, reply=None, language="en", by=baraka)
    typed = {"title": ["How?"], "body": ["The elders decide.", ""]}
    row = actions.keep(row=row, by=baraka, typed=typed, version=row.version)

    with pytest.raises(NothingWritten):
        actions.send(row=row, by=baraka)


def test_a_second_reader_looks_first_and_never_who_made_it(question, baraka, eshe, amina):
    row = actions.begin(contribution=question, reply=None, language="en", by=baraka)
    typed = {"title": ["How?"], "body": ["Elders decide.", "Nobody asks children."]}
    row = actions.keep(row=row, by=baraka, typed=typed, version=row.version)
    row = actions.send(row=row, by=baraka)

    assert row.state == State.WAITING
    assert queries.to_look_at(eshe) == [row]
    assert queries.to_look_at(baraka) == []
    assert not Translation.objects.visible_to(None).exists()
    for nobody in (baraka, person("Femi", "en fr")):
        with pytest.raises(NotAllowed):
            actions.approve(row=row, by=nobody, version=row.version)
    out = actions.approve(row=row, by=eshe, version=row.version)
    assert out.state == State.PUBLISHED
    assert Translation.objects.visible_to(None).get() == row
    assert _pk(question).translated_into == " en "


def test_after_three_a_translator_is_trusted_until_a_gate_asks(amina, baraka, translated, question):
    for number in range(3):
        content = Content(title=f"Swali la {number}", body=BODY, language="sw")

        translated(submit(kind="question", content=content, author=amina))
    row = actions.begin(contribution=question, reply=None, language="en", by=baraka)
    pointing = "My neighbour's daughter Grace Wanjiru, 9, in Kibera, call 0712345678."
    typed = {"title": ["How?"], "body": [pointing, "Nobody asks."]}
    row = actions.keep(row=row, by=baraka, typed=typed, version=row.version)
    with pytest.raises(Noticed):
        actions.send(row=row, by=baraka)
    held = actions.send(row=row, by=baraka, insist=True)
    assert (held.state, held.is_held) == (State.WAITING, True)

    typed = {"title": ["How?"], "body": ["The elders decide.", "Nobody asks."]}
    row = actions.keep(row=held, by=baraka, typed=typed, version=held.version)
    assert actions.send(row=row, by=baraka).state == State.PUBLISHED


def test_author_and_who_asked_are_told_by_letter(question, amina, beatriz, translated):
    actions.wish(contribution=question, reply=None, language="en", by=beatriz)

    row = translated(question)

    told = OutgoingMail.objects.filter(purpose="translation-told")
    assert set(told.values_list("to_address", flat=True)) == {
        "amina@example.org",
        "beatriz@example.org",
        row.translator.email,
    }
    assert all(
        "List-Unsubscribe" in mail.headers for mail in told.exclude(person=row.translator_id)
    )
    assert not Wish.objects.exists()


def test_a_correction_takes_the_place_and_what_stood_is_its_history(
    question, baraka, eshe, translated
):
    first = translated(question)
    better = translated(question, words="In our village it is the elders who decide.")

    assert better.corrects == first
    assert queries.history(better) == [first]
    assert Translation.objects.visible_to(None).get() == better


def test_what_is_wrong_reaches_its_translator(question, eshe, translated):
    row = translated(question)
    OutgoingMail.objects.all().delete()

    actions.remark(row=row, by=eshe, words="“Elders” is too old a word here.")
    worker.run_until_idle()

    assert "too old a word" in OutgoingMail.objects.get().text


def test_a_newer_original_is_said(question, amina, translated):
    row = translated(question)
    fresh = _pk(question)
    revise(
        contribution=fresh,
        content=Content(title=TITLE, body="Mpya kabisa.", language="sw"),
        by=amina,
        version=fresh.version,
    )

    assert Translation.objects.select_related("contribution").get(pk=row.pk).is_behind


def test_it_leaves_with_its_original_at_once_and_no_word_stays(
    question, amina, translated, django_capture_on_commit_callbacks
):
    row = translated(question)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=_pk(question), by=amina)
        assert not Translation.objects.visible_to(None).exists()
        assert not Translation.objects.visible_to(amina).exists()
    worker.run_until_idle()

    row.refresh_from_db()
    assert (row.title, row.body, row.pieces, row.state) == ("", "", {}, State.GONE)
    letters = OutgoingMail.objects.filter(purpose="translation-told")
    assert not letters.filter(text__contains=MARK).exists()


def test_sealed_with_its_original_it_comes_back_with_it(question, amina, translated):
    row = translated(question)
    seal(contribution=_pk(question))
    assert not Translation.objects.visible_to(amina).exists()

    unseal(contribution=_pk(question))
    assert Translation.objects.visible_to(amina).get() == row


def test_the_dossier_tells_of_them_and_the_name_leaves_them(question, baraka, translated):
    row = translated(question)
    assert MARK in str(dossier.export(baraka)["translating"])

    dossier.erase(baraka)

    row.refresh_from_db()
    assert (row.translator, row.shown_as) == (None, "")
    assert MARK in row.title
