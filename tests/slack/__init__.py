"""Tests the Slack side of Askwell, with the real Slack libraries against a strict Slack of our own."""
