"""What people see in a browser: the page, and the few small pages that links lead to."""

from api.pages.page import router as page
from api.pages.pages import router as pages

__all__ = ["page", "pages"]
