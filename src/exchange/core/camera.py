"""An address as a square of dots for somebody's camera.
Called by pages that show one; the drawing stands in the page, nothing is fetched."""

from django.utils.safestring import SafeString, mark_safe


def code(address: str) -> SafeString:
    """SVG, dark on white in every light."""
    import segno  # noqa: PLC0415 - few pages show one

    made = segno.make(address, error="m", micro=False)
    svg = made.svg_inline(
        scale=4, border=4, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return mark_safe(svg)
