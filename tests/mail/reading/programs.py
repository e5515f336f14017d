"""Answers as many programs build them around a person's words.
Read by the tests of reading."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage
from html import escape

Build = Callable[[str, str, str], bytes]
WROTE = "On Thu, 19 Nov 2026 at 08:14, The Exchange <reply+abc@exchange.example> wrote:"
FIELDS = (
    "From: The Exchange <reply+abc@exchange.example>\nSent: Thursday, November 19, 2026 8:14 AM\n"
    "To: amina@example.org\nSubject: A new answer for you"
)
_LABELLED = "<br>".join(f"<b>{escape(line)}</b>" for line in FIELDS.split("\n"))


def plain(text: str, **headers: str) -> bytes:
    """A mail of plain text alone."""
    told = {"From": "Amina Yusuf <amina@example.org>", "Subject": "Re: A new answer", **headers}
    told.setdefault("Content-Type", "text/plain; charset=utf-8")
    head = "".join(f"{name}: {value}\n" for name, value in told.items())
    return f"{head}\n{text}\n".encode()


def page(html: str, text: str = "") -> bytes:
    """A mail of HTML, with plain text beside it if there is some."""
    mail = EmailMessage()
    mail["From"] = "Amina Yusuf <amina@example.org>"
    if text:
        mail.set_content(text)
        mail.add_alternative(html, subtype="html")
    else:
        mail.set_content(html, subtype="html")
    return mail.as_bytes()


def marked(text: str, mark: str = ">") -> str:
    return "\n".join(f"{mark} {line}".rstrip() for line in text.split("\n"))


def divs(text: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in text.split("\n"))


def _halves(quote: str) -> tuple[str, str]:
    lines = quote.split("\n")
    return "\n".join(lines[: len(lines) // 2]), "\n".join(lines[len(lines) // 2 :])


def _text(above: str, between: str, below: str, quote: str) -> bytes:
    first, second = _halves(quote)
    parts = [above, f"{WROTE}\n\n{marked(first)}", between, marked(second), below]
    return plain("\n\n".join(part for part in parts if part))


def _gmail(above: str, between: str, below: str, quote: str) -> bytes:
    first, second = _halves(quote)
    box = '<blockquote class="gmail_quote" style="border-left:1px #ccc solid">'
    return page(
        f'<div dir="ltr">{divs(above)}</div><br><div class="gmail_quote"><div class="gmail_attr">'
        f"{escape(WROTE)}<br></div>{box}{divs(first)}</blockquote>{divs(between)}"
        f"{box}{divs(second)}</blockquote></div>{divs(below)}"
    )


def _apple(above: str, between: str, below: str, quote: str) -> bytes:
    first, second = _halves(quote)
    return page(
        f'{divs(above)}<div><blockquote type="cite"><div>{escape(WROTE)}</div></blockquote></div>'
        f'<blockquote type="cite">{divs(first)}</blockquote>{divs(between)}'
        f'<blockquote type="cite">{divs(second)}</blockquote>{divs(below)}'
    )


def _thunderbird(above: str, between: str, below: str, quote: str) -> bytes:
    first, second = _halves(quote)
    return page(
        f'{divs(above)}<div class="moz-cite-prefix">{escape(WROTE)}<br></div>'
        f'<blockquote type="cite" cite="mid:1@x">{divs(first)}</blockquote>{divs(between)}'
        f'<blockquote type="cite" cite="mid:1@x">{divs(second)}</blockquote>{divs(below)}'
    )


def _outlook(above: str, between: str, below: str, quote: str) -> bytes:
    """Outlook gives no mark to what it quotes, so only words above can be told apart."""
    own = "\n\n".join(part for part in (above, between, below) if part)
    return page(
        f'<div class="WordSection1">{divs(own)}<div><div style="border:none;border-top:solid #E1E1E1'
        f' 1.0pt"><p class="MsoNormal">{_LABELLED}</p></div></div>{divs(quote)}</div>'
    )


def _outlook_web(above: str, between: str, below: str, quote: str) -> bytes:
    own = "\n\n".join(part for part in (above, between, below) if part)
    return page(
        f'{divs(own)}<div id="appendonsend"></div><hr><div id="divRplyFwdMsg">{_LABELLED}</div>'
        f"{divs(quote)}"
    )


def _samsung(above: str, between: str, below: str, quote: str) -> bytes:
    own = "\n\n".join(part for part in (above, between, below) if part)
    return plain(f"{own}\n\n-------- Original message --------\n{FIELDS}\n\n{quote}")


def _yahoo(above: str, between: str, below: str, quote: str) -> bytes:
    return page(
        f'{divs(above)}{divs(between)}<div class="yahoo_quoted"><div>{escape(WROTE)}</div>'
        f"{divs(quote)}</div>{divs(below)}"
    )


PROGRAMS = {
    "text": _text,
    "gmail": _gmail,
    "apple": _apple,
    "thunderbird": _thunderbird,
    "outlook": _outlook,
    "outlook on the web": _outlook_web,
    "samsung": _samsung,
    "yahoo": _yahoo,
}
