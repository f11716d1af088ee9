"""Measure what grading a class costs: against stock nbgrader, and over a long run."""
