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


def same(token: str, digest: str) -> bool:
    """Whether a token has this digest, in a time that tells nothing."""
    return hmac.compare_digest(digest_of(token), digest)
