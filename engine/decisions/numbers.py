"""Numbers as the standard wants them: decimal, 34 digits, nothing without end."""

from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from typing import Final

EXACT: Final = Context(
    prec=34,
    Emin=-6143,
    Emax=6144,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
"""IEEE 754 decimal128."""


def number(text: str) -> Decimal:
    """Read a number."""
    return EXACT.create_decimal(text)
