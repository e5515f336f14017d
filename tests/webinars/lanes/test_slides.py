"""Slides: made light by a limited program, looked through before anybody sees them, shown in step."""

import io
import os
import time
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image, ImageDraw

from exchange.contributions.actions import withdraw
from exchange.contributions.errors import NotAllowed
from exchange.webinars import queries as room
from exchange.webinars.errors import NotNow
from exchange.webinars.lanes import slide_files, sliding
from exchange.webinars.lanes.beside import beside
from exchange.webinars.lanes.errors import NotSlides
from exchange.webinars.models import Lane, Line, LiveEvent, Slide, TeamMember
from tests import cast

pytestmark = pytest.mark.django_db
TELLS = "Her name is Neema Otieno, she is 9 and lives in Kibera; call 0722 123 456."


def noisy(size=(1200, 900)) -> Image.Image:
    """A picture that is hard to make small."""
    picture = Image.effect_noise(size, 90).convert("RGB")
    ImageDraw.Draw(picture).text((40, 40), "Three steps", fill="red")
    return picture


def pdf(pages=2) -> bytes:
    made = io.BytesIO()
    first, *rest = [noisy() for _ in range(pages)]
    first.save(made, "PDF", save_all=True, append_images=rest)
    return made.getvalue()


def pptx(*slides: tuple[str, str]) -> bytes:
    """As small as one can be; the first slide has a picture."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
    r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    picture = io.BytesIO()
    noisy((600, 400)).save(picture, "PNG")

    def shape(role: str, words: str) -> str:
        said = f"<a:p><a:r><a:t>{words}</a:t></a:r></a:p>"
        place = f'<p:nvSpPr><p:nvPr><p:ph type="{role}"/></p:nvPr></p:nvSpPr>'
        return f"<p:sp>{place}<p:txBody>{said}</p:txBody></p:sp>"

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        keys = "".join(f'<p:sldId r:id="r{n}"/>' for n in range(len(slides)))
        archive.writestr("ppt/presentation.xml", f"<p:presentation {p} {r}>{keys}</p:presentation>")
        links = "".join(
            f'<Relationship Id="r{n}" Target="slides/s{n}.xml"/>' for n in range(len(slides))
        )
        archive.writestr("ppt/_rels/presentation.xml.rels", f"<R>{links}</R>")
        for n, (title, words) in enumerate(slides):
            blip = "" if n else '<p:pic><a:blip r:embed="i"/></p:pic>'
            inside = shape("title", title) + shape("body", words) + shape("ftr", "Foot") + blip
            archive.writestr(f"ppt/slides/s{n}.xml", f"<p:sld {p} {a} {r}>{inside}</p:sld>")
        link = '<R><Relationship Id="i" Target="../media/i.png"/></R>'
        archive.writestr("ppt/slides/_rels/s0.xml.rels", link)
        archive.writestr("ppt/media/i.png", picture.getvalue())
    return made.getvalue()


def read(tmp_path: Path, data: bytes) -> list[slide_files.Made]:
    path = tmp_path / "file"
    path.write_bytes(data)
    with path.open("rb") as file:
        return slide_files.read(file, len(data))


@pytest.fixture
def leads(live, amina):
    TeamMember.objects.create(webinar=live, member=amina, task=TeamMember.Task.LEAD)
    return room.roles_of(live, amina)


def words_slide(live, by, roles, title="Three steps"):
    return sliding.write(webinar=live, title=title, text="Ask.", language="en", by=by, roles=roles)


def test_a_pdf_becomes_light_pictures(tmp_path):
    made = read(tmp_path, pdf())

    assert len(made) == 2
    for one in made:
        assert 0 < len(one.picture) <= 15_000
        assert Image.open(io.BytesIO(one.picture)).format == "WEBP"


def test_the_words_of_a_pdf_are_read(tmp_path):
    document = pypdfium2.PdfDocument.new()
    document.new_page(400, 300)
    made = io.BytesIO()
    document.save(made)

    assert [(one.title, one.text) for one in read(tmp_path, made.getvalue())] == [("", "")]


def test_a_presentation_gives_its_words_and_its_picture(tmp_path):
    first, second = read(tmp_path, pptx(("Three steps", "Ask the elders"), ("Next", "Come back")))

    assert (first.title, first.text) == ("Three steps", "Ask the elders")
    assert 0 < len(first.picture) <= 15_000
    assert (second.title, second.text, second.picture) == ("Next", "Come back", b"")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"GIF89a", "wrong-type"),
        (b"%PDF-1.7 nothing", "broken"),
        (b"PK\x03\x04 nothing", "broken"),
    ],
)
def test_what_is_no_file_of_slides_is_told_apart(tmp_path, data, code):
    with pytest.raises(NotSlides) as caught:
        read(tmp_path, data)

    assert caught.value.code == code


def test_one_that_unpacks_without_end_is_stopped(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ppt/presentation.xml", b"0" * 200_000_000)

    with pytest.raises(NotSlides) as caught:
        read(tmp_path, made.getvalue())

    assert caught.value.code == "too-long"


def test_a_lead_brings_looks_and_shows_and_everybody_sees_it(live, amina, leads, visitor):
    desk = f"/desk/webinars/{live.pk}/slides/"
    client = cast.signed_in(Client(), amina)
    file = SimpleUploadedFile("slides.pptx", pptx(("Three steps", "Ask"), ("Next", "Come back")))

    assert client.post(desk, {"do": "bring", "file": file, "language": "en"}).status_code == 302

    one, two = Slide.objects.order_by("number")
    picture = f"/webinars/{live.pk}/live/slides/1/{one.picture}"
    assert visitor.get(picture).status_code == 404
    assert client.get(picture).status_code == 200
    client.post(desk, {"do": "show", "slide": one.pk})
    client.post(desk, {"do": "seen", "slide": [one.pk, two.pk]})
    assert not LiveEvent.objects.exists()

    client.post(desk, {"do": "seen", "slide": [one.pk, two.pk], "agreed": "1"})
    client.post(desk, {"do": "show", "slide": one.pk})
    client.post(desk, {"do": "show", "slide": one.pk})

    told = LiveEvent.objects.get()
    assert (told.kind, told.audience) == ("slide", "all")
    assert told.payload == {
        "n": 1,
        "of": 2,
        "title": "Three steps",
        "text": "Ask",
        "lang": "en",
        "picture": picture,
        "bytes": one.picture_bytes,
    }
    assert visitor.get(picture).getvalue()[8:12] == b"WEBP"
    assert "Three steps" in visitor.get(f"/webinars/{live.pk}/live/").content.decode()
    assert "Next" in client.get(desk).content.decode()


def test_withdrawn_its_pictures_are_closed(live, amina, leads, beatriz, visitor):
    slide = words_slide(live, amina, leads)
    name = slide_files.put(noisy((8, 8)).tobytes())
    Slide.objects.update(picture=name)
    slide.refresh_from_db()
    sliding.show(slide=slide, by=amina, roles=leads)
    address = f"/webinars/{live.pk}/live/slides/1/{name}"
    assert visitor.get(address).status_code == 200

    withdraw(contribution=live, by=beatriz, note="Sorry.")

    assert visitor.get(address).status_code == 404


def test_words_that_point_to_a_child_wait_for_a_host(live, amina, leads, beatriz):
    slide = sliding.write(
        webinar=live, title="A case", text=TELLS, language="en", by=amina, roles=leads, insist=True
    )
    pks = [slide.pk]
    assert sliding.look_through(webinar=live, pks=pks, by=amina, roles=leads) == 0
    with pytest.raises(NotNow):
        sliding.show(slide=slide, by=amina, roles=leads)

    host = room.roles_of(live, beatriz)
    assert sliding.look_through(webinar=live, pks=pks, by=beatriz, roles=host) == 1


def test_who_only_writes_along_shows_slides_and_brings_none(live, chen, amina, leads):
    TeamMember.objects.create(webinar=live, member=chen, task=TeamMember.Task.WRITER)
    writes = room.roles_of(live, chen)
    slide = words_slide(live, amina, leads)

    sliding.show(slide=slide, by=chen, roles=writes)

    with pytest.raises(NotAllowed):
        words_slide(live, chen, writes)
    with pytest.raises(NotAllowed):
        sliding.take_away(slide=slide, by=chen, roles=writes)
    assert Client().get(f"/desk/webinars/{live.pk}/slides/").status_code == 404


def test_taken_away_it_leaves_every_screen_and_the_one_before_stands_there(
    live, amina, leads, django_capture_on_commit_callbacks
):
    first, second = (words_slide(live, amina, leads, title) for title in ("First", "Second"))
    name = slide_files.put(b"x")
    Slide.objects.filter(pk=second.pk).update(picture=name)
    for slide in (first, second):
        slide.refresh_from_db()
        sliding.show(slide=slide, by=amina, roles=leads)

    with django_capture_on_commit_callbacks(execute=True):
        sliding.take_away(slide=second, by=amina, roles=leads)

    told = list(LiveEvent.objects.order_by("seq").values_list("payload", flat=True))
    assert "Second" not in str(told)
    assert told[-1]["title"] == "First"
    assert slide_files.kept(name) is None


def test_pictures_that_nobody_has_any_more_are_swept(live):
    kept, left = slide_files.put(b"a"), slide_files.put(b"b")
    Slide.objects.create(webinar=live, number=1, picture=kept)
    for name in (kept, left):
        path = Path(settings.DATA_DIR) / "slides" / name[:2] / name
        os.utime(path, (time.time() - 7200,) * 2)

    sliding.sweep()

    assert slide_files.kept(kept) == b"a"
    assert slide_files.kept(left) is None


def test_the_lasting_page_leads_to_what_was_written_and_shown(
    live, amina, leads, visitor, django_assert_num_queries
):
    for code, state in (("ar", "shown"), ("en", "hidden")):
        lane = Lane.objects.create(webinar=live, language=code)
        Line.objects.create(lane=lane, number=1, text="Words.", state=state)
    slide = words_slide(live, amina, leads)
    words_slide(live, amina, leads, "Never shown")
    sliding.show(slide=slide, by=amina, roles=leads)

    with django_assert_num_queries(1):
        told = beside(live, reader=None, seat=None, roles=leads)

    assert told == {"lane_names": [("ar", "العربية", "rtl")], "slide_count": 1}
    assert "Words" not in visitor.get(f"/webinars/{live.pk}/live/lanes/en/").content.decode()
    page = visitor.get(f"/webinars/{live.pk}/live/slides/").content.decode()
    assert "Three steps" in page
    assert "Never shown" not in page
