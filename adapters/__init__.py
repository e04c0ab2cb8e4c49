"""Translate between the core and one platform each. No decision is made here and no SQL is spoken."""
