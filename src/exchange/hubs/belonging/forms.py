"""The shape of what people type when they ask to belong, and what hosts answer.
Called by the views of this matter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from exchange.hubs.belonging.actions import LONGEST_WORDS
from exchange.hubs.fields import Text
from exchange.hubs.models import Membership


class AskForm(forms.Form):
    """A few words to the hosts."""

    words = Text(
        label=_("A few words to the hosts"),
        help_text=_("Who you are and why you would like to belong. No names of children."),
        rows=4,
        max_length=LONGEST_WORDS,
        error_messages={"required": _("Please write a few words, so that the hosts know you.")},
    )


class NoteForm(forms.Form):
    """A kind word beside a no."""

    note = Text(label=_("A word to them"), required=False, rows=3, max_length=LONGEST_WORDS)


class RoleForm(forms.Form):
    """What somebody is in the group."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[
            (Membership.Role.HOST, _("host: takes people in, reads what waits")),
            (Membership.Role.MEMBER, _("member: reads and writes")),
            (Membership.Role.GUEST, _("guest: reads")),
        ],
        widget=forms.RadioSelect,
    )
