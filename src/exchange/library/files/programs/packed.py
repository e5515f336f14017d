"""What goes from each part of a packed document: who made it, who changed it, when, with what.
Called by package.py; pure."""

from __future__ import annotations

import re

from exchange.library.files.programs import jpeg

_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
)
_APP = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>'
)
_CUSTOM = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_META = (
    b'<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:meta>'
)
_TITLE = re.compile(rb"<dc:(?:title|language)\b[^>]*>[^<]*</dc:(?:title|language)>")
# Attributes that name who wrote a remark or a change, whatever the prefix of the day is.
_WHO = re.compile(rb"""(\s\w+:(?:author|initials|userId|providerId)=)("[^"]+"|'[^']+')""")
_WHEN = re.compile(rb"""\s(?:w|w16du):(?:date|dateUtc)=(?:"[^"]*"|'[^']*')""")
_SESSIONS = re.compile(rb"""\sw:rsid\w*=(?:"[^"]*"|'[^']*')""")
_SESSION_LIST = re.compile(rb"<w:rsids>.*?</w:rsids>", re.DOTALL)
_SPEAKERS = re.compile(rb"""(\s(?:name|initials|userId|providerId)=)("[^"]*"|'[^']*')""")
_PEOPLE = re.compile(rb"<w15:person\b.*?</w15:person>", re.DOTALL)
_TEMPLATE = re.compile(rb"<w:attachedTemplate\b[^>]*/>")
_RELATION = re.compile(rb"<Relationship\b[^>]*/>")
_TARGET = re.compile(rb"""(\sTarget=)(?:"[^"]*"|'[^']*')""")
_ON_THE_WEB = re.compile(rb"""\sTarget=["'](?:https?://|mailto:|#)""")
_PREVIEW_SORT = re.compile(rb"<Override\b[^>]*/docProps/thumbnail[^>]*/>")
_ODF_WHO = re.compile(
    rb"(<(dc:creator|meta:creator-initials|loext:sender-initials)>)[^<]+(?=</)", re.DOTALL
)
_ODF_WHEN = re.compile(rb"(<dc:date>)[^<]+(?=</)")
_ODF_PRINTER = re.compile(
    rb'(<config:config-item config:name="Printer(?:Name|Setup)"[^>]*>)[^<]+(?=</)'
)
_ODF_PREVIEW = re.compile(rb"<manifest:file-entry\b[^>]*Thumbnails/[^>]*/>")
_OPF_PEOPLE = re.compile(
    rb"<dc:(creator|contributor)\b[^>]*(?:/>|>.*?</dc:\1>)"
    rb"|<(?:\w+:)?meta\b[^>]*name=[\"'](?:calibre|Sigil)[^>]*/>",
    re.DOTALL,
)
_OPF_ABOUT_PEOPLE = re.compile(
    rb"<(?:\w+:)?meta\b[^>]*property=[\"'](?:role|file-as|alternate-script|display-seq|calibre:\w+)[\"'][^>]*>"
    rb"[^<]*</(?:\w+:)?meta>"
)
_SCRIPT = re.compile(rb"<script\b[^>]*/>|<script\b[^>]*>.*?</script\s*>", re.DOTALL | re.IGNORECASE)
# A package of anything within an object of an older sort; and documents that carry programs.
_OLD_PACKAGE = "Ole10Native".encode("utf-16-le")
_CARRIERS = (".xlsm", ".docm", ".pptm", ".dotm", ".xlsb", ".exe", ".js", ".vbs", ".bat", ".lnk")
_WORDS = (".xml", ".rels", ".opf", ".xhtml", ".html", ".htm", ".svg")
_SHOP = {"itunesmetadata.plist", "itunesmetadata-original.plist", "meta-inf/calibre_bookmarks.txt"}


def without_names(name: str, data: bytes, kind: str, taken: set[str]) -> bytes | None:
    """One part of the package as it may be kept; None when all of it goes."""
    low = name.lower()
    if low.startswith(("docprops/thumbnail", "thumbnails/")):
        taken.add("thumbnail")
        return None
    if low.endswith((".jpg", ".jpeg")):
        return _noting(data, jpeg.without_notes(data), "places", taken)
    if low.endswith(".png"):
        return jpeg.png_without_notes(data)
    if "/embeddings/" in low and (low.endswith(_CARRIERS) or _OLD_PACKAGE in data):
        taken.add("attachments")
        return b""  # empty, because the page it stands on refers to it
    if low.endswith(_WORDS) and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16").replace("UTF-16", "UTF-8", 1).encode()
    change = {"docx": _office, "pptx": _office, "odt": _odf, "epub": _epub}[kind]
    return change(low, data, taken)


def _office(low: str, data: bytes, taken: set[str]) -> bytes | None:
    if low == "docprops/core.xml":
        fresh = _XML + _CORE + b"".join(_TITLE.findall(data)) + b"</cp:coreProperties>"
        return _noting(data, fresh, "metadata", taken)
    if low in ("docprops/app.xml", "docprops/custom.xml"):
        fresh = _XML + (_APP if low.endswith("app.xml") else _CUSTOM)
        return _noting(data, fresh, "metadata", taken)
    if low == "[content_types].xml":
        return _PREVIEW_SORT.sub(b"", data)
    if low.endswith(".rels"):
        return _relations(data, taken)
    if not low.endswith(".xml"):
        return data
    if low.startswith("ppt/") and "author" in low.rpartition("/")[2]:
        return _noting(data, _SPEAKERS.sub(rb'\1"-"', data), "authors", taken)
    if low.startswith("word/people"):
        return _noting(data, _PEOPLE.sub(b"", data), "authors", taken)
    fresh = _noting(data, _WHO.sub(rb'\1"-"', data), "authors", taken)
    fresh = _SESSIONS.sub(b"", _SESSION_LIST.sub(b"", _TEMPLATE.sub(b"", fresh)))
    return _WHEN.sub(b"", fresh)


def _relations(data: bytes, taken: set[str]) -> bytes:
    """Without previews and templates; what would be fetched on opening, or lies on somebody's
    computer, leads nowhere. The entries stay, for the pages refer to them."""

    def keep(found: re.Match[bytes]) -> bytes:
        one = found[0]
        if b"metadata/thumbnail" in one or b"/attachedTemplate" in one:
            return b""
        if b'"External"' not in one:
            return one
        if b"/hyperlink" in one and _ON_THE_WEB.search(one):
            return one
        taken.add("links")
        return _TARGET.sub(rb'\1"about:blank"', one)

    return _RELATION.sub(keep, data)


def _odf(low: str, data: bytes, taken: set[str]) -> bytes | None:
    if low == "meta.xml":
        kept = b"".join(_TITLE.findall(data))
        fresh = _XML + _META + kept + b"</office:meta></office:document-meta>"
        return _noting(data, fresh, "metadata", taken)
    if low == "meta-inf/manifest.xml":
        return _ODF_PREVIEW.sub(b"", data)
    if low == "settings.xml":
        return _ODF_PRINTER.sub(rb"\1", data)
    if low.endswith(".xml"):
        fresh = _noting(data, _ODF_WHO.sub(rb"\1-", data), "authors", taken)
        return _ODF_WHEN.sub(rb"\g<1>1980-01-01T00:00:00", fresh)
    return data


def _epub(low: str, data: bytes, taken: set[str]) -> bytes | None:
    if low in _SHOP:
        taken.add("metadata")
        return None
    if low.endswith(".opf"):
        fresh = _OPF_ABOUT_PEOPLE.sub(b"", _OPF_PEOPLE.sub(b"", data))
        return _noting(data, fresh, "metadata", taken)
    if low.endswith(".js"):
        taken.add("scripts")
        return b""
    if low.endswith((".xhtml", ".html", ".htm", ".svg")):
        return _noting(data, _SCRIPT.sub(b"", data), "scripts", taken)
    return data


def _noting(before: bytes, after: bytes, code: str, taken: set[str]) -> bytes:
    if after != before:
        taken.add(code)
    return after
