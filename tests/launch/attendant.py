"""A launcher with one stand-in to keep, so that tests can end it in every way there is.
Run by the tests of the launcher as a program: attendant.py PORT DIRECTORY."""

import os
import sys
from pathlib import Path

from launch import keeper as keeping
from launch.keeper import Keeper, Listener, Program, attend
from launch.voice import Trouble, say

STAND_IN = Path(__file__).with_name("stand_in.py")


def main(port: str, notes: str) -> int:
    keeping.PATIENCE = 1.0
    command = [sys.executable, STAND_IN, port, notes]
    with Listener() as listener:
        keeper = Keeper()
        try:
            keeper.start(Program("stand-in", command, os.environ))
            say("started")
            attend(keeper, listener)
        except Trouble as trouble:
            say(str(trouble))
            return 1
        finally:
            keeper.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
