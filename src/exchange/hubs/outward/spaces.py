"""The doors of hubs and groups. What their members wrote stands on a hub's page by the doors of the
rooms that show it there. Loaded by outward/__init__.py."""
