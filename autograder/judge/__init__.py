"""From evidence to verdicts: pure functions in a process of their own; the hidden labels live only here."""
