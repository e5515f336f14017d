"""What the library keeps: records, their files and readings, short versions, use, shelves, health.
Read through `visible_to`; changed by the actions of each matter."""

from exchange.library.models.bringing import ForeignRecord, HarvestSource, ImportRun
from exchange.library.models.files import File
from exchange.library.models.health import LinkCheck, UsageDay
from exchange.library.models.ladder import Rung
from exchange.library.models.offered import Offered, Standing
from exchange.library.models.practice import Citing, GiveBack, GiveBackWord, Recommendation, Use
from exchange.library.models.reading import Reading, ReadingFigure, ReadingPart, ReadingProblem
from exchange.library.models.resource import (
    Creator,
    Deposit,
    DepositWord,
    Evidence,
    Licence,
    Link,
    LinkKind,
    Resource,
)
from exchange.library.models.shelving import Shelf, ShelfItem

__all__ = [
    "Citing",
    "Creator",
    "Deposit",
    "DepositWord",
    "Evidence",
    "File",
    "ForeignRecord",
    "GiveBack",
    "GiveBackWord",
    "HarvestSource",
    "ImportRun",
    "Licence",
    "Link",
    "LinkCheck",
    "LinkKind",
    "Offered",
    "Reading",
    "ReadingFigure",
    "ReadingPart",
    "ReadingProblem",
    "Recommendation",
    "Resource",
    "Rung",
    "Shelf",
    "ShelfItem",
    "Standing",
    "UsageDay",
    "Use",
]
