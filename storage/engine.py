"""Says what a database offers to the rest of `storage/`: transactions to read in and transactions to write in."""

from typing import Protocol

from storage.link import Linking


class Engine(Protocol):
    def reading(self) -> Linking:
        """Begin a transaction that sees one moment of the database, refuses changes, and waits for no writer."""

    def glancing(self) -> Linking:
        """Open for one statement that only reads: no transaction is worth its way to the server and back."""

    def writing(self) -> Linking:
        """Begin a transaction that commits when its block ends well. Waits its turn; the event loop goes on."""

    async def close(self) -> None: ...
