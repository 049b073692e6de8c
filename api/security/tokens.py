"""Secrets that are handed out once and kept only as digests."""

import hashlib
import hmac
import secrets

API_KEY_PREFIX = "rsk_"
SHARE_LINK_PREFIX = "rss_"


def new_token(prefix: str = "") -> str:
    """A secret of 256 bits."""
    return prefix + secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is kept of a token. Tokens are random and long, so that a plain digest can't be turned back."""
    return hashlib.sha256(token.encode()).hexdigest()


def csrf_token_of(session_token: str) -> str:
    """The token by which a page shows that a request is its own: made from its session's, which it cannot read."""
    return hmac.new(session_token.encode(), b"rivershare csrf", hashlib.sha256).hexdigest()


def same(token: str, other: str) -> bool:
    """Whether two tokens are one, in a time that tells nothing."""
    return hmac.compare_digest(token.encode(), other.encode())
