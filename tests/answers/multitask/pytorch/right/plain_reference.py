"""The reference solution as it is: two linear heads on a ReLU trunk, logits, tuples."""
# expect: full marks
