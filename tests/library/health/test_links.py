"""Links: asked politely and never inside our own network, judged with patience, shown quietly.
Run by pytest alone."""

import socket
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from exchange.core.time import now
from exchange.ledger.models import Event
from exchange.library.health import asking, links, rules
from exchange.library.models import Link, LinkCheck, Resource
from tests.cast import signed_in
from tests.library.conftest import shelved

WORKS, MOVED, GONE = LinkCheck.State.WORKS, LinkCheck.State.MOVED, LinkCheck.State.GONE
SILENT, ROBOTS = LinkCheck.State.SILENT, LinkCheck.State.ROBOTS
BEGAN = datetime(2026, 11, 3, 9, tzinfo=UTC)


def told(answer: rules.Answer) -> tuple[int, str]:
    return answer.status, answer.trouble


# --- asking ---


def test_a_page_that_is_there_is_asked_once_by_head_with_our_name(site, settings):
    settings.CONTACT = "hosts@example.org"

    assert told(asking.ask(f"{site.base}/200")) == (200, "")

    assert site.pages() == [("HEAD", "/200")]
    agent = site.asked[-1][2]
    assert agent.startswith("ExchangeLinkCheck/1.0 (+http")
    assert "hosts@example.org" in agent


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_what_is_not_there_is_asked_by_get_as_well(site, status):
    assert told(asking.ask(f"{site.base}/{status}")) == (status, "")
    assert site.pages() == [("HEAD", f"/{status}"), ("GET", f"/{status}")]


@pytest.mark.parametrize("status", [400, 403, 404, 405, 500, 501])
def test_a_server_that_cannot_answer_head_is_believed_by_its_get(site, status):
    assert told(asking.ask(f"{site.base}/head-{status}")) == (200, "")


def test_redirects_are_followed_and_the_end_is_kept(site):
    moved = asking.ask(f"{site.base}/to/to/200")
    for_now = asking.ask(f"{site.base}/for-now/200")

    assert (moved.status, moved.leads_to, moved.has_moved) == (200, f"{site.base}/200", True)
    assert (for_now.status, for_now.has_moved) == (200, False)


def test_a_circle_ends_after_five(site):
    assert asking.ask(f"{site.base}/forever").trouble == "loop"
    assert len(site.pages()) == asking.REDIRECTS + 1


@pytest.mark.parametrize("path", ["/slow", "/dribble"])
def test_who_is_slow_is_not_waited_for(site, path):
    began = time.monotonic()

    assert told(asking.ask(f"{site.base}{path}")) == (0, "silent")
    assert time.monotonic() - began < 2


def test_all_requests_for_one_link_have_an_end_together(site, monkeypatch):
    monkeypatch.setattr(asking, "WHOLE", 0.6)
    monkeypatch.setattr(asking, "PAUSE", 0.2)
    began = time.monotonic()

    assert asking.ask(f"{site.base}/forever").trouble == "silent"
    assert time.monotonic() - began < 1.5


def test_of_a_large_file_few_bytes_are_taken(site):
    began = time.monotonic()

    assert told(asking.ask(f"{site.base}/huge")) == (200, "")
    assert time.monotonic() - began < 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:1/",
        "http://no-such-name.invalid/",
        "http://[::1",
        "http://exa mple.org/",
        "http://" + "a" * 70 + ".example/",
        "http://bücher..example/",
    ],
)
def test_what_does_not_answer_is_silent_and_nothing_raises(quick, url):
    assert asking.ask(url).trouble == "silent"


def test_nonsense_is_silence(site):
    assert asking.ask(f"{site.base}/nonsense").trouble == "silent"


@pytest.mark.parametrize("odd", ["to-no-name", "to-an-odd-page"])
def test_a_redirect_to_what_is_no_address_is_silence(site, odd):
    answer = asking.ask(f"{site.base}/{odd}")

    assert (answer.trouble, answer.leads_to) == ("silent", "")


def test_robots_are_honoured_and_asked_once(site):
    site.robots = (200, "User-agent: ExchangeLinkCheck\nDisallow: /private/\n")

    assert asking.ask(f"{site.base}/private/200").trouble == "robots"
    assert told(asking.ask(f"{site.base}/200")) == (200, "")
    assert [path for _m, path, _a in site.asked].count("/robots.txt") == 1
    assert site.pages() == [("HEAD", "/200")]


def test_a_redirect_to_what_robots_may_not_see_is_not_followed(site):
    site.robots = (200, "User-agent: *\nDisallow: /200\n")

    assert asking.ask(f"{site.base}/to/200").trouble == "robots"
    assert ("HEAD", "/200") not in site.pages()


def test_a_site_in_trouble_is_left_alone_for_now(site):
    site.robots = (503, "")

    assert asking.ask(f"{site.base}/200").trouble == "later"
    assert site.pages() == []


def test_between_two_requests_to_one_host_there_is_a_pause(site, monkeypatch):
    monkeypatch.setattr(asking, "PAUSE", 0.2)
    began = time.monotonic()

    asking.ask(f"{site.base}/404")

    # robots, HEAD, GET.
    assert time.monotonic() - began >= 0.4


# --- never inside our own network ---


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0"),
        *("100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fc00::1"),
        *("::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "ff02::1", "198.18.0.1"),
    ],
)
def test_an_inner_address_is_known(address):
    assert asking.is_private(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1"])
def test_an_outer_address_is_known(address):
    assert not asking.is_private(address)


def test_an_inner_address_is_not_asked_by_name_number_or_redirect(site, settings, monkeypatch):
    settings.LINKS_MAY_BE_PRIVATE = False
    port = site.base.rpartition(":")[2]
    for url in (
        f"{site.base}/200",
        "http://localhost/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        f"http://example.org:{port}/",
        "http://user:word@example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "ftp://example.org/",
    ):
        assert asking.ask(url).trouble == "private", url
    assert site.asked == []


def test_a_redirect_inwards_is_not_followed(site, settings, monkeypatch):
    inside = f"http://inside.example:{site.base.rpartition(':')[2]}"
    seen = []

    def address(host, parts):
        seen.append(host)
        if host == "inside.example":
            raise asking.NotAsked("private")
        return "127.0.0.1"

    monkeypatch.setattr(asking, "_address", address)
    monkeypatch.setattr(asking, "urljoin", lambda at, to: f"{inside}{to}")

    assert asking.ask(f"{site.base}/to/200").trouble == "private"
    assert "inside.example" in seen
    assert ("HEAD", "/200") not in site.pages()


def test_the_address_that_was_judged_is_the_one_that_is_asked(site, monkeypatch):
    """A name that changes its mind between the two leads nowhere else."""
    looked_up = []
    real = socket.getaddrinfo

    def answer(host, port, *args, **kwargs):
        looked_up.append(host)
        return real("127.0.0.1", port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    port = site.base.rpartition(":")[2]

    assert told(asking.ask(f"http://name.example:{port}/200")) == (200, "")
    # Once for the robots and once for the page; connecting asks for the number alone.
    assert [one for one in looked_up if one == "name.example"] == ["name.example"] * 2


# --- judging ---


def judged(link, answer, moment):
    verdict = rules.judged(link, answer, moment)
    link.state, link.failures = verdict.state, verdict.failures
    link.first_failed_at, link.next_at = verdict.first_failed_at, verdict.next_at
    return verdict


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (rules.Answer(200), WORKS),
        (rules.Answer(204), WORKS),
        (rules.Answer(200, "https://example.org/new", has_moved=True), MOVED),
        (rules.Answer(403), ROBOTS),
        (rules.Answer(429), ROBOTS),
        (rules.Answer(trouble="robots"), ROBOTS),
        (rules.Answer(404), SILENT),
        (rules.Answer(500), SILENT),
        (rules.Answer(302, trouble="loop"), SILENT),
        (rules.Answer(trouble="silent"), SILENT),
        (rules.Answer(trouble="private"), LinkCheck.State.UNKNOWN),
    ],
)
def test_one_answer_is_judged(answer, state):
    assert rules.judged(LinkCheck(), answer, BEGAN).state == state


def test_gone_needs_three_failures_over_a_week():
    link, gone = LinkCheck(), rules.Answer(404)
    days = []
    moment = BEGAN
    while link.state != GONE:
        judged(link, gone, moment)
        days.append((moment - BEGAN).days)
        moment = link.next_at

    assert days == [0, 1, 4, 8]
    assert judged(link, rules.Answer(200), moment).state == WORKS
    assert (link.failures, link.first_failed_at) == (0, None)


def test_what_works_is_asked_weekly_and_a_site_in_trouble_tomorrow():
    link = LinkCheck(state=WORKS)

    assert judged(link, rules.Answer(200), BEGAN).next_at == BEGAN + timedelta(days=7)
    later = judged(link, rules.Answer(trouble="later"), BEGAN)
    assert (later.state, later.next_at) == (WORKS, BEGAN + timedelta(days=1))


# --- records ---


@pytest.mark.django_db
def test_every_link_a_record_shows_is_asked_and_no_other(record, settings):
    Link.objects.create(resource=record, url="https://example.org/archived", kind="archive")
    Link.objects.create(resource=record, url="https://example.org/copy", kind="mirror")
    shelved("A mirror", url="https://example.org/mirror", link_kind="mirror")
    LinkCheck.objects.create(url="https://example.org/old", mark="x", host="example.org")

    assert links.gather() == 2
    assert links.gather() == 2

    assert set(LinkCheck.objects.values_list("url", flat=True)) == {
        record.url,
        "https://example.org/archived",
    }


@pytest.mark.django_db
def test_a_run_asks_one_link_of_each_host_and_ends_in_time(site, monkeypatch):
    for n in range(3):
        shelved(f"Record {n}", url=f"{site.base}/{200 + n}")
    links.gather()

    assert links.check_due(moment=now()) == 1
    assert links.check_due(moment=now(), seconds=-1) == 0
    assert LinkCheck.objects.filter(state=WORKS).count() == 1


@pytest.mark.django_db
def test_the_record_says_quietly_that_its_link_did_not_answer(site, visitor):
    record = shelved("Lost", url=f"{site.base}/404")
    Link.objects.create(resource=record, url="https://example.org/archived", kind="archive")
    links.gather()
    with time_machine.travel(BEGAN):
        links.check(link=LinkCheck.objects.get(url=record.url))

    page = visitor.get(record.get_absolute_url()).content.decode()

    assert "The link did not answer on" in page
    assert "https://example.org/archived" in page
    assert Event.objects.filter(kind="link.changed").count() == 1


@pytest.mark.django_db
def test_a_link_that_answers_again_is_not_spoken_of(site, visitor):
    record = shelved("Found", url=f"{site.base}/404")
    links.gather()
    link = LinkCheck.objects.get()
    links.check(link=link)
    LinkCheck.objects.update(url=f"{site.base}/200")
    link.refresh_from_db()

    links.check(link=link)

    assert "did not answer" not in visitor.get(record.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_on_somebodys_own_machine_nothing_is_asked_by_itself(settings):
    assert links.are_checked() is False
    settings.LINKS_ARE_CHECKED = True
    assert links.are_checked() is True


@pytest.mark.django_db
def test_a_host_asks_by_hand(site, capsys):
    shelved("Fine", url=f"{site.base}/200")

    call_command("library_links", "--minutes", "0.2")

    said = capsys.readouterr().out
    assert "Asked 1." in said
    assert "works: 1" in said


# --- the hosts' pages ---


@pytest.mark.django_db
def test_hosts_see_what_to_mend_and_members_do_not(site, beatriz, amina):
    record = shelved("Lost", url=f"{site.base}/404")
    moved = shelved("Moved", url=f"{site.base}/to/200")
    links.gather()
    for link in LinkCheck.objects.all():
        links.check(link=link)
    host = signed_in(Client(), beatriz)

    page = host.get("/desk/library/links/").content.decode()
    elsewhere = host.get("/desk/library/links/?state=moved").content.decode()

    assert f"{site.base}/404" in page
    assert f"/library/{record.pk}/change/" in page
    assert "Moved" not in page
    assert f"{site.base}/200" in elsewhere
    assert f"/library/{moved.pk}/change/" in elsewhere
    assert signed_in(Client(), amina).get("/desk/library/links/").status_code == 404
    assert Resource.objects.count() == 2
