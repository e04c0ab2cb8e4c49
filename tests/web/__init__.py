"""Tests of the playground: over HTTP, and through a real browser."""
