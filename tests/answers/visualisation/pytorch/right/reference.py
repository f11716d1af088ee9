"""The reference answers."""
# expect: full marks
