"""The few pages that the service has of its own: start, sign in, set a password, the API's documentation."""

from api.pages.pages import router

__all__ = ["router"]
