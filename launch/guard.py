"""A tiny watcher: when the launcher is gone, it ends every group of processes it left.
Started by launch.keeper with the launcher's pipe as its standard input; nothing else uses it.

Why: a killed launcher (kill -9) cannot clean up, and the kernel's parent-death signal reaches
only direct children. A web server's own workers would stay and keep the port."""

import os
import signal
import sys
import time

PATIENCE = ((signal.SIGTERM, 3.0), (signal.SIGKILL, 2.0))


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    os.chdir("/")
    groups: set[int] = set()
    for line in sys.stdin:  # ends when the launcher does
        group = int(line)
        if group > 0:
            groups.add(group)
        else:
            groups.discard(-group)
    end(groups)


def end(groups: set[int]) -> None:
    for wish, seconds in PATIENCE:
        for group in groups:
            send(group, wish)
        until = time.monotonic() + seconds
        while any(send(group, 0) for group in groups):
            if time.monotonic() > until:
                break
            time.sleep(0.05)
        else:
            return


def send(group: int, number: int) -> bool:
    """Send to a whole group; False when nobody is left in it."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    main()
