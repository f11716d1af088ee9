"""nbgrader reads only this name: the instructor's settings, then what makes nbgrader judge with evidence."""

from autograder.notebook.wiring import wire

c = get_config()  # noqa: F821  (nbgrader provides it)
load_subconfig("course_config.py")  # noqa: F821
wire(c)
