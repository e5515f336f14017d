"""A photo with its place and camera in it is shared, and comes out without them."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.contributions import files
from tests.journeys.conftest import PersonMaker
from tests.journeys.people import Person, mark

pytestmark = pytest.mark.journey


def _fill(member: Person, photo: Path, title: str) -> None:
    page = member.page
    member.go("/ask/")
    page.locator("[name=title]").fill(title)
    page.locator("summary", has_text="Add a picture").click()
    page.locator("[name=picture-file]").set_input_files(photo)
    page.locator("[name=picture-alt]").fill("A large tree with benches")


def test_a_photo_with_gps_is_published_without_it(
    member: Person, person: PersonMaker, tmp_path: Path
) -> None:
    photo = tmp_path / "IMG_20261120_101500.jpg"
    photo.write_bytes(files.photo(orientation=6))
    assert files.CAMERA in photo.read_bytes()
    title = f"Where do you meet when it rains in {mark()}?"

    _fill(member, photo, title)
    member.form("title").locator("button.do").click()
    member.see("Please say whether somebody can be recognised.")
    member.see("Please choose the picture again: browsers do not keep files.")
    expect(member.page.locator("[name=title]")).to_have_value(title)
    member.page.locator("[name=picture-file]").set_input_files(photo)
    member.page.locator("[name=picture-people][value=nobody]").check()
    member.form("title").locator("button.do").click()
    expect(member.page.locator("main h1")).to_have_text(title)

    reader = person("Reader")
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.go(member.page.url)
    reader.page.wait_for_load_state("networkidle")
    assert not any("/pictures/" in url for url in asked)

    reader.page.locator("figure summary").click()
    picture = reader.page.locator("figure img")
    expect(picture).to_have_js_property("complete", True)
    expect(picture).to_have_js_property("naturalWidth", 320)
    expect(picture).to_have_attribute("alt", "A large tree with benches")
    address = picture.get_attribute("src") or ""
    for size in ("320", "800", "1600"):
        answer = reader.page.request.get(address.replace("320", size))
        assert answer.ok
        for attached in (b"Exif", b"EXIF", b"XMP", b"ICCP", b"Kibera", files.CAMERA):
            assert attached not in answer.body()

    member.page.get_by_role("button", name="Take the picture away").click()
    expect(member.page.locator("figure")).to_have_count(0)
    assert reader.page.request.get(address).status == 404


def test_somebody_who_can_be_recognised_needs_whole_consent(member: Person, tmp_path: Path) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(files.photo())
    page = member.page

    _fill(member, photo, f"Who chairs your meetings in {mark()}?")
    page.locator("[name=picture-people][value=consent]").check()
    page.locator("summary", has_text="If somebody can be recognised").click()
    page.locator("[name=picture-who]").select_option("child")
    page.locator("[name=picture-person_agreed]").check()
    page.locator("[name=picture-how]").select_option("spoken")
    page.locator("[name=picture-agreed_on]").fill("2026-01-15")
    page.locator("[name=picture-use]").select_option("here")
    page.locator("[name=picture-until]").fill("2029-01-15")
    member.form("title").locator("button.do").click()
    member.see("only when the child and a parent or guardian agreed")

    page.locator("[name=picture-file]").set_input_files(photo)
    page.locator("[name=picture-guardian_agreed]").check()
    member.form("title").locator("button.do").click()
    member.see("Each child's parent or guardian agreed as well.")
    page.get_by_role("button", name="Consent is withdrawn").click()
    expect(page.locator("figure")).to_have_count(0)
