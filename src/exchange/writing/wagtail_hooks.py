"""What the writing room tells the editor about itself: what it has, how it looks, where it leads.
Found by Wagtail under this name."""

from typing import NoReturn

from django.urls import Resolver404, URLPattern, path
from wagtail import hooks


class NoDocuments:
    """Files of the field live in the library. The editor's pages want an address for such a list
    all the same; nobody may come to it (see openings.py)."""

    model = type("Nothing", (), {})

    @staticmethod
    def nothing(request: object) -> NoReturn:
        raise Resolver404

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", cls.nothing, name="listing")]


@hooks.register("construct_admin_api")
def no_documents(router):  # type: ignore[no-untyped-def]
    router.register_endpoint("documents", NoDocuments)
