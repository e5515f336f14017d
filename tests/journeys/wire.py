"""A wire between a browser and the Exchange that counts what comes over it.
Used by test_weight.py."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class Wire:
    """Counts every byte that the server sends, whoever asked for it: page, worker or browser."""

    def __init__(self, port: int) -> None:
        self._server = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self.came = 0
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def carry(self) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                browser, _address = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._server))
                self._aside(browser, server, False)
                self._aside(server, browser, True)

    def _aside(self, giver: socket.socket, taker: socket.socket, counts: bool) -> None:
        threading.Thread(target=self._pass_on, args=(giver, taker, counts), daemon=True).start()

    def _pass_on(self, giver: socket.socket, taker: socket.socket, counts: bool) -> None:
        with suppress(OSError):
            while piece := giver.recv(65536):
                if counts:
                    with self._lock:
                        self.came += len(piece)
                taker.sendall(piece)
            taker.shutdown(socket.SHUT_WR)

    def cut(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


@contextmanager
def wire_to(port: int) -> Iterator[Wire]:
    wire = Wire(port)
    thread = threading.Thread(target=wire.carry, daemon=True)
    thread.start()
    yield wire
    wire.cut()
    thread.join(5)
