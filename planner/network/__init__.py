"""Laying out the network: which pipe does what on which way."""
