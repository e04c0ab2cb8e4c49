"""Slack: one workspace by its own tokens, or many by OAuth."""
