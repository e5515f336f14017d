"""Which of the editor's addresses are open to hosts; every other one answers 404, also those that a
later Wagtail may bring. Asked by the middleware; a test goes through all of them."""

_PAGES = """
    add preview_on_add edit preview_on_edit view_draft add_subpage delete unpublish search
    search_results move move_confirm set_page_position copy lock unlock revisions_index
    revisions_view revisions_revert revisions_unschedule revisions_compare history history_results
    usage type_use type_use_results choose_parent
"""
_IMAGES = """
    index index_results edit delete preview add image_usage add_multiple edit_multiple
    create_multiple_from_uploaded_image delete_multiple delete_upload_multiple
"""
_CHOOSER = "choose choose_results chosen chosen_multiple create select_format"
_ALONE = """
    home explore_root explore explore_results choose_page choose_page_child choose_page_search
    choose_page_chosen_multiple choose_page_external_link choose_page_email_link
    choose_page_anchor_link block_preview sprite javascript_catalog
"""

OPEN = frozenset(
    {
        *(f"wagtailadmin_{name}" for name in _ALONE.split()),
        *(f"wagtailadmin_pages:{name}" for name in _PAGES.split()),
        *(f"wagtailimages:{name}" for name in _IMAGES.split()),
        *(f"wagtailimages_chooser:{name}" for name in _CHOOSER.split()),
        "wagtail_bulk_action",
        # What the editor itself asks for while somebody writes: lists to choose from, who else is
        # in the same page, who did what.
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_api:pages:detail",
        "wagtailadmin_editing_sessions:ping",
        "wagtailadmin_editing_sessions:release",
        "wagtailadmin_reports:site_history",
        "wagtailadmin_reports:site_history_results",
    }
)
# Our own, and lists of ours that the editor makes addresses for.
OURS = ("writing:", "writing_")


def is_open(name: str) -> bool:
    """Whether hosts may come to the address of this name."""
    return name in OPEN or name.startswith(OURS)


def may_use(power: str) -> bool:
    """Whether hosts have this power ("wagtailimages.add_image"); the editor shows no way to what
    they may not use."""
    room, _, what = power.partition(".")
    return room in {"wagtailadmin", "wagtailimages", "writing"} or what.endswith("_page")
