"""The group itself: its settings, its organisers, who leaves it."""
