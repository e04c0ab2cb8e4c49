"""Speaks to each command as people do."""
