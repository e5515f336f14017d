"""The `pictures_of` tag: which of a page's pictures stand with one answer, or one thing that waits.
Used by this room's own templates; the view has read them all in one question."""

from collections.abc import Hashable, Mapping

from django import template

from exchange.contributions.pictures.queries import ShownPicture

register = template.Library()


@register.simple_tag
def pictures_of(
    all_of_them: Mapping[Hashable, list[ShownPicture]] | str, *place: Hashable
) -> list[ShownPicture]:
    """An unset variable of a template is an empty text: then there are none."""
    if not isinstance(all_of_them, Mapping):
        return []
    return all_of_them.get(place[0] if len(place) == 1 else place, [])
