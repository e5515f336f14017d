"""The live process: server-sent events and sound, without Django.
Started by `python -m exchange.project.live`; its pure parts are used by `live` and `sound` too."""
