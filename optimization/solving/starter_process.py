"""What has loaded all that solvers need, and splits off one for each order: a fork instead of half a second of imports.

It has one thread, so that a fork is whole. It ends, and all solvers with it, when the process that it works for is gone.
"""

import contextlib
import os
import select
import signal
import socket
import traceback

from optimization.solving.child import main
from optimization.solving.child_messages import KILL, NO_PROCESS, START

ENDS = 4  # of pipes and files that come with an order to start: orders, replies, errors, and where the exit code goes
_ORDER_BYTES = 64


def serve(line: int) -> None:
    """Takes orders from the socket with this number, until its other end is closed: START with ENDS files, KILL with a number."""
    orders = socket.socket(fileno=line)
    woken, wakes = os.pipe()
    os.set_blocking(wakes, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wakes, warn_on_full_buffer=False)
    running: dict[int, int] = {}
    while True:
        ready, _, _ = select.select([line, woken], [], [])
        if woken in ready:
            os.read(woken, 4096)
            _tell_ended(running)
        if line in ready:
            order, ends, _, _ = socket.recv_fds(orders, _ORDER_BYTES, ENDS)
            if order == START:
                process_id = _split_off(ends, [line, woken, wakes, *running.values()])
                if process_id != NO_PROCESS:
                    running[process_id] = ends.pop()
                for end in ends:
                    os.close(end)
                orders.send(str(process_id).encode())
            elif order.startswith(KILL):
                _kill(int(order.removeprefix(KILL)), running)
            else:
                break
    for process_id in running:
        _kill(process_id, running)
    os._exit(0)


def _split_off(ends: list[int], not_mine: list[int]) -> int:
    """The number of a new solver; NO_PROCESS where the system gives none: those that run go on."""
    starter = os.getpid()
    try:
        process_id = os.fork()
    except OSError:
        return NO_PROCESS
    if process_id == 0:
        _become_solver(starter, ends, not_mine)
    return process_id


def _kill(process_id: int, running: dict[int, int]) -> None:
    if process_id in running:  # not yet waited for, so the number is still its own
        with contextlib.suppress(ProcessLookupError):
            os.kill(process_id, signal.SIGKILL)


def _tell_ended(running: dict[int, int]) -> None:
    """Writes the exit code of each solver that has ended to where it belongs: negative is a signal."""
    while running:
        process_id, status = os.waitpid(-1, os.WNOHANG)
        if process_id == 0:
            return
        told = running.pop(process_id)
        with contextlib.suppress(BrokenPipeError):
            os.write(told, str(os.waitstatus_to_exitcode(status)).encode())
        os.close(told)


def _become_solver(starter: int, ends: list[int], not_mine: list[int]) -> None:
    """Never returns."""
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        # Ctrl-C at a terminal goes to a whole group: it is for the run, which then asks the solver to stop.
        os.setpgid(0, 0)
        for standard, end in enumerate(ends[:3]):
            os.dup2(end, standard)
        for end in (*ends, *not_mine):
            os.close(end)
        main(starter)
    except BaseException:
        traceback.print_exc()
    os._exit(1)
