"""A concern that comes by mail.
Its handler is registered by this room's hooks."""
