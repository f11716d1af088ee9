"""Grade many submissions: which there are, one after the other, each to a recorded end."""
