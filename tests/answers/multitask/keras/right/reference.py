"""The reference solution, unchanged."""
# expect: full marks
