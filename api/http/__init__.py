"""What every route shares: transactions, preconditions, pages, limits, request ids."""
