"""How many text messages a text fills, as networks count: 3GPP TS 23.038.
Pure; called by the cards of the short versions."""

# The default alphabet of GSM (7 bits a letter) and its extension, where a letter takes two.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
# How much goes into a message alone, and into each of several (six octets say which it is).
_SEPTETS, _SEPTETS_OF_MANY = 160, 153
_UNITS, _UNITS_OF_MANY = 70, 67


def is_plain(text: str) -> bool:
    """Whether every letter is in the alphabet that takes seven bits."""
    return all(c in _BASIC or c in _EXTENSION for c in text)


def messages(text: str) -> int:
    """How many text messages it fills. One letter beyond the alphabet (ẹ, ع, a curly quotation
    mark) makes all of it go as UCS-2, with room for fewer letters."""
    if not text:
        return 0
    if is_plain(text):
        sizes = [2 if c in _EXTENSION else 1 for c in text]
        return _parts(sizes, _SEPTETS, _SEPTETS_OF_MANY)
    sizes = [2 if ord(c) > 0xFFFF else 1 for c in text]
    return _parts(sizes, _UNITS, _UNITS_OF_MANY)


def _parts(sizes: list[int], alone: int, of_many: int) -> int:
    """What takes two is never torn in two."""
    if sum(sizes) <= alone:
        return 1
    parts, used = 1, 0
    for size in sizes:
        if used + size > of_many:
            parts, used = parts + 1, 0
        used += size
    return parts
