"""Rules as rows of the model."""
