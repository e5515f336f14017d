"""A stand-in for a web server: a first process and a worker that holds the port.
Run by the tests of the launcher as a program: stand_in.py PORT DIRECTORY."""

import os
import signal
import socket
import sys
import time
from pathlib import Path


def main(port: int, notes: Path) -> None:
    worker = os.fork()
    if worker == 0:
        hold_the_port(port, notes)
    (notes / "first").write_text(str(os.getpid()))
    with (notes / "starts").open("a") as starts:
        starts.write("started\n")
    os.waitpid(worker, 0)


def hold_the_port(port: int, notes: Path) -> None:
    """A worker that does not mind what happens to its parent, as real ones do."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    server = socket.create_server(("127.0.0.1", port))
    (notes / "worker").write_text(str(os.getpid()))
    while True:
        server.accept()[0].close()
        time.sleep(0.01)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
