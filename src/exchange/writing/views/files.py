"""Pictures of the room, for hosts alone; readers get those that stand with a brief elsewhere.
Called through urls.py."""

from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from exchange.writing.models.pictures import kept

_TYPES = {"webp": "image/webp", "jpg": "image/jpeg", "png": "image/png", "avif": "image/avif"}


@require_safe
def file(request, folder, name):
    kind = _TYPES.get(name.rpartition(".")[2])
    if folder not in ("pictures", "small") or kind is None:
        raise Http404
    try:
        found = kept().open(f"{folder}/{name}")
    except (FileNotFoundError, SuspiciousFileOperation) as missing:
        raise Http404 from missing
    response = FileResponse(found, content_type=kind)
    response.headers["Cache-Control"] = "private, max-age=600"
    return response
