"""The one way in: the command registry, the context a command gets, and `Bot.handle`."""
