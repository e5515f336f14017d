"""Files people may send: honest photos with everything attached, and hostile ones.
Called by the tests of pictures and by the journeys."""

import io
import struct
import zipfile
import zlib
from functools import lru_cache
from tempfile import TemporaryFile
from typing import IO

from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from PIL import Image, ImageCms
from pillow_heif import register_heif_opener

from exchange.contributions.pictures import sandbox

PLACE = b"XMPPLACE:Kibera;lat=-1.3133;lon=36.7876"
CAMERA = b"SecretCamera 9000"
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>' + PLACE + b"</exif:GPSLatitude>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x10\x1c\x02\x5a\x00\x0bIPTC Kibera"


def exif(orientation: int = 1) -> bytes:
    """EXIF with an orientation, a camera, a thumbnail's mark and a GPS position, byte by byte."""
    entries = 3
    after = 8 + 2 + 12 * entries + 4
    gps_at = after + len(CAMERA) + 1
    ifd = struct.pack("<H", entries)
    ifd += struct.pack("<HHII", 0x010F, 2, len(CAMERA) + 1, after)
    ifd += struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    ifd += struct.pack("<HHII", 0x8825, 4, 1, gps_at)
    ifd += struct.pack("<I", 0) + CAMERA + b"\x00"
    degrees_at = gps_at + 2 + 12 * 2 + 4
    gps = struct.pack("<H", 2)
    gps += struct.pack("<HHI4s", 1, 2, 2, b"S\x00\x00\x00")
    gps += struct.pack("<HHII", 2, 5, 3, degrees_at)
    gps += struct.pack("<I", 0) + struct.pack("<6I", 1, 1, 18, 1, 4788, 100)
    return b"Exif\x00\x00" + b"II*\x00" + struct.pack("<I", 8) + ifd + gps


def scene(width: int = 1200, height: int = 900) -> Image.Image:
    """Red on top, blue below, green at the left edge: which way is up can be seen."""
    image = Image.new("RGB", (width, height), (200, 30, 30))
    image.paste((30, 30, 200), (0, height // 2, width, height))
    image.paste((30, 200, 30), (0, 0, width // 10, height))
    return image


# A profile is stamped with the second it was made in: made once, the same photo is the same.
@lru_cache(maxsize=32)
def photo(
    kind: str = "JPEG", *, orientation: int = 1, size: tuple[int, int] = (1200, 900)
) -> bytes:
    """A phone's photo: EXIF with GPS, XMP, a colour profile and a comment."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    attached = {"exif": exif(orientation), "icc_profile": profile}
    if kind in ("JPEG", "WEBP", "HEIF", "AVIF"):
        attached["xmp"] = XMP
    if kind == "JPEG":
        attached["comment"] = PLACE
    if kind == "GIF":
        attached = {"comment": PLACE}
    if kind == "HEIF":
        register_heif_opener()
    out = io.BytesIO()
    scene(*size).save(out, kind, **attached)
    data = out.getvalue()
    if kind == "JPEG":
        marker = b"\xff\xed" + struct.pack(">H", len(IPTC) + 2) + IPTC
        data = data[:2] + marker + data[2:]
    return data


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that promise many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00" * 3_000_000)
    ends = chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + ends


def png_with_a_swollen_profile() -> bytes:
    """A zip bomb inside a picture: a profile of 60 MB in 60 kB."""
    swollen = zlib.compress(b"\x00" * 60_000_000, 9)
    out = io.BytesIO()
    scene(40, 30).save(out, "PNG")
    data = out.getvalue()
    name = b"iCCP" + b"x\x00\x00" + swollen
    chunk = struct.pack(">I", len(name) - 4) + name + struct.pack(">I", zlib.crc32(name))
    return data[:33] + chunk + data[33:]


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\x00" * 10_000_000)
    return out.getvalue()


HOSTILE: dict[str, tuple[bytes, str]] = {
    "an SVG": (b'<?xml version="1.0"?><svg xmlns="x"><script>alert(1)</script></svg>', "drawing"),
    "a web page": (b"<!doctype html><html><script>alert(1)</script></html>", "wrong-type"),
    "a PDF": (b"%PDF-1.7\n" + b"x" * 500, "wrong-type"),
    "a zip bomb": (zipped(), "wrong-type"),
    "nothing": (b"", "empty"),
    "a pixel bomb": (png_that_claims(30_000, 30_000), "too-many-pixels"),
    "a long pixel bomb": (png_that_claims(1_000_000, 2), "too-many-pixels"),
    "a picture that is a zip too": (photo() + zipped(), "two-things"),
    "a picture that is a page too": (photo("GIF") + b"<script>alert(1)</script>", "two-things"),
    "half a picture": (photo()[:2500], "broken"),
    "only its first bytes": (b"\xff\xd8\xff\xe0", "broken"),
    "noise with the mark of a PNG": (b"\x89PNG\r\n\x1a\n" + b"\x07" * 5000, "broken"),
    "noise with the mark of HEIC": (b"\x00\x00\x00\x18ftypheic" + b"\x07" * 5000, "broken"),
    "noise with the mark of AVIF": (b"\x00\x00\x00\x18ftypavif" + b"\x07" * 5000, "broken"),
    "noise with the mark of WebP": (b"RIFF\x10\x00\x00\x00WEBPVP8 " + b"\x07" * 500, "broken"),
}


def on_disk(data: bytes) -> IO[bytes]:
    """As an upload lies on disk."""
    file = TemporaryFile()  # noqa: SIM115 - whoever asks for it closes it
    file.write(data)
    file.flush()
    return file


def reencoded(data: bytes) -> sandbox.Reencoded:
    with on_disk(data) as file:
        return sandbox.reencode(file, len(data))


def upload(data: bytes | None = None, name: str = "IMG_20261120_101500.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if data is None else data, "image/jpeg")


def uploaded(data: bytes, name: str = "photo.jpg") -> TemporaryUploadedFile:
    """What a view is given: a file on disk."""
    file = TemporaryUploadedFile(name, "image/jpeg", len(data), None)
    file.write(data)
    file.seek(0)
    return file
