"""Titles and help of forms in the languages of the region: one file a language, English where it says nothing."""

from planner.translations.languages import ENGLISH, LANGUAGES, Language, language
from planner.translations.texts import english, translated, untranslated

__all__ = ["ENGLISH", "LANGUAGES", "Language", "english", "language", "translated", "untranslated"]
