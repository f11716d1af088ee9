"""Faults of the table and the figures."""

from autograder.judge.catalogue.fault import MISSING_NAME, Fault

FAULTS = (
    Fault(
        "statistics",
        "missing",
        "De naam `statistics` bestaat niet na de cel `inspect`.",
        "Kijk na of de cel zonder fout loopt en de tabel deze naam geeft.",
        MISSING_NAME,
        told_by="The name is not there after its cell, nor later; a name that holds something else is read.",
    ),
    Fault(
        "statistics",
        "incomplete",
        "In `statistics` vind ik niet voor alle kolommen {what}. Dat is zo bij {count} kolom(men): {columns}.",
        "Vergelijk de kolommen en de statistieken in je tabel met wat de opgave vraagt, en kijk over welke rijen "
        "je ze berekent.",
        "minstens het gemiddelde, de standaardafwijking, het minimum en het maximum",
        told_by=(
            "Every column's mean, spread (either way of dividing), minimum and maximum is looked for in "
            "one line of the table, within its own rounding; statistics of fewer rows are not found "
            "either."
        ),
        example={"what": "de standaardafwijking", "count": "12", "columns": "`fixed_acidity`, `volatile_acidity`, ..."},
    ),
    Fault(
        "histograms",
        "missing",
        "De naam `{name}` bestaat niet na de cel `inspect`.",
        "Kijk na of de cel zonder fout loopt en de figuur deze naam geeft.",
        MISSING_NAME,
        told_by="The name is not there after its cell, nor later; `empty` is a figure without anything on it.",
        example={"name": "figure_good"},
    ),
    Fault(
        "histograms",
        "empty",
        "Op `{name}` is niets getekend.",
        "Kijk na of je op deze figuur tekent, en niet op een andere.",
        "toont hoeveel",
        told_by=("The figure has no bars and no other artist; with other artists than bars the judge is unsure."),
        example={"name": "figure_quality"},
    ),
    Fault(
        "histograms",
        "wrong_counts",
        "De {bars} staven van `{name}` ({heights}) passen niet bij de tellingen van `{head}`: in de data komen "
        "{classes} verschillende waarden voor.",
        "Tel zelf hoeveel {rows} bij elke waarde horen en leg dat naast je staven. Waar beginnen en eindigen ze?",
        "De hoogte van een staaf is een aantal",
        told_by=(
            "In no way of reading the bars (by axes, by call, stacked, as areas) are they the counts of "
            "the labels; merged values and another threshold both end here, and the numbers of bars and "
            "values tell which."
        ),
        example={
            "bars": "5",
            "name": "figure_quality",
            "heights": "51, 546, 518, 155, 11",
            "head": "quality",
            "rows": "wijnen",
            "classes": "6",
        },
    ),
)
