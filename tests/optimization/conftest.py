"""Puts this room's helper modules within reach of its subfolders."""
