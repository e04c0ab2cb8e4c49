"""Names why a database cannot be used. Each message is a sentence for whoever runs Askwell, and says what to do."""


class Unusable(Exception):
    """Askwell cannot start on this database."""


class BadAddress(Unusable):
    """ASKWELL_DATABASE_URL is not the address of a database that Askwell knows."""


class OutOfReach(Unusable):
    """Nobody answers at the address, or they let nobody in."""

    @classmethod
    def because(cls, error: object) -> "OutOfReach":
        """Return it with the driver's own reason, which may have several lines, in one."""
        reason = " ".join(str(error).split())
        return cls(f"The database cannot be used: {reason} (it is set by ASKWELL_DATABASE_URL or ASKWELL_DATA_DIR)")


class NotMigrated(Unusable):
    """The tables are missing, or older than this version of Askwell."""


class TooNew(Unusable):
    """The tables were made by a later version of Askwell."""


class WrongKey(Unusable):
    """ASKWELL_KEY is missing, misspelled, or not the one that this database was written with."""


class Closed(RuntimeError):
    """Something was to be read or written after the end. Askwell is on its way out; nobody has to do anything."""

    def __init__(self) -> None:
        super().__init__("the database is closed")
