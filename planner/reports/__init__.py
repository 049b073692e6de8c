"""From plans to pages that one can read, send and print."""
