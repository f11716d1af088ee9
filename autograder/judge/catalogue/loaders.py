"""Faults of the batches."""

from autograder.judge.catalogue.fault import MISSING_NAME, RUNS, Fault

_VALUES = "De waarden komen uit `prepare`, met in elke batch evenveel rijen voor `X`, `quality` en `good`"
_SHUFFLE = "`train_data` schudt de rijen bij elke doorgang opnieuw; `test_data` houdt ze altijd in dezelfde volgorde."

FAULTS = (
    Fault(
        "batches",
        "missing",
        "De naam `{name}` bestaat niet na de cel `loaders`.",
        "Kijk na of de cel zonder fout loopt en de loader deze naam geeft.",
        MISSING_NAME,
    ),
    Fault(
        "batches",
        "raised",
        "`{name}` doorlopen geeft een fout: {error}",
        "Doorloop `{name}` met een `for` in een lege cel en lees de foutmelding.",
        RUNS,
    ),
    Fault(
        "batches",
        "empty",
        "`{name}` geeft geen enkele batch (meer): na één doorgang is het op.",
        "Doorloop `{name}` twee keer na elkaar en tel de batches.",
        "een generator die daarna leeg is, volstaat niet.",
    ),
    Fault(
        "batches",
        "wrong_shape",
        "In een batch van `{name}` passen de vormen niet: {shapes}.",
        "Print de vormen van `X`, `quality` en `good` in één batch en leg ze naast de opgave.",
        "`quality` en `good` hebben in een batch de vorm (n,) of (n, 1).",
    ),
    Fault(
        "batches",
        "wrong_dtype",
        "`X` in `{name}` heeft dtype {dtype}.",
        "Welke dtype hebben de gewichten van je netwerk? Kijk waar `X` een ander krijgt.",
        "`X` heeft kommagetallen met een dtype die je model aankan",
    ),
    Fault(
        "batches",
        "labels_swapped",
        "In `{name}` staan de labels op elkaars plaats: waar `quality` hoort, staan enkel nullen en enen.",
        "Vergelijk de volgorde in een batch met die in de opgave.",
        "verwissel `quality` en `good` niet.",
    ),
    Fault(
        "batches",
        "labels_wrong",
        "In `{name}` klopt `good` bij {wrong} van de {total} wijnen niet met hun score.",
        "Leg in één batch `good` naast `quality`.",
        _VALUES,
    ),
    Fault(
        "batches",
        "misaligned",
        "In `{name}` hoort bij {wrong} van de {total} rijen van `X` de score van een andere wijn.",
        "Volg één wijn van `prepare` tot in een batch: worden `X` en de labels samen verplaatst?",
        _VALUES,
    ),
    Fault(
        "batches",
        "rows_lost",
        "`{name}` bevat {held} van de {expected} rijen die erin horen.",
        "Tel de rijen in alle batches samen. Valt er iets weg bij het verdelen?",
        "`train_data` bevat elke rij van het trainingsdeel en `test_data` elke rij van het testdeel",
    ),
    Fault(
        "batches",
        "test_rows_in_training",
        "{percent} % van de rijen van `test_data` zit ook in `train_data`.",
        "Ga na uit welk deel van de data elke loader gemaakt is.",
        "Geen enkele rij van het testdeel zit in `train_data`.",
    ),
    Fault(
        "shuffle",
        "train_not_shuffled",
        "`train_data` geeft de wijnen bij elke doorgang in dezelfde volgorde.",
        "Doorloop `train_data` twee keer en vergelijk de eerste batch.",
        _SHUFFLE,
    ),
    Fault(
        "shuffle",
        "test_shuffled",
        "`test_data` geeft de wijnen bij elke doorgang in een andere volgorde.",
        "Doorloop `test_data` twee keer en vergelijk de eerste batch.",
        _SHUFFLE,
    ),
)
