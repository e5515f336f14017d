"""The name under which a file is kept: what people gave it, without what could do harm.
Pure; called by the actions of files."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120
# Left to right, right to left and back: a name could be shown as another than it is.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_UNFIT = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f\ue000-\uf8ff]')
_SUFFIX = re.compile(r"(?:\.[A-Za-z0-9]{1,5})+$")
# A Windows computer cannot save under these.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def safe(given: str, suffix: str) -> str:
    """A name of at most 120 letters in its own script that ends as its content demands."""
    name = unicodedata.normalize("NFC", given).replace("\\", "/").rsplit("/", 1)[-1]
    name = _UNFIT.sub(" ", _INVISIBLE.sub("", name))
    name = "".join(letter for letter in name if unicodedata.category(letter) not in ("Cs", "Cn"))
    stem = _without_suffix(name.strip(" ."), suffix)
    stem = re.sub(r"\s+", " ", stem).strip(" .-_")[: LONGEST - len(suffix) - 1].strip(" .")
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"file {stem}".strip().replace(" ", "-")
    return f"{stem}.{suffix}"


def words_of(name: str) -> str:
    """The words in a name, to be judged as words: cameras number files, and that is nobody."""
    stem = name.rpartition(".")[0]
    return re.sub(r"[\W_]+", " ", re.sub(r"\d{5,}", " ", stem)).strip()


def _without_suffix(name: str, suffix: str) -> str:
    """Of "report.pdf.exe" the report; of "v1.2 of the plan" all."""
    end = _SUFFIX.search(name)
    if end is None or end.start() == 0:
        return name
    known = {suffix, "exe", "scr", "js", "bat", "cmd", "com", "html", "htm", "svg", "php", "jpeg"}
    known |= {"pdf", "docx", "doc", "docm", "pptx", "ppt", "pptm", "odt", "epub", "mp3", "ogg"}
    known |= {"oga", "opus", "m4a", "mp4", "txt", "md", "webp", "jpg", "png", "heic", "zip"}
    parts = name.split(".")
    while len(parts) > 1 and parts[-1].lower() in known:
        parts.pop()
    return ".".join(parts)
