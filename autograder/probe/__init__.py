"""Runs in the student's kernel: turns the student's objects into evidence, and decides nothing."""
