"""Contacts: written down, shared with the group, and taken back."""
