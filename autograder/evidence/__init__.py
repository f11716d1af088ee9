"""What travels from a student's kernel to the judge: records, their encoding, their size limits."""
