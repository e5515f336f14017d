"""What is out, to everybody: the bytes in parts, the text beside, the podcast; and gone at once.
Run by pytest alone."""

import io

import pytest
from django.urls import reverse
from lxml import etree
from PIL import Image

from exchange.contributions.actions import withdraw
from exchange.webinars.models import Lane, Line
from exchange.webinars.recordings import actions, places
from tests.webinars.recordings.conftest import heard

pytestmark = pytest.mark.django_db
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"


def address(row, sort="mp3"):
    return reverse("webinar-recording", args=[row.key, sort])


def items(client):
    answer = client.get(reverse("webinar-podcast"))
    return answer, etree.fromstring(answer.content).findall("channel/item")


def written_along(webinar, language, *lines):
    lane = Lane.objects.create(webinar=webinar, language=language)
    for number, text in enumerate(lines, 1):
        Line.objects.create(lane=lane, number=number, text=text, state=Line.State.SHOWN)


def test_nobody_hears_what_two_hosts_have_not_let_out(waiting, visitor, host, beatriz, desta):
    assert visitor.get(address(waiting)).status_code == 404
    assert host.get(address(waiting)).status_code == 404
    assert items(visitor)[1] == []

    heard(waiting, beatriz)
    assert visitor.get(address(waiting)).status_code == 404
    heard(waiting, desta)

    assert visitor.get(address(waiting)).status_code == 200


def test_the_sound_is_sent_whole_in_parts_and_not_twice(released, visitor):
    real = places.file(released.key, "mp3").read_bytes()

    whole = visitor.get(address(released))
    assert whole.getvalue() == real
    assert whole["Content-Type"] == "audio/mpeg"
    assert whole["Content-Length"] == str(len(real)) == str(released.mp3_bytes)
    part = visitor.get(address(released), headers={"Range": "bytes=100-199"})
    assert (part.status_code, part.getvalue()) == (206, real[100:200])
    assert part["Content-Range"] == f"bytes 100-199/{len(real)}"
    tail = visitor.get(address(released), headers={"Range": "bytes=-10"})
    assert tail.getvalue() == real[-10:]
    beyond = visitor.get(address(released), headers={"Range": f"bytes={len(real)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(real)}")
    head = visitor.head(address(released))
    assert (head.content, head["Content-Length"]) == (b"", str(len(real)))
    again = visitor.get(address(released), headers={"If-None-Match": whole["ETag"]})
    assert again.status_code == 304
    other = visitor.get(address(released), headers={"Range": "bytes=0-9", "If-Range": '"old"'})
    assert (other.status_code, len(other.getvalue())) == (200, len(real))
    assert visitor.get(address(released, "opus"))["Content-Type"] == "audio/ogg"
    assert "no-cache" in whole["Cache-Control"]


def test_a_file_that_is_missing_is_no_broken_page(released, visitor):
    assert visitor.get(address(released)).status_code == 200

    places.file(released.key, "mp3").unlink()

    assert visitor.get(address(released)).status_code == 404
    assert visitor.get(address(released, "opus")).status_code == 200
    assert visitor.get(address(released, "wav")).status_code == 404
    assert visitor.get("/webinars/recordings/..%2F..%2Fsecret-key/sound.mp3").status_code == 404


def test_the_podcast_says_what_programs_ask_for(released, visitor):
    written_along(released.webinar, "en", "We began with a walk.")
    written_along(released.webinar, "sw", "Tulianza kwa kutembea.")

    answer, found = items(visitor)

    assert answer["Content-Type"].startswith("application/rss+xml")
    channel = etree.fromstring(answer.content).find("channel")
    assert channel.findtext("language") == "en"
    assert channel.findtext(f"{ITUNES}explicit") == "false"
    assert channel.find(f"{ITUNES}image").get("href").endswith("/webinars/podcast.png")
    (item,) = found
    sound = item.find("enclosure")
    assert dict(sound.attrib) == {
        "url": f"http://testserver{address(released)}",
        "length": str(released.mp3_bytes),
        "type": "audio/mpeg",
    }
    guid = item.find("guid")
    assert (guid.text, guid.get("isPermaLink")) == (released.key, "false")
    assert item.findtext("title") == "Talking with fathers"
    assert item.findtext(f"{ITUNES}duration") == "6"
    texts = item.findall(f"{PODCAST}transcript")
    assert [one.get("language") for one in texts] == ["en", "sw"]
    text = visitor.get(texts[1].get("url").removeprefix("http://testserver"))
    assert text["Content-Type"].startswith("text/vtt")
    assert "Tulianza kwa kutembea." in text.content.decode()
    assert visitor.get(texts[1].get("url").replace("/sw.vtt", "/fr.vtt")).status_code == 404


def test_the_feed_is_not_sent_twice_and_changes_at_once(
    released, visitor, beatriz, django_capture_on_commit_callbacks
):
    first, found = items(visitor)
    assert len(found) == 1
    feed = reverse("webinar-podcast")
    kept = visitor.get(feed, headers={"If-None-Match": first["ETag"]})
    assert kept.status_code == 304

    with django_capture_on_commit_callbacks(execute=True):
        actions.take_away(recording=released, by=beatriz)

    gone = visitor.get(feed, headers={"If-None-Match": first["ETag"]})
    assert gone.status_code == 200
    assert released.key not in gone.content.decode()
    assert visitor.get(address(released)).status_code == 404


def test_everything_leaves_with_the_webinar(
    released, visitor, beatriz, django_capture_on_commit_callbacks
):
    written_along(released.webinar, "en", "We began with a walk.")
    text = reverse("webinar-transcript", args=[released.key, "en"])
    page = released.webinar.webinar.get_absolute_url()
    assert visitor.get(text).status_code == 200
    assert address(released) in visitor.get(page).content.decode()

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(contribution=released.webinar, by=beatriz)

    assert items(visitor)[1] == []
    assert [visitor.get(one).status_code for one in (text, address(released))] == [404, 404]


def test_the_page_of_the_webinar_offers_the_smallest_file_first(released, visitor):
    page = visitor.get(released.webinar.webinar.get_absolute_url()).content.decode()

    assert 0 < page.index(address(released, "opus")) < page.index(address(released))


def test_the_picture_is_a_square_that_podcasts_take(visitor):
    answer = visitor.get(reverse("webinar-podcast-art"))

    picture = Image.open(io.BytesIO(answer.content))
    assert (picture.format, picture.size) == ("PNG", (1400, 1400))
    assert len(answer.content) < 60_000
