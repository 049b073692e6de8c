"""The plan's figures that rules speak of, by what they tell of: each file names its own in `MAKERS`."""
