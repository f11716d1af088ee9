"""Grade many submissions: workers run and judge them, here or elsewhere, and one writer brings each to its ending."""

from autograder.imports import without_grammar

without_grammar()  # here, so that it comes before whatever a worker imports
