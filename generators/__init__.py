"""Files that are written by programs: `python -m generators` writes them anew."""
