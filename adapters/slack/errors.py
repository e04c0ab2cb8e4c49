"""Names why Slack cannot be used: at the start, or in one workspace."""


class CannotStart(Exception):
    """Askwell cannot run with these tokens. The message is a plain sentence for whoever runs it and says what to do."""


class NotInstalled(Exception):
    """The workspace does not have the bot, or took it away. Only installing it again helps; the message is its id."""


class OutOfReach(Exception):
    """Slack cannot be asked for a working token just now. Nothing was sent, and trying again later is worth it."""
