"""The tables of this room: the shared table with its kinds, drafts and decisions; pictures.
Read through `visible_to`; states are set by `contributions.actions` alone."""

from exchange.contributions.models.notices import Notice
from exchange.contributions.models.pictures import Consent, Picture
from exchange.contributions.models.spine import (
    OUT_STATES,
    PUBLIC_STATES,
    Because,
    ContextTerm,
    Contribution,
    ContributionQuerySet,
    Decision,
    Draft,
    Experience,
    Revision,
    State,
)
from exchange.contributions.models.voice import Voice, VoiceKeeper, VoiceLook

__all__ = [
    "OUT_STATES",
    "PUBLIC_STATES",
    "Because",
    "Consent",
    "ContextTerm",
    "Contribution",
    "ContributionQuerySet",
    "Decision",
    "Draft",
    "Experience",
    "Notice",
    "Picture",
    "Revision",
    "State",
    "Voice",
    "VoiceKeeper",
    "VoiceLook",
]
