"""A stranger's file becomes three plain pictures, or is turned away quickly and by name."""

import io
import subprocess
import sys
import time

import pytest
from PIL import Image

from exchange.contributions.pictures import sandbox
from tests.contributions import files

# What a machine shared with others may add to two seconds of work.
SLACK = 3.0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF"])
def test_a_photo_comes_out_without_anything_attached(kind: str) -> None:
    sent = files.photo(kind)
    assert files.PLACE in sent or files.CAMERA in sent

    made = files.reencoded(sent)

    assert [one.at for one in sorted(made.sizes, key=lambda one: one.at)] == [320, 800, 1600]
    for one in made.sizes:
        for mark in (b"Exif", b"EXIF", b"XMP", b"ICCP", b"GPS", b"8BIM", b"Kibera", files.CAMERA):
            assert mark not in one.data, f"{mark!r} in {one.at} of {kind}"
        seen = Image.open(io.BytesIO(one.data))
        assert (seen.format, seen.size) == ("WEBP", (one.width, one.height))
        assert not seen.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & set(seen.info)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_it_stands_upright_whichever_way_the_phone_was_held(orientation: int) -> None:
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    held = files.scene(400, 300)
    held = held.transpose(back[orientation]) if orientation in back else held
    out = io.BytesIO()
    held.save(out, "JPEG", exif=files.exif(orientation))

    made = files.reencoded(out.getvalue())

    small = Image.open(io.BytesIO(made.sizes[-1].data))
    assert small.size == (320, 240)
    red, blue = small.getpixel((200, 20)), small.getpixel((200, 220))
    green = small.getpixel((10, 20))
    assert red[0] > 120 > red[2]
    assert blue[2] > 120 > blue[0]
    assert green[1] > 120 > green[0]


def test_small_pictures_are_not_blown_up_and_large_ones_are_made_smaller() -> None:
    small = files.reencoded(files.photo(size=(500, 300)))
    large = files.reencoded(files.photo(size=(3000, 2000)))

    assert [(one.width, one.height) for one in small.sizes] == [(500, 300), (500, 300), (320, 192)]
    assert [one.width for one in large.sizes] == [1600, 800, 320]
    assert len(large.sizes[-1].data) <= 15_000


def test_what_was_clear_is_white() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")

    made = files.reencoded(out.getvalue())

    assert min(Image.open(io.BytesIO(made.sizes[-1].data)).getpixel((25, 25))) > 245


def test_of_a_moving_picture_the_first_frame_is_kept() -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=100)

    made = files.reencoded(out.getvalue())

    still = Image.open(io.BytesIO(made.sizes[-1].data))
    assert getattr(still, "n_frames", 1) == 1
    assert still.getpixel((30, 20))[0] > 200


@pytest.mark.parametrize("what", files.HOSTILE)
def test_a_hostile_file_is_turned_away_by_name_and_soon(what: str) -> None:
    data, code = files.HOSTILE[what]
    began = time.monotonic()

    with pytest.raises(sandbox.NotTaken) as refused:
        files.reencoded(data)

    assert refused.value.code == code
    assert time.monotonic() - began < 2 + SLACK


def test_a_swollen_profile_costs_nothing() -> None:
    """The profile is never unpacked whole, and nothing of it comes out."""
    swollen = files.png_with_a_swollen_profile()
    began = time.monotonic()

    with pytest.raises(sandbox.NotTaken) as refused:
        files.reencoded(swollen)

    assert refused.value.code in ("broken", "too-heavy")

    assert time.monotonic() - began < 2 + SLACK


def test_a_file_over_twelve_megabytes_is_not_even_opened() -> None:
    with files.on_disk(b"\xff\xd8\xff") as file, pytest.raises(sandbox.NotTaken) as refused:
        sandbox.reencode(file, 12_000_001)

    assert refused.value.code == "too-large"


@pytest.mark.parametrize(
    "hostile",
    [
        "while True: pass",
        "import time; time.sleep(60)",
        "import sys; sys.stdout.buffer.write(bytes(100_000_000))",
        "import os; os.abort()",
    ],
)
def test_a_decoder_that_hangs_or_dies_takes_nobody_with_it(hostile: str) -> None:
    began = time.monotonic()

    with files.on_disk(b"x") as file, pytest.raises(sandbox.NotTaken) as refused:
        sandbox.limited([sys.executable, "-c", hostile], file, wall=0.7)

    assert refused.value.code == "too-heavy"
    assert time.monotonic() - began < 2 + SLACK
    assert len(files.reencoded(files.photo()).sizes) == 3


@pytest.mark.parametrize(
    ("attempt", "ends"),
    [
        ("while True: pass", -9),
        ("bytearray(2_000_000_000)", 1),
        ("open('/tmp/should-not-be', 'w')", 1),
        ("open('/etc/passwd')", 1),
    ],
)
def test_the_program_that_decodes_can_do_little_else(attempt: str, ends: int) -> None:
    """The limits as the program sets them, with hostile code in the decoder's place."""
    around = (
        "import runpy, sys; program = runpy.run_path(sys.argv[1]); main = program['main'];"
        "hostile = lambda *given: exec(sys.argv[2]);"
        "main.__globals__['_upright'] = hostile;"
        "main.__globals__['BROKEN'] = 1; sys.exit(main())"
    )
    ended = subprocess.run(
        [sys.executable, "-I", "-c", around, str(sandbox.PROGRAM), attempt],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=20,
        check=False,
    )

    assert ended.returncode == ends


def test_an_answer_that_is_no_plain_picture_is_not_believed() -> None:
    with_exif = io.BytesIO()
    files.scene(20, 10).save(with_exif, "WEBP", exif=files.exif())
    lies = [b"", b"[]\n", b"not json\n", b'[{"at": 320}]\n']
    told = (
        '[{"at": 320, "width": 20, "height": 10, "bytes": N}, {"at": 800, "width": 20, "height": 10,'
        ' "bytes": N}, {"at": 1600, "width": 20, "height": 10, "bytes": N}]\n'
    )
    line = told.replace("N", str(len(with_exif.getvalue()))).encode()
    lies.append(line + with_exif.getvalue() * 3)

    for lie in lies:
        with pytest.raises(sandbox.NotTaken):
            sandbox._checked(lie)
