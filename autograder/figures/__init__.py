"""Architecture figures of the lessons: vector graphics made by code."""

from autograder.figures import lesson, multi_modal, multi_task, visualisation
from autograder.figures.diagram import Diagram

FIGURES: dict[str, Diagram] = {**lesson.FIGURES, **multi_modal.FIGURES, **multi_task.FIGURES, **visualisation.FIGURES}
"""Every figure by its name."""
