"""What the page of a record shows of this matter: the files that can be taken away.
Called by the view of the record, and by the pages of files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from exchange.core.languages import direction, named
from exchange.core.remembering import remembered
from exchange.library.files import everybodys, queries, rules, words
from exchange.library.models import File, Resource
from exchange.members.models import Member


@dataclass(frozen=True)
class ShownFile:
    """One file as a page shows it to one reader, with the earlier versions they may open."""

    file: File
    earlier: tuple[ShownFile, ...] = ()
    may_change: bool = False
    may_let_out: bool = False

    @property
    def kind_and_size(self) -> str:
        return words.kind_and_size(self.file)

    @property
    def name(self) -> str:
        return self.file.label or self.file.name

    @property
    def language(self) -> str:
        return named(self.file.language) if self.file.language else ""

    @property
    def direction(self) -> str:
        return direction(self.file.language) if self.file.language else "auto"

    @property
    def taken_out(self) -> list[str]:
        return words.taken_out(self.file.taken_out)

    @property
    def is_wrong(self) -> bool:
        return self.file.fixity in (File.Fixity.CHANGED, File.Fixity.MISSING)


def beside(resource: Resource, reader: Member | None) -> dict[str, Any]:
    """The names its section uses, in the page's context."""
    may_add = reader is not None and rules.may_add(reader, resource)
    if may_add or not resource.is_public:
        rows = list(queries.beside(resource, reader))
        for row in rows:
            row.resource = resource
        shelf = arranged(rows, reader)
    else:
        # Everybody else sees the same ones.
        shelf = remembered(
            ("files", resource.pk, resource.version),
            lambda: arranged(everybodys.with_readings(resource), None),
        )
    return {"files": shelf, "files_may_add": may_add}


def arranged(rows: Iterable[File], reader: Member | None) -> list[ShownFile]:
    """The newest versions in the order they were added, each with the earlier ones behind it."""
    files = list(rows)
    replaced: dict[int, File] = {
        file.replaced_by_id: file for file in files if file.replaced_by_id is not None
    }
    seen = {file.pk for file in files}
    heads = [file for file in files if file.replaced_by_id not in seen]
    order: defaultdict[int, list[ShownFile]] = defaultdict(list)
    for head in heads:
        older = replaced.get(head.pk)
        while older is not None:
            order[head.pk].append(shown(older, reader))
            older = replaced.get(older.pk)
    return [shown(head, reader, tuple(order[head.pk])) for head in heads]


def shown(file: File, reader: Member | None, earlier: tuple[ShownFile, ...] = ()) -> ShownFile:
    if reader is None:
        return ShownFile(file, earlier)
    return ShownFile(
        file,
        earlier,
        may_change=rules.may_change(reader, file),
        may_let_out=not file.is_out and rules.may_let_out(reader, file),
    )
