"""What a host may do with a page in the editor. Pages have one place and one row outside, so that
nobody copies or moves them; what the program made ready is not deleted.
Called by the pages beside it."""

from wagtail.models import PagePermissionTester


class OfPages(PagePermissionTester):  # type: ignore[misc]
    """Writing, publishing, taking back, deleting."""

    def can_move(self) -> bool:
        return False

    def can_copy(self) -> bool:
        return False

    def can_copy_to(self, destination: object, recursive: bool = False) -> bool:
        return False

    def can_lock(self) -> bool:
        return False

    def can_set_view_restrictions(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return False


class OfLasting(OfPages):
    """As above; the page itself stays."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False


class OfShelves(OfLasting):
    """Only what stands on it changes."""

    def can_edit(self) -> bool:
        return False

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return False
