"""Puts the parts together: settings, wiring, the command line, the docs that are generated."""
