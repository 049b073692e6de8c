"""A line to the service that can be cut and mended, as a service is lost and comes back."""

import socket
import threading
from contextlib import suppress
from typing import Final

CHUNK_BYTES: Final = 65_536


class Line:
    """Carries what comes to a port of its own to a service on this machine and back, as long as it is not cut."""

    def __init__(self, service_port: int) -> None:
        self._service_port = service_port
        self._ends: list[socket.socket] = []
        self._door = self._opened(0)
        self.address = f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def cut(self) -> None:
        """Whoever is connected loses the connection, and nobody gets a new one."""
        for end in [self._door, *self._ends]:
            _close(end)
        self._ends.clear()

    def mend(self) -> None:
        """The same address leads to the service again."""
        self._door = self._opened(int(self.address.rpartition(":")[2]))

    def _opened(self, port: int) -> socket.socket:
        door = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._let_in, args=(door,), daemon=True).start()
        return door

    def _let_in(self, door: socket.socket) -> None:
        while True:
            try:
                caller, _ = door.accept()
            except OSError:
                return
            service = socket.create_connection(("127.0.0.1", self._service_port))
            self._ends += [caller, service]
            for one, other in ((caller, service), (service, caller)):
                threading.Thread(target=_carry, args=(one, other), daemon=True).start()


def _carry(one: socket.socket, other: socket.socket) -> None:
    with suppress(OSError):  # it was cut
        while content := one.recv(CHUNK_BYTES):
            other.sendall(content)
    _close(one)
    _close(other)


def _close(end: socket.socket) -> None:
    with suppress(OSError):  # the other side was quicker
        end.shutdown(socket.SHUT_RDWR)
    end.close()
