"""What the catalogue says of one fault."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One named way of being wrong."""

    criterion: str
    identifier: str
    message: str
    """What the student's work does, in Dutch, with placeholders for the student's own numbers."""
    hint: str
    """Where to look, in Dutch."""
    rule: str
    """A literal part of the sentence in both notebooks' task text that forbids it."""
