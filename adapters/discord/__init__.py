"""Translates between Askwell and Discord."""
