"""Says before a deployment whether files can be kept and scanned: `./exchange check --deploy`.
Registered by the hooks of files."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from exchange.library.files import scanning, store

_PROBE = "probe/whether-it-can-be-written"
_HINT = "Look at EXCHANGE_FILES and the keys beside it, or at the folder `library` of the data."


def files_can_be_kept(
    app_configs: Sequence[AppConfig] | None = None, **_options: object
) -> list[checks.CheckMessage]:
    """Write, read and remove a few bytes where files are kept; ask the scanner about some."""
    found: list[checks.CheckMessage] = []
    fault = _fault_of_store()
    if fault:
        found.append(checks.Error(fault, hint=_HINT, id="library.E001"))
    if settings.SCANNER and not _scanner_answers():
        words = f"The virus scanner at {settings.SCANNER} does not answer: new files wait for it."
        found.append(checks.Warning(words, hint="EXCHANGE_SCANNER", id="library.W001"))
    return found


def _fault_of_store() -> str:
    try:
        with tempfile.NamedTemporaryFile() as some:
            some.write(b"whole")
            some.flush()
            store.put(_PROBE, Path(some.name))
        back = b"".join(store.pieces(_PROBE, 0, 5))
        store.remove(_PROBE)
    except Exception as error:  # noqa: BLE001 - whatever a storage answers, it is said in words
        return f"Files of the library cannot be kept: {type(error).__name__}: {error}"
    return "" if back == b"whole" else "Files of the library do not come back as they were kept."


def _scanner_answers() -> bool:
    try:
        scanning.ask(io.BytesIO(b"whole"))
    except scanning.Unreachable:
        return False
    return True


def register() -> None:
    checks.register(files_can_be_kept, "library", deploy=True)
