"""What is asked at the door of a room.
Called by the views of rooms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.webinars.models import Webinar


class JoinForm(forms.Form):
    """Nothing but whether being recorded is all right, where it is recorded."""

    agrees = forms.BooleanField(
        required=True,
        label=_("I know that it is recorded, and that is all right for me"),
        help_text=_(
            "Two hosts listen before anything is published. You can stay out of the recording: "
            "leave microphone and camera off, or take part by sound, text or mail."
        ),
        error_messages={
            "required": _("Tick this to come in, or take part in another way: see below.")
        },
    )

    def __init__(self, *args: Any, webinar: Webinar, has_agreed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not webinar.is_recorded or has_agreed:
            del self.fields["agrees"]
