"""Saying where one works, proposing an organisation, looking after a page, and the hosts' check.
Run by pytest alone."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from exchange.alerts.models import Watch
from exchange.alerts.watching.queries import watcher_ids
from exchange.contributions.actions import submit
from exchange.contributions.content import Content
from exchange.ledger import worker
from exchange.library.actions import add_records
from exchange.library.naming import organisation
from exchange.library.records import Record
from exchange.mail.models import OutgoingMail
from exchange.members.models import Member
from exchange.organisations import actions, queries, starting
from exchange.organisations.dossier import Worked
from exchange.organisations.errors import NotAllowed, ThereAlready, TooMany
from exchange.organisations.models import Belonging, Change, Organisation
from exchange.organisations.sealing import PageOfAnOrganisation
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def tpo() -> Organisation:
    starting.load()
    return Organisation.objects.get(slug="transcultural-psychosocial-organization-uganda")


@pytest.fixture
def speaker(amina, beatriz, tpo) -> Belonging:
    asked = actions.ask_to_speak(organisation=tpo, member=amina, words="I lead the team in Gulu.")
    return actions.accept_speaker(belonging=asked, by=beatriz)


def test_the_starter_comes_once_and_leaves_what_hosts_changed(tpo, beatriz):
    assert Organisation.objects.count() == 86
    assert Organisation.objects.filter(is_founding=True).count() == 14
    assert tpo.website == "https://tpoug.org"
    assert tpo.country == "UG"
    assert not Organisation.objects.exclude(website="").exclude(website__startswith="https://")
    actions.change(
        organisation=tpo,
        fields={"website": "https://tpo.example.org"},
        language="en",
        by=beatriz,
        version=tpo.version,
    )
    assert starting.load() == 0
    tpo.refresh_from_db()
    assert tpo.website == "https://tpo.example.org"


@pytest.mark.parametrize("typed", ["TPO", "tpo-uganda", "TPOUganda", "psychosocial uganda"])
def test_a_name_is_found_however_it_is_written(tpo, typed):
    assert tpo in queries.meant_by(None, typed)


def test_a_member_says_where_they_work_without_any_script(client, amina, tpo):
    cast.signed_in(client, amina)
    page = client.get(reverse("organisations:mine"), {"q": "tpo uganda"})
    assert tpo.name in page.content.decode()
    client.post(reverse("organisations:work-there", args=[tpo.slug]), {"what": "yes"})
    assert [one.organisation for one in queries.of_member(amina, amina)] == [tpo]
    client.post(reverse("organisations:work-there", args=[tpo.slug]), {"what": "no"})
    assert not queries.of_member(amina, amina)


def test_who_works_there_is_seen_by_whom_they_let(client, amina, tpo):
    actions.say_works_there(organisation=tpo, member=amina)
    femi = cast.person("Femi")
    assert queries.people_at(tpo, femi).shown
    assert not queries.people_at(tpo, None).shown
    amina.shown_to = {"organisations": "nobody"}
    amina.save()
    assert not queries.people_at(tpo, femi).shown
    cast.signed_in(client, femi)
    assert tpo.name not in client.get(reverse("pages:profile", args=[amina.pk])).content.decode()
    amina.shown_to = {"organisations": "everybody"}
    amina.save()
    assert tpo.name in client.get(reverse("pages:profile", args=[amina.pk])).content.decode()


def test_a_new_one_waits_for_a_host_and_is_found_twice_by_no_one(client, amina, chen, beatriz, tpo):
    cast.signed_in(client, amina)
    typed = {"title": "Umoja wa Watoto", "country": "TZ", "kind": "community", "works_there": "on"}
    assert client.post(reverse("organisations:new"), typed).status_code == 302
    row = Organisation.objects.get(name="Umoja wa Watoto")
    address = row.get_absolute_url()
    assert client.get(address).status_code == 200
    client.logout()
    assert client.get(address).status_code == 404
    with pytest.raises(ThereAlready):
        actions.propose(name="UMOJA  wa watoto", by=chen)
    cast.signed_in(client, beatriz)
    desk = client.get(reverse("organisations-desk:queue"))
    assert row.name in desk.content.decode()
    client.post(reverse("organisations-desk:decide", args=["proposal", row.pk]), {"what": "yes"})
    client.logout()
    assert client.get(address).status_code == 200
    worker.run_until_idle()
    assert row.name in OutgoingMail.objects.get(purpose="organisations").text


def test_one_that_is_there_is_shown_instead(client, amina, tpo):
    cast.signed_in(client, amina)
    page = client.post(reverse("organisations:new"), {"title": "Unicef"})
    assert page.status_code == 422
    assert "/organisations/united-nations-childrens-fund/" in page.content.decode()


def test_a_declined_one_is_gone_and_its_proposer_hears_why(client, amina, beatriz):
    row = actions.propose(name="Umoja wa Watoto", by=amina)
    cast.signed_in(client, beatriz)
    client.post(
        reverse("organisations-desk:decide", args=["proposal", row.pk]),
        {"what": "no", "note": "It is a part of another one."},
    )
    cast.signed_in(client, amina)
    assert client.get(row.get_absolute_url()).status_code == 404
    worker.run_until_idle()
    assert "It is a part of another one." in OutgoingMail.objects.get().text


def test_nobody_proposes_without_end(amina):
    for number in range(5):
        actions.propose(name=f"Kikundi cha {'abcde'[number]} Kisumu", by=amina, works_there=False)
    with pytest.raises(TooMany):
        actions.propose(name="Kikundi cha mwisho", by=amina)


def test_looking_after_a_page_needs_a_host(client, amina, beatriz, tpo):
    cast.signed_in(client, amina)
    change = reverse("organisations:change", args=[tpo.slug])
    assert client.get(change).status_code == 404
    client.post(reverse("organisations:claim", args=[tpo.slug]), {"words": "I lead the team."})
    asked = Belonging.objects.get(member=amina)
    assert client.get(change).status_code == 404
    with pytest.raises(NotAllowed):
        actions.accept_speaker(belonging=asked, by=amina)
    cast.signed_in(client, beatriz)
    assert "I lead the team." in client.get(reverse("organisations-desk:queue")).content.decode()
    client.post(reverse("organisations-desk:decide", args=["claim", asked.pk]), {"what": "yes"})
    worker.run_until_idle()
    assert change in OutgoingMail.objects.get(to_address=amina.email).text
    cast.signed_in(client, amina)
    assert client.get(change).status_code == 200


def test_whoever_looks_after_it_changes_the_page_but_not_its_name(client, amina, speaker, tpo):
    cast.signed_in(client, amina)
    address = reverse("organisations:change", args=[tpo.slug])
    typed = {
        "about": "We train volunteers who listen to families.",
        "website": "https://tpoug.org/about",
        "kind": "national-ngo",
        "country": "UG",
        "language": "en",
        "name": "Something else",
        "version": tpo.version,
    }
    assert client.post(address, typed).status_code == 302
    tpo.refresh_from_db()
    assert tpo.about.startswith("We train")
    assert tpo.name.startswith("Transcultural")
    kept = Change.objects.get()
    assert kept.by == amina
    assert kept.before["about"] == ""
    late = client.post(address, {**typed, "about": "Old words."})
    assert late.status_code == 422
    assert "Old words." in late.content.decode()


def test_words_that_a_gate_holds_wait_for_a_host(amina, beatriz, speaker, tpo):
    newcomer = Member.objects.filter(pk=amina.pk)
    newcomer.update(welcomed_at=None, accepted_at=None)
    amina.refresh_from_db()
    words = {"about": "We train volunteers."}
    assert not actions.change(
        organisation=tpo, fields=words, language="en", by=amina, version=1, insist=True
    )
    tpo.refresh_from_db()
    assert tpo.about == ""
    actions.let_stand(change=Change.objects.get(), by=beatriz)
    tpo.refresh_from_db()
    assert tpo.about == "We train volunteers."


def test_two_entries_become_one(client, amina, beatriz, tpo):
    other = actions.propose(name="TPO Kampala", by=amina)
    cast.signed_in(client, beatriz)
    client.post(
        reverse("organisations-desk:act", args=[other.slug]), {"what": "merge", "into": tpo.slug}
    )
    assert [one.organisation for one in queries.of_member(amina, amina)] == [tpo]
    assert queries.meant_by(None, "tpo kampala") == [tpo]
    moved = client.get(other.get_absolute_url())
    assert moved.status_code == 301
    assert moved["Location"] == tpo.get_absolute_url()


def test_leaving_takes_it_along_and_the_page_stays(amina, speaker, tpo):
    told = Worked().export(amina)
    assert told["belongings"][0]["organisation__name"] == tpo.name
    Worked().erase(amina)
    assert not Belonging.objects.exists()
    assert Organisation.objects.filter(pk=tpo.pk).exists()


def test_the_list_is_narrowed_and_goes_on(client, tpo, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        first = client.get(reverse("organisations:organisations"))
    page = first.context["page"]
    assert len(page.rows) == 30
    assert page.further
    second = client.get(reverse("organisations:organisations"), {"after": page.further})
    assert not {one.pk for one in page.rows} & {one.pk for one in second.context["page"].rows}
    narrowed = client.get(reverse("organisations:organisations"), {"country": "UG", "q": "tpo"})
    assert [one.pk for one in narrowed.context["page"].rows] == [tpo.pk]
    founding = client.get(reverse("organisations:organisations"), {"founding": "1"})
    assert len(founding.context["page"].rows) == 14


def test_its_page_shows_people_words_records_and_notices(
    client, amina, beatriz, speaker, tpo, django_assert_max_num_queries
):
    amina.shown_to = {"organisations": "everybody"}
    amina.save()
    shared = submit(
        kind="experience",
        content=Content(
            title="Walking with elders", parts={"faced": "Few came.", "did": "We sat."}
        ),
        author=amina,
    )
    notice = submit(
        kind="notice",
        content=Content(title="A post in Gulu", body="Apply.", organisation="tpo uganda"),
        author=amina,
    )
    record = Record(
        title="A guide", url="https://example.org/g", creators=(organisation("TPO Uganda"),)
    )
    add_records(records=[record], by=None)
    with django_assert_max_num_queries(8):
        page = client.get(tpo.get_absolute_url()).content.decode()
    for words in (shared.title, notice.title, "A guide", "Amina"):
        assert words in page
    amina.shown_to = {}
    amina.save()
    cache.clear()
    page = client.get(tpo.get_absolute_url() + "?again=1").content.decode()
    assert "Amina" not in page
    assert shared.title not in page
    cast.signed_in(client, cast.person("Femi"))
    with django_assert_max_num_queries(8):
        assert "Amina" in client.get(tpo.get_absolute_url()).content.decode()


def test_somebody_follows_it_and_hears_of_its_notices(client, amina, speaker, tpo):
    femi = cast.person("Femi")
    cast.signed_in(client, femi)
    address = reverse("alerts:follow", args=["organisation", tpo.slug])
    assert address in client.get(tpo.get_absolute_url()).content.decode()
    assert client.post(address, {"level": "each"}).status_code == 302
    watch = Watch.objects.get(member=femi)
    assert (watch.value, watch.label) == (tpo.slug, tpo.name)
    notice = submit(
        kind="notice",
        content=Content(title="A post in Gulu", body="Apply.", organisation="TPO Uganda"),
        author=amina,
    )
    assert watcher_ids(notice, level="each", after=0, limit=9) == [femi.pk]


def test_what_is_reported_leaves_until_somebody_looked(client, tpo):
    place = PageOfAnOrganisation()
    assert place.find(tpo.pk, None)
    place.seal(tpo.pk)
    assert client.get(tpo.get_absolute_url()).status_code == 404
    assert place.look(tpo.pk).text == ""
    place.unseal(tpo.pk)
    assert place.hold(tpo.pk)
    assert client.get(tpo.get_absolute_url() + "?x").status_code == 404
    place.unseal(tpo.pk)
    assert client.get(tpo.get_absolute_url() + "?y").status_code == 200
