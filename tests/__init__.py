"""Tests: through the one way in where people act, beside the part where a rule is proved."""
