"""The first steps, help, and the dashboard."""
