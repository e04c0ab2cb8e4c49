"""Draws views, forms and the Home tab as Slack's blocks, and reads back what people filled in."""
