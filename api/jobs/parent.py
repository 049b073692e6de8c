"""A worker ends with the process that began it, from its first moment on, also while it still loads what it needs."""

import os
import threading
import time
from collections.abc import Callable

_LOOK_SECONDS = 0.3


class ParentWatch:
    """Looks whether the parent is still there; once it is gone, does `on_gone`, which at first ends this process."""

    def __init__(self, parent: int) -> None:
        self.on_gone: Callable[[], None] = lambda: os._exit(1)
        self._parent = parent
        threading.Thread(target=self._look_on, name="parent", daemon=True).start()

    def _look_on(self) -> None:
        while os.getppid() == self._parent:
            time.sleep(_LOOK_SECONDS)
        self.on_gone()
