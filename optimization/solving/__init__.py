"""HiGHS sessions: from arrays to a plan with a proven bound, and what a solved model can tell."""
