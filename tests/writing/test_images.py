"""Pictures of the writing room: made anew as everywhere, agreed to, and beside the brief that shows
them."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import Client
from PIL import Image

from exchange.briefings.queries import briefs
from exchange.contributions.models import Picture
from exchange.core.time import now
from exchange.members.models import Member
from exchange.writing.models import BriefPage, RoomPicture
from exchange.writing.opening.shelves import shelf
from exchange.writing.publishing.actions import press

ADD = "/desk/write/images/add/"
NOBODY = {"title": "Our tree", "alt": "A tree before a school", "people": "nobody"}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


def photo(kind: str = "JPEG", side: int = 400) -> bytes:
    """A picture with a place in it."""
    made = Image.new("RGB", (side, side // 2), "olive")
    place = Image.Exif()
    place[0x010E] = "taken at home"
    place.get_ifd(0x8825)[1] = "S"
    out = io.BytesIO()
    made.save(out, kind, exif=place) if kind == "JPEG" else made.save(out, kind)
    return out.getvalue()


def sent(data: bytes, name: str = "kibera school.jpg") -> TemporaryUploadedFile:
    file = TemporaryUploadedFile(name, "image/jpeg", len(data), None)
    file.write(data)
    file.seek(0)
    return file


def add(host: Client, data: bytes, name: str = "kibera school.jpg", **other: Any) -> Any:
    return host.post(ADD, {**NOBODY, **other, "file": sent(data, name)})


def test_a_picture_is_made_anew_and_nothing_of_the_file_is_kept(host: Client, db: None) -> None:
    assert add(host, photo()).status_code == 302
    picture = RoomPicture.objects.get()
    kept = picture.file.open("rb").read()
    assert kept[:4] == b"RIFF"
    assert b"taken at home" not in kept
    assert Image.open(io.BytesIO(kept)).getexif() == {}
    assert "kibera" not in picture.file.name
    assert Path(picture.file.path).is_relative_to(Path(settings.DATA_DIR) / "writing")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (SVG, "tree.svg"),
        (SVG, "tree.jpg"),
        (b"GIF89a" + b"\x00" * 40, "tree.gif"),
        (b"%PDF-1.7 not a picture", "tree.jpg"),
        (b"", "tree.jpg"),
        (b"\xff\xd8\xff" + b"x" * 12_000_001, "tree.jpg"),
    ],
    ids=["drawing", "drawing by another name", "broken gif", "pdf", "empty", "too large"],
)
def test_what_is_no_picture_is_not_taken(data: bytes, name: str, host: Client, db: None) -> None:
    answer = add(host, data, name)
    assert answer.status_code == 200
    assert not RoomPicture.objects.exists()


def test_a_picture_must_say_what_is_in_it_and_who(host: Client, db: None) -> None:
    assert add(host, photo(), alt="").status_code == 200
    assert add(host, photo(), people="").status_code == 200
    assert add(host, photo(), people="consent", who="child").status_code == 200
    assert not RoomPicture.objects.exists()


def test_a_child_is_shown_only_when_everybody_agreed(host: Client, db: None) -> None:
    today = now().date()
    consent = {
        "people": "consent",
        "who": "child",
        "how": "written",
        "use": "here",
        "agreed_on": today.isoformat(),
        "until": (today + timedelta(days=90)).isoformat(),
        "person_agreed": "on",
    }
    assert add(host, photo(), **consent).status_code == 200
    assert add(host, photo(), **consent, guardian_agreed="on").status_code == 302
    assert RoomPicture.objects.get().until == today + timedelta(days=90)


def test_files_are_for_hosts_alone(host: Client, amina: Member, as_host: Any) -> None:
    add(host, photo())
    address = RoomPicture.objects.get().file.url
    answer = host.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert "private" in answer["Cache-Control"]
    assert as_host(amina).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    for wrong in ("../db.sqlite3", "..%2Fdb.sqlite3", "nothing.webp", "x.txt"):
        assert host.get(f"/desk/write/files/pictures/{wrong}").status_code == 404


def picture(**other: Any) -> RoomPicture:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "olive").save(out, "WEBP")
    file = ContentFile(out.getvalue(), name="a.webp")
    made: RoomPicture = RoomPicture.objects.create(**{**NOBODY, "file": file, **other})
    return made


def brief_with(by: Member, *pictures: RoomPicture) -> BriefPage:
    page = BriefPage(title="What listening does", live=False, owner=by)
    values = [{"image": one.pk, "alt": "", "caption": "Under the tree"} for one in pictures]
    blocks = [{"type": "text", "value": "<p>Listen.</p>"}]
    blocks += [{"type": "picture", "value": value} for value in values]
    page.body = page.body.stream_block.to_python(blocks)
    shelf("briefs").specific.add_child(instance=page)
    page.save_revision(user=by)
    return BriefPage.objects.get(pk=page.pk)


def test_a_published_brief_shows_its_picture_and_loses_it_with_the_block(
    beatriz: Member, visitor: Client
) -> None:
    page = brief_with(beatriz, picture())
    assert press(revision=page.latest_revision, by=beatriz).code == "public"
    row = briefs(None).get()
    shown = Picture.objects.visible_to(None).get(contribution_id=row.pk)
    assert (shown.alt, shown.caption) == ("A tree before a school", "Under the tree")
    assert visitor.get(f"/pictures/{shown.key}/320.webp").status_code == 200
    # Once more with the same picture, then without it.
    again = page.get_latest_revision_as_object().save_revision(user=beatriz)
    press(revision=again, by=beatriz)
    assert Picture.objects.standing().count() == 1
    bare = page.get_latest_revision_as_object()
    bare.body = bare.body.stream_block.to_python([{"type": "text", "value": "<p>Listen.</p>"}])
    assert press(revision=bare.save_revision(user=beatriz), by=beatriz).code == "public"
    assert not Picture.objects.standing().exists()


def test_consent_goes_with_the_picture_and_without_it_nothing_goes_out(beatriz: Member) -> None:
    today = now().date()
    agreed = {
        "people": "consent",
        "who": "adult",
        "person_agreed": True,
        "how": "spoken",
        "use": "here",
        "agreed_on": today - timedelta(days=30),
        "until": today + timedelta(days=30),
    }
    late = picture(**{**agreed, "until": today - timedelta(days=1)})
    page = brief_with(beatriz, late)
    assert press(revision=page.latest_revision, by=beatriz).code == "picture"
    assert not briefs(None).exists()
    unsaid = brief_with(beatriz, picture(people=""))
    assert press(revision=unsaid.latest_revision, by=beatriz).code == "picture"
    good = brief_with(beatriz, picture(**agreed))
    assert press(revision=good.latest_revision, by=beatriz).code == "public"
    assert Picture.objects.get().consent.until == today + timedelta(days=30)
