"""Pages with an hour: published and taken back by the clock, through the same way as by hand.
Its actions are called by the command that the worker starts."""
