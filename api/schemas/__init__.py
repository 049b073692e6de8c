"""What a body or an answer looks like, one file a subject."""
