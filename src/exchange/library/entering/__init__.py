"""Records that other rooms hand over: an hour that was summed up, with its files.
Registered with the spine's catalogue by the hooks of this matter."""
