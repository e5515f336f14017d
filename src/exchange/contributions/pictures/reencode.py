"""The program that opens a hostile file: decodes it once, writes three small pictures, and ends.
Run by sandbox.py alone, as a process of its own; it imports nothing of ours."""

import io
import json
import os
import resource
import sys
import warnings
from typing import Any

# Before anything hostile is read: little time, little memory, nothing written to disk.
CPU_SECONDS = 2
ADDRESS_SPACE = 1_200_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 20_000
# Width -> qualities to try, from the best, and the bytes with which we are content.
SIZES = {
    1600: ((72, 60), 300_000),
    800: ((68, 58, 48), 70_000),
    320: ((62, 52, 42, 32, 24), 15_000),
}
BROKEN, TOO_MANY_PIXELS = 3, 4


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(5)
    _load_decoders()
    # Counted from here: what a busy machine spends on starting is not the picture's fault.
    begun = int(sum(os.times()[:2])) + 1
    limit = begun + CPU_SECONDS - 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    # Reading and writing go on through the open pipes; no file can be opened any more.
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    data = sys.stdin.buffer.read()
    try:
        upright = _upright(data, sys.argv[1])
        _send(_pictures(upright))
    except TooManyPixels:
        return TOO_MANY_PIXELS
    except Exception:  # noqa: BLE001 - whatever a decoder throws, the file is not a picture for us
        return BROKEN
    return 0


class TooManyPixels(Exception):
    """More than a phone's camera makes, or a bomb."""


def _load_decoders() -> None:
    """Everything that may be needed later, while files can still be opened."""
    from PIL import (  # noqa: PLC0415 - only after the limits stand
        AvifImagePlugin,
        Image,
        ImageCms,
        MpoImagePlugin,
        TiffImagePlugin,
        WebPImagePlugin,
    )
    from pillow_heif import options, register_heif_opener  # noqa: PLC0415 - as above

    Image.preinit()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1
    options.DECODE_THREADS = 1
    register_heif_opener(thumbnails=False)
    first = Image.new("RGB", (4, 4))
    for codec in ("ascii", "latin-1", "utf-8", "utf-16"):
        b"".decode(codec)
    first.save(io.BytesIO(), "WEBP")
    ImageCms.profileToProfile(first, ImageCms.createProfile("sRGB"), ImageCms.createProfile("sRGB"))
    del MpoImagePlugin, TiffImagePlugin, WebPImagePlugin


def _upright(data: bytes, kind: str) -> Any:
    """The first frame as camera holders saw it: at most 1600 wide, plain RGB, nothing attached."""
    from PIL import Image  # noqa: PLC0415 - loaded above

    try:
        opened = Image.open(io.BytesIO(data), formats=[kind])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise TooManyPixels from bomb
    width, height = opened.size
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
        raise TooManyPixels
    turn = _turn(opened)
    opened.draft("RGB", (1600, 1600))
    profile = opened.info.get("icc_profile")
    picture = _in_colour(opened)
    width, height = picture.size
    on_side = turn in (5, 6, 7, 8)
    wide, high = (height, width) if on_side else (width, height)
    share = min(1.0, 1600 / wide, 3200 / high)
    small = picture.resize(
        (max(1, round(width * share)), max(1, round(height * share))),
        Image.Resampling.LANCZOS,
        reducing_gap=2.0,
    )
    small = _turned(_flat(small, profile), turn)
    # A fresh one: nothing that was attached to the old comes along.
    clean = Image.new("RGB", small.size)
    clean.paste(small)
    return clean


def _turn(opened: Any) -> int:
    """The EXIF orientation; a broken EXIF says nothing."""
    try:
        return int(opened.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the pixels may be sound
        return 1


def _turned(picture: Any, turn: int) -> Any:
    from PIL import Image  # noqa: PLC0415 - loaded above

    how = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }.get(turn)
    return picture.transpose(how) if how is not None else picture


def _in_colour(opened: Any) -> Any:
    """Decoded, in a mode that can be made smaller without harm."""
    if opened.mode.startswith("I"):
        return opened.point(lambda value: value * (1 / 256)).convert("L")
    if opened.mode in ("RGB", "L", "CMYK"):
        opened.load()
        return opened
    is_clear = "transparency" in opened.info or opened.mode in ("RGBA", "LA", "PA", "RGBa", "La")
    return opened.convert("RGBA" if is_clear else "RGB")


def _flat(picture: Any, profile: bytes | None) -> Any:
    """On white where it was clear, in the colours every screen knows."""
    from PIL import Image, ImageCms  # noqa: PLC0415 - loaded above

    if picture.mode == "RGBA":
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    if profile and len(profile) < 2_000_000:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            common = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, own, common, outputMode="RGB") or picture
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return picture.convert("RGB")


def _pictures(upright: Any) -> list[tuple[dict[str, int], bytes]]:
    """(size as shown, bytes) for each width, the largest first, each made from the one before."""
    from PIL import Image  # noqa: PLC0415 - loaded above

    made = []
    for width, (qualities, content_with) in SIZES.items():
        high = 2 * width
        share = min(1.0, width / upright.width, high / upright.height)
        size = (max(1, round(upright.width * share)), max(1, round(upright.height * share)))
        if size != upright.size:
            upright = upright.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        data = b""
        for quality in qualities:
            out = io.BytesIO()
            upright.save(out, "WEBP", quality=quality, method=3)
            data = out.getvalue()
            if len(data) <= content_with:
                break
        told = {"at": width, "width": size[0], "height": size[1], "bytes": len(data)}
        made.append((told, data))
    return made


def _send(made: list[tuple[dict[str, int], bytes]]) -> None:
    out = sys.stdout.buffer
    out.write(json.dumps([told for told, _data in made]).encode() + b"\n")
    for _told, data in made:
        out.write(data)
    out.flush()


if __name__ == "__main__":
    sys.exit(main())
