"""What the service keeps: a database of rows and a store of contents."""
