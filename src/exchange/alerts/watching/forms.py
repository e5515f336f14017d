"""What is chosen where somebody follows a place.
Called by the views of this matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.alerts.models import Level


class LevelForm(forms.Form):
    """How much to hear."""

    level = forms.ChoiceField(label=_("How much would you like to hear?"), choices=Level.choices)
