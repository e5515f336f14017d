"""The door: a small program that takes mail for us and puts it on disk, and knows nothing else.
Run as `python -m exchange.mail.door`; it imports no Django and touches no database."""
