"""What the writing room adds to the house, and that powers borrowed for one request are not kept.
Loaded by apps.py when its process starts."""

from typing import Any

from django.db import connection
from django.db.models.signals import post_migrate, pre_save
from django.dispatch import receiver
from wagtail.models import Locale

from exchange.members.models import Member
from exchange.writing.editing import panels
from exchange.writing.models import seams
from exchange.writing.opening.shelves import make_ready
from exchange.writing.publishing.actions import press

panels.put_on()
seams.publish_by(lambda revision, user: press(revision=revision, by=user))


@receiver(pre_save, sender=Member, dispatch_uid="writing.borrowed_powers")
def powers_are_never_kept(instance: Member, **_: Any) -> None:
    """Whoever saves a host while they write gives the powers of that request back first."""
    instance.is_superuser = False


@receiver(post_migrate, dispatch_uid="writing.shelves")
def shelves_are_ready(sender: Any, **_: Any) -> None:
    """After the tables were made, and again after every update. Tests make their tables otherwise,
    and empty them."""
    if sender.label != "writing" or "writing_shelf" not in connection.introspection.table_names():
        return
    if Locale.objects.exists():
        make_ready()
