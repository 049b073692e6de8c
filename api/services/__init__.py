"""What the service does, one file a subject: called by routes with a session, never knowing HTTP."""
