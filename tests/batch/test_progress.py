"""What an instructor sees while a class is graded."""

import io
import signal
import threading

import pytest
from rich.console import Console

from autograder.batch.interrupt import Interrupts
from autograder.batch.outcome import Outcome
from autograder.batch.progress import Tally, display, duration, line

ENDED = (
    Outcome("an", "graded", earlier=True),
    Outcome("bo", "graded"),
    Outcome("cy", "graded with remarks", "vreemde cel"),
    Outcome("dirk", "needs a person", "niet ingediend"),
    Outcome("els", "failed", "disk full"),
)


def _shown(*, terminal: bool) -> str:
    text = io.StringIO()
    tally = Tally(len(ENDED))
    with display(Console(file=text, force_terminal=terminal, width=100), len(ENDED)) as shown:
        for outcome in ENDED:
            tally.add(outcome)
            shown.show(outcome, tally)
    return text.getvalue()


def test_without_a_terminal_there_is_a_line_for_each_that_this_run_graded() -> None:
    assert _shown(terminal=False).splitlines() == [
        "[2/5] bo: graded",
        "[3/5] cy: graded with remarks",
        "[4/5] dirk: needs a person: niet ingediend",
        "[5/5] els: failed: disk full",
    ]


def test_a_terminal_shows_how_many_how_fast_and_what_needs_someone() -> None:
    said = _shown(terminal=True)
    assert "5/5" in said
    assert "a minute" in said
    assert "1 failed" in said
    assert "dirk: needs a person: niet ingediend" in said
    assert "bo: graded" not in said


def test_the_summary_counts_every_submission_once() -> None:
    tally = Tally(5)
    for outcome in ENDED:
        tally.add(outcome)
    said = tally.summary()
    assert said.startswith("5 of 5 submissions in ")
    assert said.endswith(
        "2 graded, 1 graded with remarks, 1 need a person, 1 failed (1 of them by an earlier run)."
    )


def test_a_reason_of_square_brackets_is_no_markup() -> None:
    text = io.StringIO()
    with display(Console(file=text, width=100), 1) as shown:
        shown.show(Outcome("an", "needs a person", "[red]x[/red]"), Tally(1))
    assert "[red]x[/red]" in text.getvalue()


def test_remarks_are_not_repeated_where_nobody_has_to_act() -> None:
    assert line(ENDED[2]) == "cy: graded with remarks"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (59.4, "59 s"), (60, "1 min 0 s"), (3725, "1 h 2 min"), (360_000, "100 h 0 min")],
)
def test_durations_have_two_units(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_an_interruption_waits_for_what_is_held() -> None:
    reached = False

    def held() -> None:
        nonlocal reached
        with Interrupts() as interrupts, interrupts.held():
            signal.raise_signal(signal.SIGINT)
            reached = True

    with pytest.raises(KeyboardInterrupt):
        held()
    assert reached


def test_a_second_interruption_does_not_wait() -> None:
    def twice() -> None:
        with Interrupts() as interrupts, interrupts.held():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            pytest.fail("the second one was held as well")

    with pytest.raises(KeyboardInterrupt):
        twice()


def test_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before


def test_outside_a_main_thread_nothing_changes() -> None:
    before = signal.getsignal(signal.SIGINT)
    seen = []

    def enter() -> None:
        with Interrupts():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [before]
