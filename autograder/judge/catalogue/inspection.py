"""Faults of the table and the figures."""

from autograder.judge.catalogue.fault import MISSING_NAME, Fault

FAULTS = (
    Fault(
        "statistics",
        "missing",
        "De naam `statistics` bestaat niet na de cel `inspect`.",
        "Kijk na of de cel zonder fout loopt en de tabel deze naam geeft.",
        MISSING_NAME,
    ),
    Fault(
        "statistics",
        "incomplete",
        "In `statistics` vind ik niet voor alle kolommen van `wines` {what}. Dat is zo bij {count} kolom(men): "
        "{columns}.",
        "Vergelijk de kolommen en de statistieken in je tabel met wat de opgave vraagt, en kijk over welke rijen "
        "je ze berekent.",
        "minstens het gemiddelde, de standaardafwijking, het minimum en het maximum",
    ),
    Fault(
        "histograms",
        "missing",
        "De naam `{name}` bestaat niet na de cel `inspect`.",
        "Kijk na of de cel zonder fout loopt en de figuur deze naam geeft.",
        MISSING_NAME,
    ),
    Fault(
        "histograms",
        "empty",
        "Op `{name}` is niets getekend.",
        "Kijk na of je op deze figuur tekent, en niet op een andere.",
        "`figure_quality` toont hoeveel wijnen elke score hebben",
    ),
    Fault(
        "histograms",
        "wrong_counts",
        "De {bars} staven van `{name}` ({heights}) passen niet bij de tellingen van {what}: in de data komen "
        "{classes} verschillende waarden voor.",
        "Tel zelf hoeveel wijnen bij elke waarde horen en leg dat naast je staven. Waar beginnen en eindigen ze?",
        "De hoogte van een staaf is een aantal wijnen.",
    ),
)
