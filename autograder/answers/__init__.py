"""Answer files: known right and wrong answers as submissions, and the judge verified with them."""
