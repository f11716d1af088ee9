"""Grade deep-learning notebooks from evidence, outside the student's process."""
