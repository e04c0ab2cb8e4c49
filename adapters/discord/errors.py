"""Names why Discord cannot be used at all."""


class CannotStart(Exception):
    """Askwell cannot run with this token. The message is a plain sentence for whoever runs it, and says what to do."""
