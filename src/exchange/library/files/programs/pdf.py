"""The program that opens a stranger's PDF and writes it anew without what runs, hides or tells.
Run by cleaning.py alone, as a process of its own."""

from __future__ import annotations

import codecs
import io
import sys
from typing import Any

from exchange.library.files.programs.answering import Clean, Unwanted, answered
from exchange.library.reading.programs.limits import BROKEN, ENCRYPTED, Refused, confine

CPU_SECONDS = 60
DEEPEST = 40
# What an action may do: go to a place in this file, or to an address of the web.
_HARMLESS = {"/GoTo", "/Named", "/Thread", "/SetOCGState", "/Hide", "/ResetForm"}
_CODES = {
    "/JavaScript": "scripts",
    "/Rendition": "scripts",
    "/RichMediaExecute": "scripts",
    "/SubmitForm": "forms",
    "/ImportData": "forms",
}
# Notes that carry a file, a film or a sound.
_CARRIERS = {"/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"}
_REMARKS = {"/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly"}
_REMARKS |= {"/Popup", "/Ink", "/Stamp", "/Caret", "/Line", "/Square", "/Circle", "/Polygon"}


def main() -> int:
    confine(_load, cpu=CPU_SECONDS)
    return answered(_cleaned)


def _load() -> None:
    """Everything that may be needed later, while files can still be opened."""
    import pikepdf  # noqa: PLC0415 - only after the limits stand

    from exchange.library.files.programs import jpeg  # noqa: PLC0415 - as above

    empty = pikepdf.new()
    empty.add_blank_page()
    empty.docinfo["/Title"] = "ä"
    out = io.BytesIO()
    empty.save(out, linearize=True, encryption=pikepdf.Encryption(owner="a", user=""))
    pikepdf.open(out)
    for codec in ("ascii", "latin-1", "utf-8", "utf-16"):
        codecs.lookup(codec)
    del jpeg


def _cleaned() -> Clean:
    import pikepdf  # noqa: PLC0415 - loaded above

    file = sys.stdin.buffer
    _need_an_end(file)
    try:
        pdf = pikepdf.open(file, access_mode=pikepdf.AccessMode.stream)
    except pikepdf.PasswordError as locked:
        raise Refused(ENCRYPTED) from locked
    taken = {"lock"} if pdf.is_encrypted else set()
    if len(pdf.pages) == 0:
        raise Refused(BROKEN)
    taken |= _clear_root(pdf)
    taken |= _clear_about(pdf)
    for one in pdf.objects:
        _clear(one, taken, 0)
    out = io.BytesIO()
    pdf.save(
        out,
        linearize=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        deterministic_id=True,
        encryption=False,
    )
    return Clean("pdf", out.getvalue(), taken)


def _need_an_end(file: Any) -> None:
    """A file that was cut off has no end; what could be mended of it would lack pages."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 4096))
    if b"%%EOF" not in file.read():
        raise Unwanted("cut-off")
    file.seek(0)


def _clear_root(pdf: Any) -> set[str]:
    """What stands beside the pages: what happens on opening, attached files, names of scripts."""
    taken, root = set(), pdf.Root
    names = root.get("/Names")
    if names is not None:
        taken |= _without(names, {"/JavaScript": "scripts", "/EmbeddedFiles": "attachments"})
    taken |= _without(
        root,
        {"/AF": "attachments", "/Collection": "attachments", "/Requirements": "scripts"},
    )
    form = root.get("/AcroForm")
    if form is not None:
        taken |= _without(form, {"/XFA": "forms"})
    return taken


def _clear_about(pdf: Any) -> set[str]:
    """Of what is written about the file, its title stays."""
    import pikepdf  # noqa: PLC0415 - loaded above

    said = pdf.trailer.get("/Info")
    title = said.get("/Title") if isinstance(said, pikepdf.Dictionary) else None
    told = [key for key in said if key != "/Title"] if said is not None else []
    kept = str(title) if isinstance(title, pikepdf.String) else ""
    if said is not None:
        del pdf.trailer["/Info"]
    if kept:
        pdf.docinfo["/Title"] = kept
    return {"metadata"} if told else set()


def _clear(one: Any, taken: set[str], depth: int) -> None:
    """One object and the plain ones within it; what it refers to has its own turn."""
    import pikepdf  # noqa: PLC0415 - loaded above

    if depth > DEEPEST:
        raise Refused(BROKEN)
    if isinstance(one, pikepdf.Array):
        _clear_list(one, taken, depth)
    elif isinstance(one, pikepdf.Stream | pikepdf.Dictionary):
        _clear_words(one, taken)
        for _key, value in list(one.items()):
            if _is_within(value):
                _clear(value, taken, depth + 1)
    if isinstance(one, pikepdf.Stream):
        _clear_picture(one, taken)


def _is_within(value: Any) -> bool:
    """Whether it is written in place; numbers and truths come as Python's own."""
    import pikepdf  # noqa: PLC0415 - loaded above

    return isinstance(value, pikepdf.Object) and not value.is_indirect


def _clear_list(one: Any, taken: set[str], depth: int) -> None:
    import pikepdf  # noqa: PLC0415 - loaded above

    for at in reversed(range(len(one))):
        value = one[at]
        if isinstance(value, pikepdf.Dictionary) and _is_carrier(value):
            del one[at]
            taken.add("attachments")
        elif _is_within(value):
            _clear(value, taken, depth + 1)


def _is_carrier(value: Any) -> bool:
    return str(value.get("/Subtype", "")) in _CARRIERS and "/Rect" in value


def _clear_words(one: Any, taken: set[str]) -> None:
    """The entries of one dictionary that run, hide or tell."""
    taken |= _without(one, {"/AA": "scripts", "/JS": "scripts", "/EF": "attachments"})
    taken |= _without(one, {"/Metadata": "metadata", "/PieceInfo": "metadata"})
    taken |= _without(one, {"/Thumb": "thumbnail"})
    for key in ("/A", "/OpenAction", "/Next", "/PA"):
        code = _harm(one.get(key))
        if code:
            del one[key]
            taken.add(code)
    if str(one.get("/Subtype", "")) in _REMARKS and "/Rect" in one and "/T" in one:
        del one["/T"]
        taken.add("authors")


def _harm(action: Any) -> str:
    """The code of what an action would do; empty for one that may stay."""
    import pikepdf  # noqa: PLC0415 - loaded above

    if isinstance(action, pikepdf.Array):
        harms = [_harm(one) for one in action if isinstance(one, pikepdf.Dictionary)]
        return next(filter(None, harms), "")
    if not isinstance(action, pikepdf.Dictionary) or "/S" not in action:
        return ""
    does = str(action.get("/S"))
    if does == "/URI":
        where = str(action.get("/URI", "")).strip().lower()
        return "" if where.startswith(("http://", "https://", "mailto:")) else "links"
    return "" if does in _HARMLESS else _CODES.get(does, "launch")


def _clear_picture(stream: Any, taken: set[str]) -> None:
    """A photo within the pages keeps its pixels and loses where and when it was taken."""
    import pikepdf  # noqa: PLC0415 - loaded above

    from exchange.library.files.programs import jpeg  # noqa: PLC0415 - loaded above

    if stream.get("/Filter") != pikepdf.Name.DCTDecode:
        return
    given = stream.read_raw_bytes()
    clean = jpeg.without_notes(given)
    if len(clean) < len(given):
        stream.write(clean, filter=pikepdf.Name.DCTDecode, decode_parms=stream.get("/DecodeParms"))
        taken.add("places")


def _without(one: Any, codes: dict[str, str]) -> set[str]:
    found = {key: code for key, code in codes.items() if key in one}
    for key in found:
        del one[key]
    return set(found.values())


if __name__ == "__main__":
    sys.exit(main())
