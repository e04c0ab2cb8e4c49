"""Holds the addresses under which Slack and browsers reach Askwell; the manifest tells them to Slack."""

COMMAND = "/career"

EVENTS = "/slack/events"
"""Commands, presses, forms, suggestions and events: everything that Slack signs."""

INSTALL = "/slack/install"
START = "/slack/install/start"
REDIRECT = "/slack/oauth_redirect"
