"""What people read about a class, from the gradebook and the graded notebooks."""
