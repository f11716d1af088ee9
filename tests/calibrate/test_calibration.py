"""A calibration from start to end, and what is committed of the large one."""

import shutil
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.calibrate import page, runs
from autograder.calibrate.recipes import CONSTANT, IN_KERAS, ONE_EPOCH, RECIPES, REFERENCE
from autograder.calibrate.runs import FILE, Run, Task
from autograder.calibrate.summary import Summary, summarise
from autograder.cli import app
from autograder.course import load_course
from autograder.dutch import number

THRESHOLDS = {"mae": 0.6, "accuracy": 0.7}
TARGETS = {"mae": 0.5, "accuracy": 0.8}


@pytest.fixture(scope="module")
def course(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("course")
    for name in ("nbgrader_config.py", "course_config.py"):
        shutil.copyfile(root / name, folder / name)
    return folder


@pytest.fixture
def committed(root: Path) -> Summary:
    return page.read(root / "docs")


def made(recipe: str, number: int, test: tuple[float, float], hidden: tuple[float, float]) -> Run:
    digest = next(one.digest for one in (*RECIPES, CONSTANT) if one.name == recipe)
    scores = dict(zip(("test_mae", "test_accuracy", "hidden_mae", "hidden_accuracy"), (*test, *hidden), strict=True))
    return Run(framework="pytorch", recipe=recipe, digest=digest, number=number, **scores)


def good(number: int) -> tuple[float, float]:
    """Scores that pass, not all the same."""
    return 0.4 + number % 10 / 1000, 0.9 - number % 10 / 1000


# ---------------------------------------- runs


def test_the_command_trains_and_says_that_few_runs_show_nothing(course: Path) -> None:
    options = ["--runs", "6", "--workers", "1", "--only", "pytorch/reference", "--course", str(course)]
    done = CliRunner().invoke(app, ["calibrate", "multitask", *options])
    assert done.exit_code == 1, done.output
    assert "0 of 6 runs of the reference recipe fail" in done.output
    assert 0.4 < page.read(course / "docs").rows[0].mae.mean < 0.62
    assert len((course / "docs" / FILE).read_text(encoding="utf-8").splitlines()) == 6


def test_a_second_start_goes_on_where_the_first_was_killed(root: Path, tmp_path: Path) -> None:
    counts: runs.Plan = {("none", CONSTANT): 3}
    assert list(runs.run(tmp_path, (root, "multitask"), counts, 1)) == [3]
    path = tmp_path / FILE
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole[: -len(whole.splitlines()[-1]) // 2], encoding="utf-8")  # in the middle of the last line
    assert list(runs.run(tmp_path, (root, "multitask"), counts, 1)) == [1]
    assert path.read_text(encoding="utf-8") == whole
    assert list(runs.run(tmp_path, (root, "multitask"), counts, 1)) == []


def test_runs_of_a_recipe_that_was_changed_do_not_count(tmp_path: Path) -> None:
    old = made("adam", 0, (0.5, 0.8), (0.5, 0.8)).model_copy(update={"digest": "0" * 8})
    (tmp_path / FILE).write_text(f"{old.model_dump_json()}\n", encoding="utf-8")
    assert runs.read(tmp_path) == []


def test_keras_learns_what_pytorch_learns_and_nobody_learns_in_one_epoch(root: Path) -> None:
    keras = runs.train(Task("keras", ONE_EPOCH, (0, 1), root, "multitask"))
    pytorch = runs.train(Task("pytorch", ONE_EPOCH, (0, 1), root, "multitask"))
    for one in (*keras, *pytorch):
        assert 2 < one.hidden_mae < 6
        assert one.hidden_mae == pytest.approx(one.test_mae, abs=0.5)


def test_a_run_does_not_depend_on_those_beside_it(root: Path) -> None:
    together = runs.train(Task("pytorch", ONE_EPOCH, (0, 1, 2), root, "multitask"))
    alone = runs.train(Task("pytorch", ONE_EPOCH, (2,), root, "multitask"))
    assert together[2].hidden_mae == pytest.approx(alone[0].hidden_mae, abs=1e-4)


def test_keras_recipes_exist() -> None:
    assert set(IN_KERAS) <= {recipe.name for recipe in RECIPES}


@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_the_reference_recipe_is_that_of_the_solution(root: Path, framework: str) -> None:
    nb = nbformat.read(root / "source" / "multitask" / f"multitask_{framework}.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in nb.cells if cell.cell_type == "code")
    rate = "lr" if framework == "pytorch" else "learning_rate"
    weights = {
        "pytorch": "weight_quality, weight_good = 0.5, 1.0",
        "keras": 'loss_weights={"quality": 0.5, "good": 1.0}',
    }
    batch = {"pytorch": f"batch_size={REFERENCE.batch}", "keras": f".batch({REFERENCE.batch})"}
    layers = {"pytorch": ("(features, 64)", "(64, 32)"), "keras": ("Dense(64", "Dense(32")}
    for text in (
        f"EPOCHS = {REFERENCE.epochs}\n",
        f"AdamW({'model.parameters(), ' if framework == 'pytorch' else ''}{rate}=3e-3, weight_decay={REFERENCE.decay})",
        *(weights[framework], batch[framework], *layers[framework]),
        'test_size=0.2, random_state=SEED, stratify=wines["quality"]',
    ):
        assert text in code
    assert (REFERENCE.rate, REFERENCE.weights, REFERENCE.trunk) == (3e-3, (0.5, 1.0), (64, 32))
    assert (REFERENCE.stratified, REFERENCE.dropout, REFERENCE.head) == (True, 0.0, ())


# ---------------------------------------- summary


def test_who_reaches_the_targets_and_who_fails_all_the_same() -> None:
    well, narrow = (0.45, 0.85), (0.55, 0.75)
    found = summarise(
        [
            made("adam", 0, well, (0.55, 0.75)),
            made("adam", 1, well, (0.60, 0.75)),  # not below
            made("adam", 2, narrow, (0.65, 0.75)),
            made("short", 0, well, (0.55, 0.70)),  # not above
            made("reference", 0, well, (0.9, 0.4)),
            made("one_epoch", 0, well, (0.9, 0.4)),
        ],
        THRESHOLDS,
        TARGETS,
        "",
    )
    assert (found.targets.runs, found.targets.reached, found.targets.failed) == (4, 3, 2)
    assert found.targets.worst == "short in pytorch, 1 of 1"
    assert found.margins[0].reached == 4
    assert {row.recipe: (row.failed_mae, row.failed_accuracy, row.failed) for row in found.rows} == {
        "adam": (2, 0, 2),
        "short": (0, 1, 1),
        "reference": (1, 1, 1),
        "one_epoch": (1, 1, 1),
    }


@pytest.mark.parametrize(
    ("spoilt", "missed"),
    [
        (None, None),
        (made("reference", 0, (0.4, 0.9), (0.7, 0.9)), "1 of 3000 runs of the reference recipe fail"),
        (made("one_epoch", 0, (0.4, 0.9), (0.4, 0.9)), "1 of 3 runs of the wrong recipe one_epoch pass in pytorch"),
    ],
    ids=["nothing", "reference", "wrong"],
)
def test_the_aims_that_are_missed_are_named(spoilt: Run | None, missed: str | None) -> None:
    bad = (0.9, 0.4)
    sizes = {"reference": (3000, good), "adam": (700, good), "one_epoch": (3, lambda n: bad)}
    found = [made(name, n, good(n), scores(n)) for name, (count, scores) in sizes.items() for n in range(count)]
    if spoilt:
        found = [spoilt, *(one for one in found if (one.recipe, one.number) != (spoilt.recipe, 0))]
    got = summarise(found, THRESHOLDS, TARGETS, "").missed()
    assert [text.partition(":")[0] for text in got] == ([missed] if missed else [])


def test_right_work_that_fails_in_spite_of_the_targets_is_an_aim_missed() -> None:
    found = [made("adam", n, good(n), (0.9, 0.4) if n < 10 else good(n)) for n in range(700)]
    found += [made("reference", n, good(n), good(n)) for n in range(3000)]
    assert "10 of 700 right runs that reach the targets fail" in "".join(
        summarise(found, THRESHOLDS, TARGETS, "").missed()
    )


# ---------------------------------------- what is committed


def test_the_page_and_the_plot_are_fresh(root: Path, committed: Summary) -> None:
    assert (root / "docs" / page.PAGE).read_text(encoding="utf-8") == page.page(committed)
    assert (root / "docs" / page.PLOT).read_text(encoding="utf-8") == page.plot(committed)


def test_the_committed_calibration_meets_its_aims(committed: Summary) -> None:
    assert committed.missed() == []


def test_every_recipe_is_in_it_as_it_is_now(committed: Summary) -> None:
    assert {(row.framework, row.recipe) for row in committed.rows} == {(f, r.name) for f, r in runs.plan(3000)}


def test_the_course_has_the_numbers_of_the_page(root: Path, committed: Summary) -> None:
    assignment = load_course(root).assignment("multitask")
    assert committed.thresholds == assignment.thresholds
    assert committed.targets.targets == assignment.targets


@pytest.mark.parametrize("framework", ["pytorch", "keras"])
def test_the_task_text_and_its_check_have_the_numbers_of_the_page(
    root: Path, committed: Summary, framework: str
) -> None:
    nb = nbformat.read(root / "source" / "multitask" / f"multitask_{framework}.ipynb", as_version=4)
    text = {cell.id: cell.source for cell in nb.cells}
    for name, sign in (("mae", "<"), ("accuracy", ">")):
        threshold, target = committed.thresholds[name], committed.targets.targets[name]
        assert number(threshold) in text["task_evaluate"]
        assert number(target) in text["task_evaluate"]
        assert f'values["{name}"] {sign} {threshold:.2f}' in text["test_results"]
        assert f'values["{name}"] {sign} {target:.2f}' in text["test_results"]
