"""The course's own table: 442 patients and how their diabetes progressed in a year (Efron e.a., 2004)."""

import pandas as pd
from sklearn.datasets import load_diabetes


def diabetes() -> pd.DataFrame:
    """Return the patients in their original units, with the progression under its own name."""
    return load_diabetes(as_frame=True, scaled=False).frame.rename(columns={"target": "progression"})
