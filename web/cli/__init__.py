"""The command line ``duban``: diagrams, ledgers, what runs, and accounts from the terminal."""

import os
from collections.abc import Sequence

from engine import EngineError
from web.cli.ground import REFUSED, Command, complain
from web.cli.line import Line
from web.cli.wording import language_of, speaking, told, told_of_file
from web.config import ConfigRefused
from workflows.errors import Refusal

__all__ = ["main", "speaking"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks, in the terminal's language."""
    with speaking(language_of(os.environ)):
        options = Line().parser.parse_args(arguments)
        try:
            run: Command = options.run
            return run(options)
        except ConfigRefused as refused:
            complain(*refused.reasons)
        except OSError as error:
            complain(told_of_file(error))
        except (EngineError, Refusal) as error:
            complain(*told(error))
    return REFUSED
