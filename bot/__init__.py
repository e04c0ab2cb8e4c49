"""Decides: commands, views, rules and words. Standard library only; knows no platform and no database."""
