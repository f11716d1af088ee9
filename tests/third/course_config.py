"""A course with an assignment that the autograder has never heard of: one input, three heads."""

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "gezondheid"

c.Course.tables = {"diabetes.csv": "tables:diabetes"}

c.Course.assignments = {
    "health": {
        "notebooks": {"health_pytorch": "pytorch"},
        "rubric": {
            "data": {"split": 1, "labels": 1, "normalisation": 1, "leakage": 1},
            "loaders": {"batches": 1, "shuffle": 1},
            "architecture": {"outputs": 1, "shared_trunk": 2, "two_heads": 1, "non_linear": 1},
            "loss": {"progression_term": 1, "high_term": 1, "sex_term": 1, "weights": 1},
            "training": {"learns": 1},
            "results": {"mae": 1, "high_accuracy": 1, "sex_accuracy": 1, "reported": 1},
        },
        "problem": {
            "table": "diabetes.csv",
            "row": "patiënt",
            "rows": "patiënten",
            "inputs": [{"name": "X", "columns": ("age", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6")}],
            "heads": [
                {
                    "name": "progression",
                    "kind": "regression",
                    "column": "progression",
                    "values": (25, 346),
                    "term": "progression_term",
                },
                {
                    "name": "high",
                    "kind": "binary",
                    "column": "progression",
                    "at_least": 150,
                    "term": "high_term",
                    "keys": ("hoog",),
                },
                {
                    "name": "sex",
                    "kind": "binary",
                    "column": "sex",
                    "at_least": 2,
                    "term": "sex_term",
                    "keys": ("geslacht",),
                },
            ],
            "metrics": [
                {"name": "mae", "head": "progression", "kind": "mae"},
                {"name": "high_accuracy", "head": "high", "kind": "accuracy"},
                {"name": "sex_accuracy", "head": "sex", "kind": "accuracy"},
            ],
            "cells": {
                "prepare": ("split", "prepare"),
                "loaders": ("train_data", "test_data"),
                "model": ("model",),
                "loss": ("loss_function",),
                "train": ("model",),
                "evaluate": ("mae", "high_accuracy", "sex_accuracy"),
            },
        },
        "thresholds": {"mae": 62, "high_accuracy": 0.58, "sex_accuracy": 0.54},
    },
}
