"""Who may open which address, by room: under each sort the routes with their objects, a line each.
Read by tests/access/test_matrix.py."""

from tests.access.lists import briefings, desk, library, pages, people, spaces, talk, webinars

ROOMS = (pages, people, talk, library, webinars, briefings, spaces, desk)


def every() -> list[tuple[str, str]]:
    """(route with its object, sort) as they stand in the lists."""
    return [
        (line.strip(), sort)
        for room in ROOMS
        for sort, lines in room.LISTS.items()
        for line in lines.splitlines()
        if line.strip()
    ]
