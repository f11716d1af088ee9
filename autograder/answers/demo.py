"""A demonstration class made from answer files: some right in different styles, most wrong in different ways."""

import shutil
from pathlib import Path

from autograder.answers.answer import read_answer
from autograder.answers.course import copy_course, hand_in
from autograder.exceptions import CourseError

ASSIGNMENT = "multitask"

SEED = 2026
"""Of the demonstration's own hidden wines; a real course keeps its seed out of the repository."""

BROKEN = "zoe"
"""The student whose PyTorch notebook is cut off in the middle, as by a full disk."""

CLASS: dict[str, tuple[str, str]] = {
    "amber": ("right/plain_reference", "right/reference"),
    "bram": ("right/residual_layernorm", "right/subclassed_dict"),
    "chloe": ("right/numpy_dict_dataset", "right/custom_train_step"),
    "daan": ("right/kendall_weights", "right/numpy_by_hand"),
    "elif": ("right/named_tuple_outputs", "right/batchnorm_dropout_early_stopping"),
    "finn": ("wrong/two_networks", "wrong/detached_for_good"),
    "gitte": ("wrong/detached_trunk", "wrong/fused_head"),
    "hamza": ("wrong/double_sigmoid", "wrong/scaler_on_wines"),
    "ines": ("wrong/mae_loss", "wrong/good_from_seven"),
    "jef": ("wrong/own_statistics", "wrong/one_epoch"),
    "kato": ("wrong/only_heads_in_optimizer", "wrong/public_table_lookup"),
    "lars": ("wrong/linear_trunk", "wrong/outputs_in_the_other_order"),
    "mila": ("wrong/train_not_shuffled", "wrong/train_figures_reported"),
    "zoe": ("right/plain_reference", "wrong/figure_good_missing"),
}
"""Each student's PyTorch and Keras answer."""


def make_class(root: Path, target: Path) -> list[str]:
    """Make the demonstration course in `target`, anew, and return its students.

    Raises CourseError when `target` is something else than a demonstration course.
    """
    _clear(target)
    copy_course(root, target, ASSIGNMENT, SEED)
    answers = root / "tests" / "answers" / ASSIGNMENT
    for student, names in CLASS.items():
        for framework, name in zip(("pytorch", "keras"), names, strict=True):
            hand_in(target, ASSIGNMENT, student, read_answer(answers / framework / f"{name}.py"))
    _cut_off(target / "submitted" / BROKEN / ASSIGNMENT / "multitask_pytorch.ipynb")
    return sorted(CLASS)


def _clear(target: Path) -> None:
    if target.exists():
        if any(target.iterdir()) and not (target / "nbgrader_config.py").exists():
            raise CourseError(f"{target}: is not an earlier demonstration; give another folder with --folder")
        shutil.rmtree(target)


def _cut_off(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: len(text) // 2], encoding="utf-8")
