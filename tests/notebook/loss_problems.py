"""Problems with one head and with three, for tests of what is asked of losses and outputs."""

from autograder.evidence.problem import Head, Input, Problem

X = Input(name="X", columns=("age", "bmi", "bp", "s1"))

ONE = Problem(
    table="passengers.csv",
    row="passagier",
    rows="passagiers",
    inputs=(X, Input(name="names", columns=("name",))),
    heads=(Head(name="survived", kind="binary", column="survived", term="classification_term"),),
    cells={},
)
"""Two inputs, of which the second is text, and one binary head."""

THREE = Problem(
    table="diabetes.csv",
    row="patiënt",
    rows="patiënten",
    inputs=(X,),
    heads=(
        Head(name="high", kind="binary", column="progression", at_least=150, term="high_term"),
        Head(name="progression", kind="regression", column="progression", values=(25, 346), term="progression_term"),
        Head(name="sex", kind="binary", column="sex", at_least=2, term="sex_term"),
    ),
    cells={},
)
"""A head with labels that are not a few levels, one made of the same column, and one of another."""
