"""What a scenario changes, what it aims at, and both resolved to arrays."""
