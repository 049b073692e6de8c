"""Plans that are one until it is known which kind of future has come, and one for each kind from there on."""
