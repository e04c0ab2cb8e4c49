"""Sets up the log: one line an event on standard error, with keys and ids and nothing that people wrote."""

import logging

import structlog


def set_up(*, is_terminal: bool) -> None:
    """Let the standard library's loggers speak through structlog: in colour on a terminal, as JSON elsewhere."""
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last = _for_people() if is_terminal else structlog.processors.JSONRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processor=last)
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name in ("uvicorn", "alembic", "discord.client"):
        logging.getLogger(name).setLevel(logging.WARNING)


def _for_people() -> structlog.dev.ConsoleRenderer:
    """Return what writes for a terminal. Its usual tracebacks show the values of variables: names, tokens."""
    return structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
