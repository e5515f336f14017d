"""The editor's addresses that are closed on purpose, and why; and how an address is filled in.
Read by the test of what is open."""

import re

_API = ("pages:find", "pages:action", "documents:listing", "images:listing", "images:detail")
_WORKFLOWS = """
    index index_results add enable disable edit usage usage_results remove add_task
    select_task_type task_index task_index_results edit_task disable_task enable_task task_chooser
    task_chooser_results task_chooser_create task_chosen
"""
_PAGES = """
    workflow_action collect_workflow_action_data confirm_workflow_cancellation workflow_preview
    workflow_history workflow_history_detail set_privacy convert_alias
"""
_REPORTS = """
    locked_pages locked_pages_results workflow workflow_results workflow_tasks
    workflow_tasks_results aging_pages aging_pages_results page_types_usage page_types_usage_results
"""
_PEOPLE = "index index_results add edit delete history history_results usage"

CLOSED = {
    # People, their addresses and powers are looked after elsewhere; nobody has a password.
    *(f"wagtailusers_users:{name}" for name in f"{_PEOPLE} copy".split()),
    *(f"wagtailusers_groups:{name}" for name in _PEOPLE.split()),
    *(f"wagtailadmin_{name}" for name in ("account", "login", "logout", "dismissibles")),
    "wagtailadmin_password_reset",
    *(f"wagtailadmin_password_reset_{name}" for name in ("done", "confirm", "complete")),
    # Two hosts where a newsletter asks for it, and gates for every word: not the editor's workflows.
    *(f"wagtailadmin_workflows:{name}" for name in _WORKFLOWS.split()),
    *(f"wagtailadmin_pages:{name}" for name in _PAGES.split()),
    *(f"wagtailadmin_reports:{name}" for name in _REPORTS.split()),
    # Pages are public or they are drafts; who may read is not decided here.
    *(f"wagtailadmin_collections:{name}" for name in ("index", "add", "edit", "delete")),
    "wagtailadmin_collections:set_privacy",
    *(f"wagtailadmin_api:{name}" for name in (*_API, "images:find")),
    # Addresses of pictures are made by publishing alone.
    *(f"wagtailimages:{name}" for name in ("url_generator", "url_generator_output")),
    # Free words as labels, telephone numbers as links: nothing here uses them.
    *("wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"),
    "wagtailadmin_choose_page_phone_link",
    # The editor's own trials, its sum of everything else, and the way here itself.
    *("wagtailadmin_error_test", "django.views.generic.base.TemplateView"),
    *("wagtail.admin.views.home.default", "desk-write", "desk-write-in"),
}
# Ours stand before these, and lead to our own account and way out; the room stands before the way
# there.
OURS_INSTEAD = {*(f"wagtailadmin_{name}" for name in ("account", "login", "logout")), "desk-write"}


def filled(pattern: str) -> str:
    """An address of this pattern: 1 for a number, a word for a word."""
    words = re.sub(r"<int:\w+>|\(\\d\+\)|\\d\+", "1", pattern)
    words = re.sub(r"<(?:str:|slug:)?\w+>", "page", words)
    return re.sub(r"[\^$\\]|\(\?P.*|\(.*", "", words).replace(".*", "nothing")
