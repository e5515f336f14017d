"""The tables of safeguarding: who looks after it, what was reported, how each case was handled.
Apart from everything else: read through `queries`, changed by this room's actions alone."""

from exchange.safeguarding.models.cases import (
    AppendOnly,
    Case,
    CaseEntry,
    CaseQuerySet,
    Evidence,
    Look,
    PosterNote,
    Recusal,
)
from exchange.safeguarding.models.concerns import Concern, Kind, ReporterAddress
from exchange.safeguarding.models.standing import (
    HelplineCheck,
    Opening,
    PolicyReview,
    SafeguardingRole,
)

__all__ = [
    "AppendOnly",
    "Case",
    "CaseEntry",
    "CaseQuerySet",
    "Concern",
    "Evidence",
    "HelplineCheck",
    "Kind",
    "Look",
    "Opening",
    "PolicyReview",
    "PosterNote",
    "Recusal",
    "ReporterAddress",
    "SafeguardingRole",
]
