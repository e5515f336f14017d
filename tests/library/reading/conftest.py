"""What the tests of reading share: a kept file beside a record, read by the worker.
Read by pytest alone."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction

from exchange.core.time import now
from exchange.ledger import worker
from exchange.ledger.actions import record as write_down
from exchange.library.files import store
from exchange.library.models import File, Resource
from tests.library.reading import papers

Kept = Callable[..., File]


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    """Puts a file beside a record, as the upload does; the worker has not come yet."""

    def keep(
        resource: Resource, data: bytes, media_type: str = papers.DOCX, **fields: object
    ) -> File:
        fields = {"name": "report.docx", "let_out_at": now(), **fields}
        digest = hashlib.sha256(data).hexdigest()
        row = File(resource=resource, media_type=media_type, size=len(data), sha256=digest)
        row.sent_sha256 = digest
        for name, value in fields.items():
            setattr(row, name, value)
        source = tmp_path / "source"
        source.write_bytes(data)
        store.put(row.store_key, source)
        with transaction.atomic():
            row.save()
            write_down(
                "file.kept",
                subject_type="file",
                subject_id=row.pk,
                detail={"resource": resource.pk},
            )
        return row

    return keep


@pytest.fixture
def read(kept: Kept) -> Kept:
    """The same, and the light view is made."""

    def keep_and_read(resource: Resource, data: bytes, *given: str, **fields: object) -> File:
        row = kept(resource, data, *given, **fields)
        worker.run_until_idle()
        return File.objects.select_related("reading").get(pk=row.pk)

    return keep_and_read
