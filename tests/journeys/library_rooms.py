"""Every kind of page of the library, as its readers find it. Used by rooms.py."""

from collections.abc import Iterator

from tests.journeys.house import House
from tests.journeys.people import Person, mark
from tests.journeys.room import Room, open_everything

# The record with a file, short versions and recommendations that every library begins with.
_RECORD = (
    "from exchange.library.models import Resource; "
    "row = Resource.objects.get(title__startswith='Communiqué: Inter'); "
    "print(row.pk, row.slug, row.files.get().pk)"
)


def furnished(house: House, host: Person, member: Person) -> dict[str, str]:
    """A collection with a record in it, a record half added, and a search that is watched."""
    pk, slug, file = house.command("shell", "-c", _RECORD).split()[-3:]
    record = f"/library/{pk}-{slug}/"
    host.go("/library/collections/new/")
    host.send("title", title=f"Read first, says {mark()}")
    host.page.wait_for_url("**/library/collections/*-*/**")
    collection = host.page.url
    host.go(f"/library/{pk}/collect/")
    host.page.locator("main form button.do").first.click()
    member.go("/library/add/")
    member.send("url", url=f"https://example.org/{mark().lower()}")
    member.page.wait_for_url("**/title/")
    return {
        "record number": f"/library/{pk}",
        "record": record,
        "file": file,
        "collection": collection,
        "half a record": member.page.url,
    }


def of_visitors(places: dict[str, str]) -> Iterator[Room]:
    record, number = places["record"], places["record number"]
    yield Room(
        "library, narrowed", "/library/?topic=community-ownership&order=year", open_everything
    )
    yield Room("a record with everything", record, open_everything)
    yield Room("contents of a light view", f"{record}read/")
    yield Room("part of a light view", f"{record}read/1/")
    yield Room("a reading problem", f"{record}read/1/problem/")
    yield Room("short versions", f"{number}/short/")
    yield Room("used, before signing in", f"{number}/use/?how=tried")
    yield Room("collections", "/library/collections/")
    yield Room("a collection", places["collection"])
    yield Room("shelf of a hub", "/library/hubs/east-africa/")
    yield Room("adding a record", "/library/add/", open_everything)
    yield Room("a search to watch", "/me/searches/new/?q=committee")


def of_members(places: dict[str, str]) -> Iterator[Room]:
    number, half = places["record number"], places["half a record"]
    for step in ("source", "title", "people", "date", "kind", "place", "topics", "words", "more"):
        yield Room(f"adding: {step}", half.replace("/title/", f"/{step}/"), open_everything)
    yield Room("adding: rights", half.replace("/title/", "/rights/"))
    yield Room("adding: review", half.replace("/title/", "/review/"))
    yield Room("a short version", f"{number}/short/message/")
    yield Room("a page in plain words", f"{number}/short/page/")
    yield Room("used", f"{number}/use/", open_everything)
    yield Room("a recommendation", f"{number}/advice/")
    yield Room("given back", f"{number}/given-back/", open_everything)
    yield Room("given back, in words", f"{number}/given-back/words/")
    yield Room("into a collection", f"{number}/collect/")
    yield Room("a new collection", "/library/collections/new/")
    yield Room("searches watched", "/me/searches/")
    yield Room("a search, watched", "/me/searches/new/?q=committee&topic=ethics")


def of_hosts(places: dict[str, str]) -> Iterator[Room]:
    record, number = places["record"], places["record number"]
    yield Room("a record, as a host sees it", record, open_everything)
    yield Room("changing a record", f"{number}/change/", open_everything)
    yield Room("newer and translated", f"{number}/kin/", open_everything)
    yield Room("files of a record", f"{number}/files/", open_everything)
    yield Room("a newer file", f"{number}/files/{places['file']}/replace/")
    yield Room("a file away", f"{number}/files/{places['file']}/away/")
    yield Room("one's own collection", places["collection"], open_everything)
    for name in ("", "added/", "bring/", "bring/libraries/", "files/", "links/", "figures/"):
        yield Room(f"library desk {name}", f"/desk/library/{name}", open_everything)
    for name in ("offered/", "readings/", "collections/"):
        yield Room(f"library desk {name}", f"/desk/library/{name}", open_everything)
    yield Room("a shelf, for its host", "/library/hubs/east-africa/", open_everything)
