"""Screens that propose options for a basin before anything is solved."""
