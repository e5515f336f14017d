"""What the world outside is told of a record: all that is public, and nothing of who added it.
Read by pytest alone."""

from datetime import timedelta

import pytest
from django.test import Client

from exchange.contributions.actions import withdraw
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.discovery.models import Harvestable
from exchange.ledger import worker
from exchange.library.files.actions import let_out
from exchange.library.giving.describe import describe, describe_many, describe_one
from exchange.library.models import Creator, File, Resource
from exchange.members.models import Member
from tests.discovery.harvest import DC, ask, headers, settle
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db


def with_file(record: Resource, **fields: object) -> File:
    given = {
        "resource": record,
        "name": "the report.pdf",
        "media_type": "application/pdf",
        "size": 4200,
        "sha256": "a" * 64,
        "sent_sha256": "b" * 64,
        "let_out_at": now(),
    }
    return File.objects.create(**{**given, **fields})


def test_persons_and_organisations_keep_their_order_and_their_part(record: Resource) -> None:
    record.creators.all().delete()
    Creator.objects.create(resource=record, place=1, name="Plan", is_organisation=True)
    Creator.objects.create(
        resource=record, place=2, name="Ana García", family="García", given="Ana", role="editor"
    )

    makers = describe_one(record).makers

    assert [(one.turned, one.role, one.is_organisation) for one in makers] == [
        ("Plan", "author", True),
        ("García, Ana", "editor", False),
    ]


def test_a_file_is_named_by_its_own_address_wherever_machines_read(
    visitor: Client, record: Resource
) -> None:
    file = with_file(record)
    settle()
    address = f"http://testserver{file.get_absolute_url()}"

    page = visitor.get(record.get_absolute_url()).content.decode()
    assert f'<meta name="citation_pdf_url" content="{address}">' in page
    assert f'<link rel="item" href="{address}" type="application/pdf">' in page
    answer = ask(
        verb="GetRecord",
        metadataPrefix="oai_dc",
        identifier=f"oai:testserver:resource/{record.pk}",
    )
    named = [one.text for one in answer.iter(f"{DC}identifier")]
    assert named[:2] == [f"http://testserver{record.get_absolute_url()}", address]
    assert "info:eu-repo/semantics/openAccess" in [one.text for one in answer.iter(f"{DC}rights")]
    assert address.endswith(".pdf")


def test_a_file_that_waits_for_a_host_is_told_to_nobody(
    visitor: Client, record: Resource, beatriz, signed_in
) -> None:
    file = with_file(record, let_out_at=None)

    assert describe_one(record).files == ()
    for client in (visitor, signed_in(Client(), beatriz)):
        linkset = client.get(f"{record.get_absolute_url()}cite.linkset").content.decode()
        assert file.key not in linkset


def test_licences_have_their_address(record: Resource) -> None:
    record.licence = "cc-by-nc-sa"
    assert describe_one(record).terms.uri == "https://creativecommons.org/licenses/by-nc-sa/4.0/"
    record.licence = "cc0"
    assert describe_one(record).terms.uri == "https://creativecommons.org/publicdomain/zero/1.0/"
    record.licence = "reserved"
    assert describe_one(record).terms.uri == ""


def test_translations_and_newer_ones_lead_to_each_other_while_both_are_public(
    record: Resource, beatriz
) -> None:
    swahili = shelved("Kujifunza kutoka vijijini", language="sw")
    Resource.objects.filter(pk=swahili.pk).update(translation_of=record)
    newer = shelved("Learning from villages, again")
    Resource.objects.filter(pk=record.pk).update(superseded_by=newer)
    many = describe_many([record.pk, swahili.pk, newer.pk])

    def told(row: Resource) -> set[tuple[str, str]]:
        return {(one.what, one.title) for one in many[row.pk].relations}

    assert told(record) == {
        ("has-translation", "Kujifunza kutoka vijijini"),
        ("superseded-by", "Learning from villages, again"),
    }
    assert told(swahili) == {("translation-of", "Learning from villages")}
    assert told(newer) == {("supersedes", "Learning from villages")}

    withdraw(contribution=swahili, by=beatriz, note="Sorry.")
    assert [one.what for one in describe_many([record.pk])[record.pk].relations] == [
        "superseded-by"
    ]


def test_what_is_hidden_is_not_described(record: Resource, beatriz) -> None:
    row = Contribution.objects.get(pk=record.pk)
    assert set(describe([row])) == {record.pk}

    withdraw(contribution=row, by=beatriz, note="Sorry.")

    assert describe([row]) == {}


def test_who_added_a_record_is_told_by_no_door(
    visitor: Client, record: Resource, amina: Member
) -> None:
    Resource.objects.filter(pk=record.pk).update(
        author=amina, shown_as="Amina under another name", shown_role="Case worker"
    )
    settle()
    address = record.get_absolute_url()

    answers = [
        *(visitor.get(f"{address}cite.{one}") for one in ("ris", "bib", "json", "jsonld", "xml")),
        visitor.get(f"{address}cite.linkset"),
        visitor.get("/library/export/csv/"),
        *(
            visitor.get("/oai", {"verb": "ListRecords", "metadataPrefix": prefix})
            for prefix in ("oai_dc", "oai_openaire")
        ),
    ]

    told = b"".join(one.getvalue() for one in answers)
    assert told.count(b"Learning from villages") >= 8
    assert b"Amina" not in told
    assert b"Case worker" not in told
    assert len(headers(ask(verb="ListRecords", metadataPrefix="oai_dc"))) == 1


def test_harvesters_are_told_when_a_file_is_let_out(record: Resource, beatriz: Member) -> None:
    settle()
    with_file(record, let_out_at=None)
    Harvestable.objects.update(datestamp=now() - timedelta(days=1))

    let_out(resource=record, by=beatriz)
    worker.run_until_idle()

    assert Harvestable.objects.get().datestamp > now() - timedelta(hours=1)
