"""Tells one story on every platform, and listens to what the core says to it."""
