"""Every change of safeguarding, one file for each hand: reporting, handling, keeping, standing.
Called by pages, commands, the clock and, later, mail alike."""

from exchange.safeguarding.actions.reporting import Circumstances, TooMany, report

__all__ = ["Circumstances", "TooMany", "report"]
