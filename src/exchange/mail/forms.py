"""The shape of an answer written at the outbox.
Used by its page alone."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """Only the words; the rest of the mail is made."""

    text = forms.CharField(
        label=_("Your answer"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
        error_messages={"required": _("Please write a few words before you send.")},
    )
