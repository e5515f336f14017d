"""The sound program: takes the pieces of open broadcasts from their folders, sends one continuous
stream to icecast2 and writes each closed minute. Started by `python -m exchange.webinars.sound.program`."""
