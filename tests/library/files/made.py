"""Files of every sort, made in memory: sound ones, and hostile ones.
Called by the tests of this folder."""

import io
import zipfile
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from reportlab.pdfgen.canvas import Canvas


def sent(data: bytes, name: str = "report.pdf") -> SimpleUploadedFile:
    """As a form hands it over."""
    return SimpleUploadedFile(name, data)


def pdf(words: str = "What people did before anybody came.", pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setAuthor("Somebody With A Name")
    canvas.setTitle("Learning from villages")
    for number in range(pages):
        canvas.drawString(72, 720, f"{words} {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def pdf_with(change: Any, **saving: Any) -> bytes:
    """A PDF to which something was done."""
    with pikepdf.open(io.BytesIO(pdf())) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **saving)
    return out.getvalue()


def packed(parts: dict[str, bytes | str], *, stored: tuple[str, ...] = ()) -> bytes:
    """A package of these parts, in this order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(name, data, how)
    return out.getvalue()


_SORT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(sort: str = _SORT, main: str = "word/document.xml", **more: bytes | str) -> bytes:
    """A document with its author, a tracked change, a remark, a preview and a photo."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types><Override PartName="/{main}" ContentType="{sort}"/>'
        '<Override PartName="/docProps/thumbnail.jpeg" ContentType="image/jpeg"/></Types>',
        "_rels/.rels": f'<Relationships><Relationship Id="r1" Type="{_RELS}/officeDocument" '
        f'Target="{main}"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/'
        '2006/relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>',
        main: '<w:document><w:p w:rsidR="00AB12CD"><w:ins w:id="1" w:author="Grace Achieng" '
        'w:date="2026-01-01T00:00:00Z"><w:t>What people did</w:t></w:ins></w:p></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships><Relationship Id="r3" '
        f'Type="{_RELS}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
        f'<Relationship Id="r4" Type="{_RELS}/image" Target="http://spy.example/x.png" '
        'TargetMode="External"/></Relationships>',
        "word/comments.xml": '<w:comments><w:comment w:author="Grace Achieng" w:initials="GA">'
        "<w:t>A remark</w:t></w:comment></w:comments>",
        "word/people.xml": '<w15:people><w15:person w15:author="Grace Achieng"><w15:presenceInfo '
        'w15:providerId="AD" w15:userId="grace@example.org"/></w15:person></w15:people>',
        "word/media/image1.jpeg": photo(),
        "docProps/core.xml": "<cp:coreProperties><dc:title>Learning from villages</dc:title>"
        "<dc:creator>Grace Achieng</dc:creator><cp:lastModifiedBy>Grace</cp:lastModifiedBy>"
        "</cp:coreProperties>",
        "docProps/app.xml": "<Properties><Company>Grace's Office</Company></Properties>",
        "docProps/thumbnail.jpeg": photo(),
    }
    return packed({**parts, **{name.replace("__", "/"): part for name, part in more.items()}})


def odt(**more: bytes | str) -> bytes:
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": "<office:document-content><dc:creator>Grace Achieng</dc:creator>"
        "<text:p>What people did</text:p></office:document-content>",
        "meta.xml": "<office:document-meta><dc:title>Learning</dc:title>"
        "<meta:initial-creator>Grace Achieng</meta:initial-creator></office:document-meta>",
        "Thumbnails/thumbnail.png": b"\x89PNG\r\n\x1a\n",
        "META-INF/manifest.xml": "<manifest:manifest><manifest:file-entry "
        'manifest:full-path="Thumbnails/thumbnail.png"/></manifest:manifest>',
    }
    return packed(
        {**parts, **{n.replace("__", "/"): p for n, p in more.items()}}, stored=("mimetype",)
    )


def epub(**more: bytes | str) -> bytes:
    parts: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": "<container/>",
        "book.opf": "<package><dc:title>Learning</dc:title>"
        '<dc:creator id="c1">Grace Achieng</dc:creator></package>',
        "one.xhtml": "<html><body><p>What people did</p><script>steal()</script></body></html>",
        "book.js": "steal()",
        "iTunesMetadata.plist": "grace@example.org",
    }
    return packed(
        {**parts, **{n.replace("__", "/"): p for n, p in more.items()}}, stored=("mimetype",)
    )


def photo(width: int = 40) -> bytes:
    """A JPEG that says where it was taken, and which way up it is."""
    picture = Image.new("RGB", (width, 30), "green")
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "A Telephone"
    notes.get_ifd(0x8825)[2] = (1.0, 17.0, 2.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=notes, comment=b"Grace's house")
    return out.getvalue()


def mp3(frames: int = 50, label: bytes = b"Grace Achieng") -> bytes:
    """Silent frames of 128 kilobits, with a label before and one behind."""
    frame = bytes([0xFF, 0xFB, 0x90, 0x00]) + bytes(413)
    size = len(label)
    before = b"ID3\x03\x00\x00" + bytes([0, 0, size >> 7, size & 0x7F]) + label
    return before + frame * frames + b"TAG" + label.ljust(125, b"\x00")


def _page(content: bytes, number: int, flags: int = 0, serial: int = 7) -> bytes:
    lacing = b"\xff" * (len(content) // 255) + bytes([len(content) % 255])
    head = b"OggS\x00" + bytes([flags]) + bytes(8) + serial.to_bytes(4, "little")
    head += number.to_bytes(4, "little") + bytes(4) + bytes([len(lacing)]) + lacing
    data = bytearray(head + content)
    ogg_sum(data)
    return bytes(data)


def ogg_sum(data: bytearray) -> int:
    """The sum of a page, written into it; counted bit by bit, another way than ours."""
    given = int.from_bytes(data[22:26], "little")
    data[22:26] = bytes(4)
    rest = 0
    for byte in data:
        rest ^= byte << 24
        for _bit in range(8):
            rest = ((rest << 1) ^ 0x04C11DB7 if rest & 1 << 31 else rest << 1) & 0xFFFFFFFF
    data[22:26] = rest.to_bytes(4, "little")
    return given


def opus(label: bytes = b"ARTIST=Grace Achieng") -> bytes:
    tags = b"OpusTags" + (4).to_bytes(4, "little") + b"test" + (1).to_bytes(4, "little")
    tags += len(label).to_bytes(4, "little") + label
    head = b"OpusHead\x01\x01" + bytes(9)
    sound = b"\x78" * 200
    return _page(head, 0, 2) + _page(tags, 1) + _page(sound, 2) + _page(sound, 3, 4)


def _box(name: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def m4a(handler: bytes = b"soun") -> bytes:
    media = _box(b"hdlr", bytes(8) + handler + bytes(13))
    track = _box(b"trak", _box(b"tkhd", b"\x00" * 4 + b"\x77" * 80) + _box(b"mdia", media))
    place = _box(b"udta", _box(b"\xa9xyz", b"+01.2921+036.8219/"))
    movie = _box(b"moov", _box(b"mvhd", bytes(100)) + track + place)
    return _box(b"ftyp", b"M4A \x00\x00\x00\x00M4A mp42") + movie + _box(b"mdat", b"\x21" * 500)
