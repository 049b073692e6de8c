# Written by `python -m generators`, not by hand.
"""The client with methods to await. `rivershare_client.synchronous` is made from it."""
