"""Draws what the bot says as Discord's components and forms, and reads back what people pressed and typed."""
