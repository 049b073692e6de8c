"""The 241 villages of Ratanak Kiri, Cambodia, on the Sesan and the Srepok."""
