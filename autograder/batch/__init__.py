"""Grade many submissions: workers run and judge them, here or elsewhere, and one writer brings each to its ending."""
