"""Text that may stand in XML, and elements made without a template.
Called by the XML formats beside it and by the OAI-PMH provider."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

# XML 1.0 §2.2: everything else is no character there, however it is escaped.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA_LOCATION = f"{{{XSI}}}schemaLocation"


def clean(text: str) -> str:
    """The text without what XML knows no character for."""
    return _NO_CHARACTER.sub("", text)


def add(parent: Any, name: str, text: str = "", *, language: str = "", **attributes: str) -> Any:
    """An element below another one; nothing at all is written for an empty attribute."""
    made = etree.SubElement(parent, name)
    if text:
        made.text = clean(text)
    if language and _LANGUAGE.fullmatch(language):
        made.set(XML_LANG, language)
    for key, value in attributes.items():
        if value:
            made.set(key, clean(value))
    return made
