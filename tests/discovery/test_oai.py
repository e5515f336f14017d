"""The protocol: six verbs, eight errors by GET and POST, moments, sets, tokens, deletions.
Read by pytest alone."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import dictionaries, lists, one_of, sampled_from, text

from exchange.contributions import sealing
from exchange.contributions.actions import let_back, withdraw
from exchange.contributions.models import Contribution
from exchange.core.time import now
from exchange.discovery.models import Harvestable
from exchange.discovery.oai import keeping, reading, tokens
from exchange.ledger.models import ClockJob
from exchange.library.models import Resource
from tests.discovery.harvest import DC, OAI, ask, error, headers, settle, token
from tests.library.conftest import shelved

pytestmark = pytest.mark.django_db
HOW = pytest.mark.parametrize("how", ["get", "post"])


@pytest.fixture
def record(db: None) -> Resource:
    row = shelved()
    settle()
    return row


def name_of(row: Resource) -> str:
    return f"oai:testserver:resource/{row.pk}"


def gone(row: Resource, by) -> None:
    withdraw(contribution=row, by=by, note="Sorry.")
    settle()


def many(count: int) -> list[Resource]:
    rows = [shelved(f"Record {number:03}") for number in range(count)]
    settle()
    return rows


@HOW
def test_it_says_who_it_is(how: str, record: Resource) -> None:
    said = ask(how, verb="Identify").find(f"{OAI}Identify")

    assert said.findtext(f"{OAI}baseURL") == "http://testserver/oai"
    assert said.findtext(f"{OAI}deletedRecord") == "persistent"
    assert said.findtext(f"{OAI}granularity") == "YYYY-MM-DDThh:mm:ssZ"
    assert "@" in said.findtext(f"{OAI}adminEmail")
    stamp = Harvestable.objects.get().datestamp.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert said.findtext(f"{OAI}earliestDatestamp") == stamp


LIST = {"verb": "ListRecords", "metadataPrefix": "oai_dc"}
WRONG = [
    ("badVerb", {}),
    ("badVerb", {"verb": "Sing"}),
    ("badVerb", {"verb": ["Identify", "Identify"]}),
    ("badArgument", {"verb": "Identify", "set": "topic"}),
    ("badArgument", {"verb": "ListRecords"}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}),
    ("badArgument", {"verb": "ListRecords", "metadataPrefix": ""}),
    ("badArgument", {"verb": "GetRecord", "metadataPrefix": "oai_dc"}),
    ("badArgument", {"verb": "GetRecord", "identifier": "oai:testserver:resource/1"}),
    ("badArgument", {**LIST, "from_": "2026-13-01"}),
    ("badArgument", {**LIST, "from_": "2026"}),
    ("badArgument", {**LIST, "from_": ""}),
    ("badArgument", {**LIST, "from_": "2026-01-01T00:00:00+02:00"}),
    ("badArgument", {**LIST, "from_": "2026-01-01T00:00:00.5Z"}),
    ("badArgument", {**LIST, "from_": "2026-01-02", "until": "2026-01-01"}),
    ("badArgument", {**LIST, "from_": "2026-01-01", "until": "2026-01-02T00:00:00Z"}),
    ("badArgument", {**LIST, "set": "not a set"}),
    ("badArgument", {**LIST, "resumptionToken": "x"}),
    ("badArgument", {"verb": "GetRecord", "resumptionToken": "x"}),
    ("badResumptionToken", {"verb": "ListRecords", "resumptionToken": "x"}),
    ("badResumptionToken", {"verb": "ListIdentifiers", "resumptionToken": ""}),
    ("badResumptionToken", {"verb": "ListSets", "resumptionToken": "x"}),
    ("cannotDisseminateFormat", {"verb": "ListRecords", "metadataPrefix": "marc21"}),
    ("cannotDisseminateFormat", {"verb": "ListIdentifiers", "metadataPrefix": "OAI_DC"}),
    ("idDoesNotExist", {"verb": "ListMetadataFormats", "identifier": "oai:testserver:resource/0"}),
    ("idDoesNotExist", {"verb": "ListMetadataFormats", "identifier": "oai:elsewhere:resource/1"}),
    (
        "idDoesNotExist",
        {
            "verb": "GetRecord",
            "metadataPrefix": "oai_dc",
            "identifier": "oai:testserver:resource/٣",
        },
    ),
    ("noRecordsMatch", {**LIST, "until": "2001-01-01"}),
    ("noRecordsMatch", {**LIST, "from_": "2999-01-01"}),
    ("noRecordsMatch", {**LIST, "set": "topic:nothing-of-the-kind"}),
    ("noRecordsMatch", {**LIST, "set": "country:ke"}),
]


@HOW
@pytest.mark.parametrize(("code", "arguments"), WRONG)
def test_what_is_asked_wrongly_is_told_with_http_200(
    how: str, code: str, arguments: dict, record: Resource
) -> None:
    answer = ask(how, **arguments)

    assert error(answer) == code
    request = answer.find(f"{OAI}request")
    assert request.text == "http://testserver/oai"
    # What could not be understood is not given back.
    assert bool(request.attrib) == (code not in ("badVerb", "badArgument"))


@HOW
def test_a_record_that_is_gone_has_no_format_any_more(how: str, record: Resource, beatriz) -> None:
    asked = {"verb": "ListMetadataFormats", "identifier": name_of(record)}
    assert len(ask(how, **asked).findall(f".//{OAI}metadataFormat")) == 2

    gone(record, beatriz)

    assert error(ask(how, **asked)) == "noMetadataFormats"


@HOW
def test_an_empty_library_has_no_sets(how: str) -> None:
    assert error(ask(how, verb="ListSets")) == "noSetHierarchy"


def test_other_methods_are_refused_and_a_form_needs_no_token_of_ours(record: Resource) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.put("/oai").status_code == 405
    assert strict.post("/oai?verb=Identify", LIST).content.count(b"<record>") == 1
    assert b"badVerb" in strict.post("/oai?verb=Identify").content


def test_a_record_says_where_its_page_is_and_in_which_language(record: Resource) -> None:
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=name_of(record))

    said = {one.tag[len(DC) :]: one.text for one in answer.iter(f"{DC}*")}
    assert said["title"] == "Learning from villages"
    assert answer.findtext(f".//{DC}identifier") == f"http://testserver{record.get_absolute_url()}"
    assert answer.find(f".//{DC}title").get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert answer.find(f"{OAI}request").get("identifier") == name_of(record)


def test_the_richer_form_tells_persons_from_organisations(db: None) -> None:
    row = shelved(authors=("Mike Wessells", "Plan International"))
    settle()

    answer = ask(verb="GetRecord", metadataPrefix="oai_openaire", identifier=name_of(row))

    names = answer.iter("{http://datacite.org/schema/kernel-4}creatorName")
    assert [(one.text, one.get("nameType")) for one in names] == [
        ("Wessells, Mike", "Personal"),
        ("Plan International", "Organizational"),
    ]
    kind = answer.find(".//{http://namespace.openaire.eu/schema/oaire/}resourceType")
    assert kind.get("uri") == "http://purl.org/coar/resource_type/c_93fc"


def test_characters_that_xml_does_not_know_are_left_out(db: None) -> None:
    row = shelved("Plain\x0b \ufffeand <simple> & ]]> words")
    settle()

    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=name_of(row))

    assert answer.findtext(f".//{DC}title") == Resource.objects.get(pk=row.pk).title.replace(
        "\x0b", ""
    ).replace("\ufffe", "")


def test_sets_are_named_and_hold_what_is_below_them(record: Resource) -> None:
    shelved("Elsewhere", countries=("UG",), topics=(), types=("guide",), language="sw")
    settle()
    listed = {
        one.findtext(f"{OAI}setSpec"): one.findtext(f"{OAI}setName")
        for one in ask(verb="ListSets").iter(f"{OAI}set")
    }

    assert listed["type:report"] == "Type: Report"
    assert listed["country:KE"] == "Country: Kenya"
    assert listed["language:sw"] == "Language: Swahili"
    counted = {
        spec: len(headers(ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set=spec)))
        for spec in ("openaire", "type", "country", "type:report", "language:sw", "topic")
    }
    assert counted == {
        "openaire": 2,
        "type": 2,
        "country": 2,
        "type:report": 1,
        "language:sw": 1,
        "topic": 1,
    }


def test_days_and_seconds_reach_from_their_first_to_their_last_second(record: Resource) -> None:
    stamp = datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)
    Harvestable.objects.update(datestamp=stamp)

    def found(**limits: str) -> bool:
        return not error(ask(**LIST, **limits))

    assert found(from_="2026-03-01", until="2026-03-01")
    assert found(from_="2026-03-01T23:59:59Z", until="2026-03-01T23:59:59Z")
    assert not found(from_="2026-03-02")
    assert not found(until="2026-02-28")
    assert not found(until="2026-03-01T23:59:58Z")


def test_a_long_list_goes_on_by_tokens_and_ends_with_an_empty_one(monkeypatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 4)
    rows = many(10)
    Harvestable.objects.update(datestamp=now().replace(microsecond=0) - timedelta(hours=1))
    seen: list[str] = []
    answer = ask(**LIST)
    cursors = []
    while True:
        seen += headers(answer)
        mark = token(answer)
        cursors.append((mark.get("cursor"), mark.get("completeListSize")))
        if not mark.text:
            break
        assert mark.get("expirationDate")
        again = ask(verb="ListRecords", resumptionToken=mark.text)
        answer = ask(verb="ListRecords", resumptionToken=mark.text)
        assert list(headers(answer)) == list(headers(again))

    # Ten records of one second: none twice, none left out.
    assert seen == [name_of(row) for row in rows]
    assert cursors == [("0", "10"), ("4", "10"), ("8", "10")]
    assert mark.get("expirationDate") is None
    assert token(ask(**LIST, until=now().strftime("%Y-%m-%d"))).text
    assert token(ask(**LIST, set="openaire")) is not None


def test_a_short_list_has_no_token(record: Resource) -> None:
    assert token(ask(**LIST)) is None


def test_a_token_keeps_what_was_asked_and_no_more(monkeypatch, record: Resource) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    for number in range(5):
        shelved(f"Guide {number}", types=("guide",))
    settle()
    first = ask(verb="ListIdentifiers", metadataPrefix="oai_openaire", set="type:guide")
    words = token(first).text

    rest = ask(verb="ListIdentifiers", resumptionToken=words)
    assert name_of(record) not in headers(rest)
    assert rest.find(f"{OAI}request").attrib == {
        "verb": "ListIdentifiers",
        "resumptionToken": words,
    }
    assert error(ask(verb="ListRecords", resumptionToken=words)) == "badResumptionToken"
    assert error(ask(verb="ListIdentifiers", resumptionToken=f"{words}x")) == "badResumptionToken"
    with time_machine.travel(now() + tokens.LASTS + timedelta(seconds=5)):
        old = ask(verb="ListIdentifiers", resumptionToken=words)
    assert error(old) == "badResumptionToken"


ENDS = {
    "withdrawn": lambda row, host: withdraw(contribution=row, by=host, note="Sorry."),
    "held": lambda row, host: sealing.hold_for_reports(contribution=row),
    "sealed": lambda row, host: sealing.seal(contribution=row),
    "erased": lambda row, host: (row.delete(), keeping.mend()),
}


@pytest.mark.parametrize("end", ENDS)
def test_what_is_gone_stays_in_the_list_as_gone(end: str, record: Resource, beatriz) -> None:
    name = name_of(record)
    Harvestable.objects.update(datestamp=now() - timedelta(hours=1))
    before = Harvestable.objects.get()
    ENDS[end](Contribution.objects.get(pk=record.pk), beatriz)
    # At once, whatever the worker has done since.
    answer = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=name)
    assert headers(answer) == {name: "deleted"}
    assert headers(ask(**LIST)) in ({name: "deleted"}, {})

    worker_done = now()
    settle()

    row = Harvestable.objects.get()
    assert row.is_deleted
    assert row.datestamp > before.datestamp
    since = (worker_done - timedelta(seconds=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert headers(ask(**LIST, from_=since)) == {name: "deleted"}
    assert b"villages" not in Client().get("/oai", LIST).content


def test_what_comes_back_is_there_again(record: Resource, beatriz) -> None:
    gone(record, beatriz)

    let_back(contribution=record, by=beatriz)
    settle()

    assert headers(ask(**LIST)) == {name_of(record): ""}


def test_what_was_never_out_leaves_no_trace(db: None, beatriz) -> None:
    row = shelved()
    withdraw(contribution=row, by=beatriz, note="At once.")
    settle()

    assert error(ask(**LIST)) == "noRecordsMatch"


def test_no_list_reaches_a_moment_that_has_not_come(db: None) -> None:
    """Who asks at one second and comes back for what is since then misses nothing, though the
    change was made before and committed after."""
    with time_machine.travel(datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC), tick=False) as clock:
        row = shelved()
        keeping.keep([row.pk])
        assert Harvestable.objects.get().datestamp == datetime(2026, 5, 1, 12, 0, 10, tzinfo=UTC)
        assert error(ask(**LIST)) == "noRecordsMatch"
        clock.shift(9)
        assert error(ask(**LIST, until="2026-06-01")) == "noRecordsMatch"
        last_visit = now().strftime("%Y-%m-%dT%H:%M:%SZ")
        clock.shift(1)

        assert list(headers(ask(**LIST, from_=last_visit))) == [name_of(row)]


def test_a_clock_set_back_loses_nothing_for_who_comes_back(db: None) -> None:
    noon = datetime(2026, 5, 1, 12, 0, 0, tzinfo=UTC)
    ClockJob.objects.create(name="some.job", last_slot=noon)
    with time_machine.travel(noon - timedelta(hours=1), tick=False) as clock:
        first, second = shelved("First"), shelved("Second")
        keeping.keep([first.pk])
        keeping.keep([second.pk])
        clock.move_to(noon + timedelta(minutes=2))

        since_noon = ask(**LIST, from_="2026-05-01T12:00:59Z")

        assert set(headers(since_noon)) == {name_of(first), name_of(second)}


def test_looking_at_everything_stamps_only_what_differs(record: Resource) -> None:
    other = shelved("Nobody told of this")
    Harvestable.objects.filter(pk=record.pk).update(datestamp=now() - timedelta(days=3))
    old = Harvestable.objects.get(pk=record.pk).datestamp

    assert keeping.mend() == 1
    assert keeping.mend() == 0
    assert Harvestable.objects.get(pk=record.pk).datestamp == old
    assert Harvestable.objects.filter(pk=other.pk).exists()
    call_command("oai", "rebuild", "--all")
    assert Harvestable.objects.get(pk=record.pk).datestamp > old


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    arguments=dictionaries(
        sampled_from(
            [
                "verb",
                "metadataPrefix",
                "from_",
                "until",
                "set",
                "identifier",
                "resumptionToken",
                "x",
            ]
        ),
        one_of(
            text(max_size=40),
            sampled_from(["ListRecords", "ListIdentifiers", "GetRecord", "oai_dc", "2026-01-01"]),
            lists(text(max_size=5), max_size=3),
        ),
    ),
    how=sampled_from(["get", "post"]),
)
def test_whatever_is_asked_is_answered_in_the_protocol(
    arguments: dict, how: str, record: Resource
) -> None:
    ask(how, **arguments)


def test_a_page_of_records_costs_few_queries(db: None) -> None:
    many(120)
    with CaptureQueriesContext(connection) as asked:
        answer = ask(**LIST)

    assert len(headers(answer)) == 100
    assert len(asked) <= 7
