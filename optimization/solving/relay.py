"""What goes on between a solver's process and the other places where its pieces are worked at."""

from optimization.solving.child_messages import Message, PieceOffered, PieceWithdrawn
from optimization.solving.elsewhere import Elsewhere, News
from optimization.solving.session_child import ChildProcess


class Relay:
    """Passes pieces on, and news back where they say anything new."""

    def __init__(self, child: ChildProcess, elsewhere: Elsewhere) -> None:
        self._child, self._elsewhere = child, elsewhere
        self._told = News()

    def follow(self, message: Message) -> None:
        """Takes in one message of the child; what is not about pieces is nothing to it."""
        if isinstance(message, PieceOffered):
            self._elsewhere.offer(message.digest, message.packed)
        elif isinstance(message, PieceWithdrawn):
            self._elsewhere.withdraw(message.digest)

    def tell(self) -> None:
        """Asks for news, and tells the child."""
        news = self._elsewhere.news()
        if news.answers or (news.wanted, news.taken) != (self._told.wanted, self._told.taken):
            self._told = news
            self._child.tell(news)
