"""Taking part by mail: asking and sharing, what becomes of it, and strangers who write.
Handlers are registered by this room's hooks; letters and attempts are used by conversation too."""
