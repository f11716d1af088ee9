"""Faults of the results."""

from autograder.judge.catalogue.fault import MISSING_NAME, Fault

FAULTS = (
    Fault(
        "mae",
        "above_threshold",
        "De MAE op de verborgen wijnen is {score}; kleiner dan {limit} is nodig ({gap} te hoog).",
        "Vergelijk met je eigen testdeel. Is het daar ook nipt, kijk dan naar je curve; anders naar `prepare`.",
        "Op de verborgen wijnen is de MAE kleiner dan",
    ),
    Fault(
        "accuracy",
        "below_threshold",
        "De accuracy op de verborgen wijnen is {score}; groter dan {limit} is nodig ({gap} te laag).",
        "Vergelijk met je eigen testdeel. Is het daar ook nipt, kijk dan naar je curve; anders naar `prepare`.",
        "Op de verborgen wijnen is de accuracy groter dan",
    ),
    Fault(
        "reported",
        "missing",
        "De naam `{name}` bestaat niet na de cel `evaluate`.",
        "Kijk na of de cel zonder fout loopt en het cijfer deze naam geeft.",
        MISSING_NAME,
    ),
    Fault(
        "reported",
        "not_a_number",
        "`{name}` is geen getal, maar {found}.",
        "Print `{name}`: is dat één getal?",
        "`mae` en `accuracy` zijn elk één getal",
    ),
    Fault(
        "reported",
        "disagrees",
        "Jouw `{name}` is {found}; op jouw `test_data` berekent de beoordeling {expected}.",
        "Kijk na op welke rijen je meet, in welke modus het netwerk staat, en of de vormen van voorspelling en "
        "label gelijk zijn.",
        "Je cijfers mogen hoogstens 0,03 afwijken van wat de beoordeling zelf op `test_data` berekent",
    ),
)
