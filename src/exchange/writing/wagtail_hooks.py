"""What the writing room tells the editor about itself: what it has, how it looks, where it leads.
Found by Wagtail under this name."""

from typing import Any, NoReturn

from django.templatetags.static import static
from django.urls import Resolver404, URLPattern, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

# What the editor brings and hosts do not need; their addresses are closed as well (openings.py).
AWAY = frozenset(
    (
        *("collections", "workflows", "workflow-tasks", "users", "groups", "settings"),
        *("locked-pages", "aging-pages", "page-types-usage"),
    )
)


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


def no_documents(router: Any) -> None:
    router.register_endpoint("documents", NoDocuments)


def look() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("writing/room.css"))


def names_of_fields() -> str:
    return format_html('<script src="{}"></script>', static("writing/room.js"))


def back_to_the_desk() -> MenuItem:
    return MenuItem(
        _("Back to the desk"), reverse_lazy("desk:morning"), icon_name="arrow-left", order=1
    )


def without_what_is_closed(request: object, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in AWAY]


def help_that_is_here(request: object, items: list[MenuItem]) -> None:
    """The other ways lead to pages of the editor's makers."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]


hooks.register("construct_admin_api", no_documents)
hooks.register("insert_global_admin_css", look)
hooks.register("insert_global_admin_js", names_of_fields)
hooks.register("register_admin_menu_item", back_to_the_desk)
hooks.register("construct_main_menu", without_what_is_closed)
hooks.register("construct_settings_menu", without_what_is_closed)
hooks.register("construct_reports_menu", without_what_is_closed)
hooks.register("construct_help_menu", help_that_is_here)
