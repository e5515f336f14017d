"""What the writing room's templates ask for.
Loaded by its templates alone."""
