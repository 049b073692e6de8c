"""All SQL, one file a subject."""
