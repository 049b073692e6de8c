"""The other places to work at pieces, as the solver's process sees them: by messages to and from the one that began it."""

import threading
from collections.abc import Callable

from optimization.solving.child_messages import Message, PieceOffered, PieceWithdrawn
from optimization.solving.elsewhere import News
from optimization.solving.engine_answers import IntegerSolution
from optimization.solving.packing import UnreadableError
from optimization.solving.pieces import Piece, unpack_answer


class Outside:
    """Says what is offered, and knows what has come back. `changed` is notified of news."""

    def __init__(self, send: Callable[[Message], None]) -> None:
        self.changed = threading.Condition()
        self.wanted = 0
        self.used = 0
        self._send = send
        self._taken: frozenset[str] = frozenset()
        self._answers: dict[str, bytes] = {}

    def hear(self, news: News) -> None:
        """Takes in news, in any thread."""
        with self.changed:
            self.wanted, self._taken = news.wanted, news.taken
            self._answers.update(news.answers)
            self.changed.notify_all()

    def offer(self, piece: Piece) -> None:
        self._send(PieceOffered(piece.digest, piece.packed()))

    def withdraw(self, piece: Piece) -> None:
        self._send(PieceWithdrawn(piece.digest))

    def is_taken(self, piece: Piece) -> bool:
        """Whether somebody is at work on it who has not answered yet."""
        return piece.digest in self._taken

    def answer_to(self, piece: Piece) -> IntegerSolution | None:
        """The answer that has come, once; None where none has, or none that fits: then it has to be worked at here."""
        data = self._answers.pop(piece.digest, None)
        if data is None:
            return None
        try:
            answer = unpack_answer(data, piece)
        except UnreadableError:
            return None
        self.used += 1
        return answer
