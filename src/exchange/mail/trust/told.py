"""What the mail server before us found, as it wrote it into the mail (Authentication-Results,
RFC 8601). Used by `mail.trust` when EXCHANGE_MAIL_AUTHSERV names that server."""

from __future__ import annotations

import re
from email import policy
from email.parser import BytesHeaderParser

from exchange.mail.trust.aligning import Voucher, are_one_house

# What a server says of one mail is short; comments in comments take their time.
LONGEST = 8000
_COMMENT = re.compile(r"\([^()]*\)")
_POLICY = re.compile(r"\bp=(none|quarantine|reject)\b", re.IGNORECASE)
_RESULT = re.compile(r"(spf|dkim|dmarc)(?:/1)?\s*=\s*([a-z]+)\b(.*)", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"\b([a-z]+\.[a-z0-9_-]+)\s*=\s*(\"[^\"]*\"|[^\s;]+)", re.IGNORECASE)


def results_of(raw: bytes, server: str, author: str) -> tuple[list[Voucher], dict[str, str]]:
    """Who vouches, and the results; nothing when that server said nothing."""
    vouchers: list[Voucher] = []
    results: dict[str, str] = {}
    for header in _believed(raw, server):
        for method, result, properties in _taken_apart(header):
            if method == "dmarc":
                if _is_about(properties.get("header.from", ""), author):
                    _note_dmarc(results, result, header)
                continue
            domain = _domain(method, properties)
            if result == "pass" and domain:
                vouchers.append(Voucher(method, domain))
            if results.get(method) != "pass":
                results[method] = result
    return vouchers, results


def _believed(raw: bytes, server: str) -> list[str]:
    """The headers that can only come from that server. What stands above the topmost Received was
    put there by the last server; below it, one header alone is believed: whatever comes after it
    may have been in the mail when it arrived."""
    head = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[0]
    fields = BytesHeaderParser(policy=policy.compat32).parsebytes(head).items()
    found: list[str] = []
    is_below = False
    for name, value in fields:
        if name.lower() == "received":
            if found:
                break
            is_below = True
        elif name.lower() == "authentication-results" and _is_from(str(value), server):
            found.append(str(value))
            if is_below:
                break
    return found


def _is_from(value: str, server: str) -> bool:
    said = _plain(value).partition(";")[0].split()
    return bool(said) and said[0].strip('"').lower() == server.strip().lower()


def _taken_apart(header: str) -> list[tuple[str, str, dict[str, str]]]:
    found = []
    for part in _plain(header).split(";")[1:]:
        match = _RESULT.match(part.strip())
        if match:
            properties = {
                name.lower(): value.strip('"').lower()
                for name, value in _PROPERTY.findall(match[3])
            }
            found.append((match[1].lower(), match[2].lower(), properties))
    return found


def _plain(header: str) -> str:
    """Without comments, however deep, and on one line."""
    text, before = " ".join(header[:LONGEST].split()), ""
    while text != before:
        before, text = text, _COMMENT.sub(" ", text)
    return text


def _is_about(domain: str, author: str) -> bool:
    """A result about another domain than the author's says nothing."""
    domain = domain.rpartition("@")[2]
    return not domain or are_one_house(domain, author)


def _note_dmarc(results: dict[str, str], result: str, header: str) -> None:
    """The first one counts, with the domain's wish if it stands in a comment: "(p=reject)"."""
    if result in ("pass", "fail", "none", "temperror", "permerror") and "dmarc" not in results:
        results["dmarc"] = result
        if wish := _POLICY.search(header):
            results["policy"] = wish[1].lower()


def _domain(method: str, properties: dict[str, str]) -> str:
    if method == "dkim":
        value = properties.get("header.d") or properties.get("header.i", "")
    else:
        value = properties.get("smtp.mailfrom") or properties.get("smtp.helo", "")
    return value.rpartition("@")[2].rstrip(".")
