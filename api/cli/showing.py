"""The page in the browser of whoever started the service, where there is one to see it."""

import os
import sys
import webbrowser


def show(address: str) -> None:
    """Opens an address in a browser that has windows; nothing where there is none, or no terminal at which somebody looks."""
    if sys.stdout.isatty() and _has_windows():
        webbrowser.open(address)


def _has_windows() -> bool:
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
