"""The asynchronous client → the synchronous one: the same lines without waiting."""

import re

REPLACED = (
    (r"\basync def __aenter__", "def __enter__"),
    (r"\basync def __aexit__", "def __exit__"),
    (r"\basync (def|for|with)\b", r"\1"),
    (r"\bawait ", ""),
    (r"\bAsyncIterator\b", "Iterator"),
    (r"\bAsyncClient\b", "Client"),
    (r"\bAsyncBaseTransport\b", "BaseTransport"),
    (r"\bAsyncRivershare\b", "Rivershare"),
    (r"\baiter_", "iter_"),
    (r"\baclose\b", "close"),
    (r"\baread\b", "read"),
    (r"\basyncio\.sleep\b", "time.sleep"),
    (r"\bimport asyncio\b", "import time"),
    (r"rivershare_client\.asynchronous\b", "rivershare_client.synchronous"),
    (r"\bAsync([A-Z]\w+)\b", r"\1"),
    (r"\basynchronous\b", "synchronous"),
)


def without_waiting(source: str) -> str:
    """The source of a module of the synchronous client."""
    for pattern, replacement in REPLACED:
        source = re.sub(pattern, replacement, source)
    return source
