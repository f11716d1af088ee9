"""Thresholds from measurements: train recipes many times and see what they reach on hidden wines."""
