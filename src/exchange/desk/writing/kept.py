"""What the writing room's tables hold about a host. Its models are not loaded where a dossier is made
or emptied, so they are asked by name; before the room first opened there are none.
Called by the desk's dossier."""

from __future__ import annotations

from django.db import connection

# A column that points at a member, and whether its rows go with them or only forget who it was.
FORGET = (
    ("wagtailcore_page", "owner_id"),
    ("wagtailcore_page", "locked_by_id"),
    ("wagtailcore_revision", "user_id"),
    ("wagtailcore_pagelogentry", "user_id"),
    ("wagtailcore_modellogentry", "user_id"),
    ("wagtailcore_uploadedfile", "uploaded_by_user_id"),
    ("wagtailcore_workflowstate", "requested_by_id"),
    ("wagtailcore_taskstate", "finished_by_id"),
    ("wagtailcore_comment", "resolved_by_id"),
    ("wagtailimages_image", "uploaded_by_user_id"),
    ("writing_roompicture", "uploaded_by_user_id"),
)
DESTROY = (
    ("wagtailadmin_formstate", "user_id"),  # what was typed and not saved
    ("wagtailadmin_editingsession", "user_id"),
    ("wagtailcore_pagesubscription", "user_id"),
    ("wagtailcore_commentreply", "user_id"),
    ("wagtailcore_comment", "user_id"),
    ("wagtailusers_userprofile", "user_id"),
)
# What is told to the host: name in the export, table, columns, who, newest last.
_TOLD = (
    ("drafts", "wagtailcore_revision", ("created_at", "object_str"), "user_id"),
    ("done", "wagtailcore_pagelogentry", ("timestamp", "action", "label"), "user_id"),
    ("pictures", "writing_roompicture", ("created_at", "title"), "uploaded_by_user_id"),
)


def export(member_id: int) -> dict[str, list[dict[str, object]]]:
    """What they wrote and did there, by day."""
    here = _tables()
    return {
        name: _rows(table, columns, who, member_id)
        for name, table, columns, who in _TOLD
        if table in here
    }


def erase(member_id: int) -> None:
    """Texts of the Exchange stay, and nobody can tell any more who wrote them."""
    here = _tables()
    with connection.cursor() as cursor:
        for table, column in FORGET:
            if table in here:
                name, who = _quoted(table, column)
                cursor.execute(f"UPDATE {name} SET {who} = NULL WHERE {who} = %s", [member_id])  # noqa: S608
        for table, column in DESTROY:
            if table in here:
                name, who = _quoted(table, column)
                cursor.execute(f"DELETE FROM {name} WHERE {who} = %s", [member_id])  # noqa: S608


def _rows(
    table: str, columns: tuple[str, ...], who: str, member_id: int
) -> list[dict[str, object]]:
    name, person, *told = _quoted(table, who, *columns)
    words = f"SELECT {', '.join(told)} FROM {name} WHERE {person} = %s ORDER BY {told[0]}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(words, [member_id])
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _tables() -> set[str]:
    return set(connection.introspection.table_names())


def _quoted(*names: str) -> list[str]:
    return [connection.ops.quote_name(name) for name in names]
