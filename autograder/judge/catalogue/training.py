"""Faults of the training."""

from autograder.judge.catalogue.fault import MISSING_NAME, Fault

_BOTH = "Na het trainen zijn beide losses op de trainingsrijen lager dan ervoor"
_CHANGED = "na het trainen zijn de romp en beide koppen veranderd."

FAULTS = (
    Fault(
        "learns",
        "missing",
        "De naam `model` bestaat niet na de cel `train`.",
        "Kijk na of de cel zonder fout loopt.",
        MISSING_NAME,
    ),
    Fault(
        "learns",
        "not_trained",
        "Na de cel `train` heeft het netwerk nog precies de gewichten van ervoor.",
        "Welke regel van je trainingslus verandert de gewichten, en van welk netwerk?",
        _CHANGED,
    ),
    Fault(
        "learns",
        "too_few_epochs",
        "Voor `{name}` doet het netwerk het op de trainingsrijen niet beter dan een constante voorspelling: "
        "{loss} {after} tegenover {constant}.",
        "Bekijk je curve: dalen de losses nog wanneer het trainen stopt? Hoe snel dalen ze?",
        _BOTH,
    ),
    Fault(
        "learns",
        "one_task_only",
        "Alleen één taak is geleerd: voor `{name}` is de {loss} na het trainen {after}, met een constante "
        "voorspelling {constant}.",
        "Ga na welke losses in je trainingslus tot een stap van de optimizer leiden.",
        "één taak is niet genoeg.",
    ),
    Fault(
        "learns",
        "trunk_not_moved",
        "De romp heeft na het trainen nog dezelfde gewichten als ervoor; alleen de koppen zijn veranderd.",
        "Welke gewichten krijgt de optimizer mee?",
        _CHANGED,
    ),
    Fault(
        "learns",
        "heads_not_moved",
        "De romp is getraind, maar {names} als kop niet veranderd.",
        "Welke gewichten krijgt de optimizer mee?",
        _CHANGED,
    ),
    Fault(
        "learns",
        "diverged",
        "Het trainen is ontspoord: {what}.",
        "Kijk in je curve vanaf welke epoch het misgaat. Wat bepaalt de grootte van een stap?",
        "waarbij de losses niet ontsporen (geen NaN).",
    ),
)
