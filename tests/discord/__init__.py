"""Tests the Discord side of Askwell, with the real discord.py against a strict Discord of our own."""
