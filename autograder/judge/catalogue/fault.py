"""What the catalogue says of one fault."""

from collections.abc import Mapping
from dataclasses import dataclass, field

MISSING_NAME = "een naam die ontbreekt, levert voor dat onderdeel geen punten op"
"""The rule behind every `missing` name."""

RUNS = "De hele notebook moet van boven naar onder uitvoerbaar zijn"
"""The rule behind every `raised` error."""


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
    told_by: str
    """Which measurement decides, and what tells this fault from its neighbours."""
    example: Mapping[str, str] = field(default_factory=dict)
    """For the page of faults: a value for each placeholder."""
