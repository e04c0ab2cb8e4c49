"""Gets and keeps the right to act in a workspace: tokens, their renewal, installing by OAuth."""
