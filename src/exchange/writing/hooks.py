"""What the writing room adds to the house, and that powers borrowed for one request are not kept.
Loaded by apps.py when its process starts."""

from typing import Any

from django.db.models.signals import pre_save
from django.dispatch import receiver

from exchange.members.models import Member


@receiver(pre_save, sender=Member, dispatch_uid="writing.borrowed_powers")
def powers_are_never_kept(instance: Member, **_: Any) -> None:
    """Whoever saves a host while they write gives the powers of that request back first."""
    instance.is_superuser = False
