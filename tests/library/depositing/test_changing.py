"""Changing a record on one page; what hosts add to it; how records belong together.
Read by pytest alone."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from exchange.contributions.actions import hold
from exchange.contributions.models import Revision, State
from exchange.core.time import now
from exchange.library.depositing.actions import Rights, deposit
from exchange.library.models import Creator, Resource
from exchange.library.records import Further, Record
from exchange.members.models import Member
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db
SignedIn = Callable[[Client, Member], Client]


@pytest.fixture
def host(beatriz: Member, signed_in: SignedIn) -> Client:
    return signed_in(Client(), beatriz)


@pytest.fixture
def own(amina: Member) -> Resource:
    record = Record(
        title="Circles", authors=("Grace Wanjiru",), types=("tool",), topics=("ethics",),
        countries=("KE",), regions=("east-africa",), summary="How it went.",
    )  # fmt: skip
    return deposit(record=record, rights=Rights(), author=amina, once_key="own")


def fields_of(client: Client, row: Resource) -> dict[str, object]:
    """What the page sends back when nothing is touched."""
    form = client.get(f"/library/{row.pk}/change/").context["form"]
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, "", False, [])}
    return {**sent, "version": row.version}


def test_a_page_sent_back_untouched_changes_nothing_but_the_version(host: Client) -> None:
    row = shelved(
        authors=("UNICEF", "Mike Wessells"),
        useful_for=("pacific",),
        links=(Further("https://example.org/annex", "archive", "Annex"),),
        doi="10.1234/x",
        countries=("KE", "SL", "UG", "TZ"),
        source_site="example.org",
    )
    before = {k: v for k, v in vars(Resource.objects.get(pk=row.pk)).items() if k[0] != "_"}

    answer = host.post(f"/library/{row.pk}/change/", fields_of(host, row))

    assert answer.status_code == 302
    after = vars(Resource.objects.get(pk=row.pk))
    moved = {k for k, v in before.items() if after[k] != v}
    assert moved == {"version", "changed_at"}
    assert [one.name for one in Creator.objects.all()] == ["UNICEF", "Mike Wessells"]
    assert row.links.get().kind == "archive"


def test_whoever_added_it_changes_it_and_the_old_words_stay(
    own: Resource, amina: Member, signed_in: SignedIn, visitor: Client
) -> None:
    client = signed_in(Client(), amina)
    sent = {**fields_of(client, own), "title": "Circles of elders", "persons": "Okello, Peter"}

    client.post(f"/library/{own.pk}/change/", sent)

    own.refresh_from_db()
    assert (own.title, own.authors, own.sort_title) == (
        "Circles of elders",
        "Peter Okello",
        "circles of elders",
    )
    assert list(Revision.objects.values_list("title", flat=True)) == [
        "Circles",
        "Circles of elders",
    ]
    assert visitor.get("/library/?region=east-africa").context["cards"]


@pytest.mark.parametrize("who", ["chen", "nobody"])
def test_others_do_not_change_it(
    own: Resource, who: str, chen: Member, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), chen) if who == "chen" else Client()

    answer = client.post(f"/library/{own.pk}/change/", {"title": "Mine"})

    assert answer.status_code == (404 if who == "chen" else 302)
    assert Resource.objects.get().title == "Circles"


def test_what_is_wrong_is_said_and_everything_typed_stays(host: Client, own: Resource) -> None:
    sent = {**fields_of(host, own), "doi": "nonsense", "title": "Typed anew", "year": "3000"}

    answer = host.post(f"/library/{own.pk}/change/", sent)

    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "This is no DOI" in page
    assert "A year between" in page
    assert "Typed anew" in page
    assert Resource.objects.get().title == "Circles"


@pytest.mark.parametrize(
    ("path", "typed", "kept"),
    [
        ("", "Kenya\nSierra Leone\n", "KE SL"),
        ("/fr", "Ouganda\nkenya\nTZ", "KE TZ UG"),
        ("/ar", "كينيا", "KE"),
        ("", "", ""),
    ],
)
def test_countries_are_typed_by_name_in_ones_own_language(
    host: Client, own: Resource, path: str, typed: str, kept: str
) -> None:
    host.post(f"{path}/library/{own.pk}/change/", {**fields_of(host, own), "countries": typed})

    own.refresh_from_db()
    assert sorted(own.country_codes) == kept.split()


def test_a_country_nobody_knows_is_said(host: Client, own: Resource) -> None:
    sent = {**fields_of(host, own), "countries": "Narnia"}

    answer = host.post(f"/library/{own.pk}/change/", sent)

    assert answer.status_code == 422
    assert "We know no country called “Narnia”." in answer.content.decode()


def test_words_that_must_wait_leave_the_others_standing(
    own: Resource, amina: Member, signed_in: SignedIn
) -> None:
    client = signed_in(Client(), amina)
    told = "Sarah Akello, 12, of Laliya village was beaten by her uncle. Call 0772 123456."
    sent = {**fields_of(client, own), "summary": told, "year": "2020", "dated": "year"}

    assert client.post(f"/library/{own.pk}/change/", sent).status_code == 422
    client.post(f"/library/{own.pk}/change/", {**sent, "insist": "1"})

    own.refresh_from_db()
    assert (own.state, own.body, own.year) == (State.PUBLISHED, "How it went.", 2020)
    assert Revision.objects.filter(state=State.WAITING).get().body == told


def test_what_a_host_held_goes_back_to_the_hosts_when_it_was_changed(
    own: Resource, amina: Member, beatriz: Member, signed_in: SignedIn
) -> None:
    Resource.objects.filter(pk=own.pk).update(state=State.WAITING)
    hold(contribution=own, by=beatriz, version=own.version, note="Who took the pictures?")
    client = signed_in(Client(), amina)
    page = client.get(own.get_absolute_url()).content.decode()
    assert "Change the record and send again" in page

    client.post(f"/library/{own.pk}/change/", {**fields_of(client, own), "publisher": "Ours"})

    own.refresh_from_db()
    assert (own.state, own.publisher) == (State.WAITING, "Ours")


def test_a_change_in_another_window_is_not_lost(host: Client, own: Resource) -> None:
    sent = fields_of(host, own)
    host.post(f"/library/{own.pk}/change/", {**sent, "publisher": "First"})

    answer = host.post(f"/library/{own.pk}/change/", {**sent, "publisher": "Second"})

    assert answer.status_code == 409
    assert Resource.objects.get().publisher == "First"


def test_a_title_that_is_taken_is_said(host: Client, own: Resource) -> None:
    shelved("Taken")

    answer = host.post(f"/library/{own.pk}/change/", {**fields_of(host, own), "title": "TAKEN"})

    assert answer.status_code == 422
    assert "Another record bears this title already." in answer.content.decode()


class TestForHosts:
    def test_a_host_says_it_is_still_good(self, host: Client, visitor: Client) -> None:
        row = shelved(types=("guide",), year=2009)
        address = row.get_absolute_url()
        assert "From 2009." in visitor.get(address).content.decode()

        host.post(f"/library/{row.pk}/checked/")

        page = visitor.get(address).content.decode()
        assert "Checked by a host" in page
        assert "From 2009." not in page

    def test_a_check_of_long_ago_says_so(self, visitor: Client) -> None:
        row = shelved(types=("guide",), year=2009)
        Resource.objects.update(checked_at=now() - timedelta(days=800))

        page = visitor.get(row.get_absolute_url()).content.decode()

        assert "more than two years ago" in page
        assert "From 2009." in page

    def test_old_research_is_not_called_old(self, visitor: Client) -> None:
        row = shelved(types=("research",), year=2009)

        assert "From 2009." not in visitor.get(row.get_absolute_url()).content.decode()

    def test_members_neither_check_nor_relate(
        self, record: Resource, amina: Member, signed_in: SignedIn
    ) -> None:
        member = signed_in(Client(), amina)

        assert member.post(f"/library/{record.pk}/checked/").status_code == 404
        assert member.get(f"/library/{record.pk}/kin/").status_code == 404
        assert Resource.objects.get().checked_at is None

    def test_a_newer_one_is_named_on_top(self, host: Client, visitor: Client) -> None:
        old, new = shelved("Guide"), shelved("Guide, revised", year=2024)

        sent = {"how": "superseded_by", "which": str(new.pk)}
        host.post(f"/library/{old.pk}/kin/", sent)

        assert (
            "A newer one takes its place:" in visitor.get(old.get_absolute_url()).content.decode()
        )
        page = visitor.get(new.get_absolute_url()).content.decode()
        assert "It takes the place of" in page

    def test_translations_name_each_other(self, host: Client, visitor: Client) -> None:
        first = shelved("Guide")
        second, third = shelved("Mwongozo", language="sw"), shelved("Guía", language="es")
        for one in (second, third):
            host.post(f"/library/{one.pk}/kin/", {"how": "translation_of", "which": "Guide"})

        page = visitor.get(first.get_absolute_url()).content.decode()
        assert "Also in:" in page
        assert second.get_absolute_url() in page
        assert third.get_absolute_url() in visitor.get(second.get_absolute_url()).content.decode()
        assert "Translated from:" in visitor.get(third.get_absolute_url()).content.decode()

    def test_one_of_several_is_chosen_and_none_takes_it_back(self, host: Client) -> None:
        row = shelved("Guide")
        one, _two = shelved("Handbook one"), shelved("Handbook two")
        sent = {"how": "superseded_by", "which": "Handbook"}

        answer = host.post(f"/library/{row.pk}/kin/", sent)
        assert answer.status_code == 422
        host.post(f"/library/{row.pk}/kin/", {**sent, "pk": str(one.pk)})
        row.refresh_from_db()
        assert row.superseded_by_id == one.pk

        host.post(f"/library/{row.pk}/kin/", {"how": "superseded_by", "which": ""})
        row.refresh_from_db()
        assert row.superseded_by_id is None

    def test_two_records_do_not_point_at_each_other(self, host: Client) -> None:
        old, new = shelved("Guide"), shelved("Guide, revised")
        for one, other in ((old, new), (new, old)):
            sent = {"how": "superseded_by", "which": str(other.pk)}
            answer = host.post(f"/library/{one.pk}/kin/", sent)

        assert answer.status_code == 422
        assert "cannot stand so" in answer.content.decode()

    def test_a_withdrawn_newer_one_is_not_named(self, visitor: Client) -> None:
        old, new = shelved("Guide"), shelved("Guide, revised")
        Resource.objects.filter(pk=old.pk).update(superseded_by=new)
        Resource.objects.filter(pk=new.pk).update(state=State.WITHDRAWN)

        assert "Guide, revised" not in visitor.get(old.get_absolute_url()).content.decode()
