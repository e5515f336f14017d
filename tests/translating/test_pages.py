"""The room's pages: asking, the editor without script, the glossary, a machine's draft on loopback."""

import html
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from exchange.translating import actions, glossary, machine
from exchange.translating.errors import NotAllowed
from exchange.translating.models import TermWord, Translation

pytestmark = pytest.mark.django_db


def _page(client, address):
    return html.unescape(client.get(address).content.decode())


def test_a_volunteer_translates_on_one_page_and_a_second_reads(
    client, signed_in, question, baraka, eshe
):
    signed_in(client, baraka)
    assert "I translate it myself" in _page(client, f"/translations/text/{question.pk}/")
    begun = client.post(f"/translations/text/{question.pk}/begin/", {"language": "en"})
    page = _page(client, begun.url)
    assert "Watoto hawaulizwi chochote." in page
    assert '<b lang="en" dir="ltr">children</b>' in page
    typed = {"title-0": "How?", "body-0": "The elders decide.", "version": "1"}

    half = client.post(begun.url, {**typed, "act": "send"})
    assert half.status_code == 422
    assert "This paragraph has no translation yet." in half.content.decode()
    whole = {**typed, "body-1": "Nobody asks children.", "version": "2", "act": "send"}
    assert client.post(begun.url, whole).status_code == 302

    signed_in(client, eshe)
    row = Translation.objects.get()
    assert "Nobody asks children." in _page(client, f"/translations/{row.pk}/look/")
    assert client.post(f"/translations/{row.pk}/look/", {"version": row.version, "act": "out"}).url
    row.refresh_from_db()
    assert (row.state, row.body) == ("published", "The elders decide.\n\nNobody asks children.")


def test_asking_is_one_tap_and_is_counted(client, signed_in, question, amina):
    signed_in(client, amina)
    client.post(f"/translations/text/{question.pk}/wish/", {"language": "en"})

    assert "one person asks" in _page(client, "/translations/")


def test_strangers_find_nothing(client, signed_in, question, baraka, amina):
    row = actions.begin(contribution=question, reply=None, language="en", by=baraka)
    signed_in(client, amina)

    assert client.get(f"/translations/{row.pk}/").status_code == 404
    assert client.get(f"/translations/{row.pk}/look/").status_code == 404
    assert client.get("/translations/text/999/").status_code == 404


def test_every_term_has_its_word_in_six_languages_and_hosts_change_them(visitor, desta):
    terms = glossary.read()
    assert len(terms.entries) >= 60
    assert all(len(entry.words) == 6 for entry in terms.entries)
    page = _page(visitor, "/translations/glossary/?into=ar")
    assert 'id="child-marriage"' in page
    assert "زواج الأطفال" in page

    glossary.change(slug="elders", language="sw", word="wazee wetu", note="", by=desta)
    assert glossary.read().entry("elders").in_language("sw") == "wazee wetu"
    assert TermWord.objects.get().by == desta


@pytest.mark.parametrize(
    ("words", "language", "term"),
    [
        ("Ndoa za utotoni zinaongezeka", "sw", "child-marriage"),
        ("أثر زواج الأطفال هنا", "ar", "child-marriage"),
        ("Les caregivers ne parlent pas", "fr", ""),
        ("Three referrals last month", "en", "referral"),
    ],
)
def test_terms_are_found_where_they_stand(words, language, term):
    found = [entry.slug for entry in glossary.read().found_in(words, language)]

    assert term in found if term else found == []


@pytest.fixture
def stub(settings):
    """A server that answers as LibreTranslate does, and keeps what it was asked."""
    asked = []

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self):
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(told)
            said = {"translatedText": [f"[{told['target']}] {one}" for one in told["q"]]}
            body = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_words):
            """Silent."""

    server = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.TRANSLATE_URL = f"http://127.0.0.1:{server.server_port}/translate"
    settings.TRANSLATE_KEY = "secret"
    yield asked
    server.shutdown()
    server.server_close()


def test_a_machine_fills_what_is_empty_and_publishes_nothing(
    client, signed_in, question, baraka, stub
):
    row = actions.begin(contribution=question, reply=None, language="en", by=baraka)
    signed_in(client, baraka)
    assert "Fill what is empty by machine" in _page(client, f"/translations/{row.pk}/")

    typed = {"title-0": "My own title", "version": "1", "act": "machine"}
    client.post(f"/translations/{row.pk}/", typed)

    row.refresh_from_db()
    assert row.pieces["title"] == ["My own title"]
    assert row.pieces["body"][1] == "[en] Watoto hawaulizwi chochote."
    assert (row.state, row.is_machine_begun, row.body) == ("draft", True, "")
    assert "check every sentence" in _page(client, f"/translations/{row.pk}/")
    assert (stub[0]["source"], stub[0]["target"], stub[0]["api_key"]) == ("sw", "en", "secret")


@pytest.mark.parametrize("mark", ["is_inside", "is_protected", "held", "off"])
def test_no_machine_is_asked_about_what_is_not_for_everybody(
    question, baraka, stub, settings, mark
):
    row = actions.begin(contribution=question, reply=None, language="en", by=baraka)
    if mark == "off":
        settings.TRANSLATE_URL = ""
    elif mark == "held":
        row.contribution.state = "held"
    else:
        setattr(row.contribution, mark, True)

    with pytest.raises(NotAllowed):
        machine.draft(row)
    assert stub == []


def test_a_machine_that_is_not_there_costs_no_word(client, signed_in, question, baraka, settings):
    settings.TRANSLATE_URL = "http://127.0.0.1:9/translate"
    row = actions.begin(contribution=question, reply=None, language="en", by=baraka)
    signed_in(client, baraka)
    client.post(f"/translations/{row.pk}/", {"title-0": "Mine", "version": "1", "act": "machine"})

    row.refresh_from_db()
    assert row.pieces["title"] == ["Mine"]
    assert not row.is_machine_begun
