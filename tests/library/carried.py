"""Records set where readers meet them beside their own page: on the shelves of the library.
Called by tests that open every door."""

from django.core.files.uploadedfile import SimpleUploadedFile

from exchange.library.files import actions as files
from exchange.library.models import Resource
from exchange.library.shelving import actions
from exchange.members.models import Member


def on_every_shelf(*, pk: int, host: Member) -> None:
    """Put a record in a collection that is out, on the shelf of a hub, and in a file."""
    resource = Resource.objects.get(pk=pk)
    shelf = actions.make_shelf(by=host, title="For our meetings", words="", language="en")
    for one in (shelf, actions.shelf_of_hub(hub="east-africa", by=host)):
        actions.put_on(shelf=one, resource=resource, by=host)
    words = SimpleUploadedFile("words.txt", f"{resource.title}. {resource.summary}".encode())
    files.keep(upload=words, by=host, resource=resource, name="words.txt")
