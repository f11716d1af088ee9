"""Faults of the batches."""

from autograder.judge.catalogue.fault import MISSING_NAME, RUNS, Fault

_VALUES = "De waarden komen uit `prepare`, met in elke batch evenveel rijen voor"
_SHUFFLE = "`train_data` schudt de rijen bij elke doorgang opnieuw; `test_data` houdt ze altijd in dezelfde volgorde."

FAULTS = (
    Fault(
        "batches",
        "missing",
        "De naam `{name}` bestaat niet na de cel `loaders`.",
        "Kijk na of de cel zonder fout loopt en de loader deze naam geeft.",
        MISSING_NAME,
        told_by="The name is not there after its cell, nor later.",
        example={"name": "test_data"},
    ),
    Fault(
        "batches",
        "raised",
        "`{name}` doorlopen geeft een fout: {error}",
        "Doorloop `{name}` met een `for` in een lege cel en lees de foutmelding.",
        RUNS,
        told_by="Going through the loader raises, before any form can be looked at.",
        example={"name": "train_data", "error": "KeyError: 37"},
    ),
    Fault(
        "batches",
        "empty",
        "`{name}` geeft geen enkele batch (meer): na één doorgang is het op.",
        "Doorloop `{name}` twee keer na elkaar en tel de batches.",
        "een generator die daarna leeg is, volstaat niet.",
        told_by="The first pass gives nothing, or the second one nothing after a full first.",
        example={"name": "train_data"},
    ),
    Fault(
        "batches",
        "wrong_shape",
        "In een batch van `{name}` passen de vormen niet: {shapes}.",
        "Print de vormen van alles in één batch en leg ze naast de opgave.",
        "in een batch de vorm (n,) of (n, 1).",
        told_by=(
            "In the first batch an input is not two-dimensional or a label is not (n,) or (n, 1), or both "
            "loaders differ in columns."
        ),
        example={"name": "train_data", "shapes": "X (64, 11), quality (64, 1), good (64, 2)"},
    ),
    Fault(
        "batches",
        "wrong_dtype",
        "`{input}` in `{name}` heeft dtype {dtype}.",
        "Welke dtype hebben de gewichten van je netwerk? Kijk waar `{input}` een ander krijgt.",
        "kommagetallen met een dtype die je model aankan",
        told_by=(
            "An input that is no text holds whole numbers, or an input holds floats of another precision that the "
            "network refused."
        ),
        example={"name": "train_data", "input": "X", "dtype": "float64"},
    ),
    Fault(
        "batches",
        "labels_swapped",
        "In `{name}` staan de labels op elkaars plaats: waar `{head}` hoort, staan enkel nullen en enen.",
        "Vergelijk de volgorde in een batch met die in de opgave.",
        "verwissel `",
        told_by=(
            "What stands for a quantity is only zeros and ones and what stands for a binary label is not; other "
            "wrong labels are `labels_wrong`."
        ),
        example={"name": "train_data", "head": "quality"},
    ),
    Fault(
        "batches",
        "inputs_swapped",
        "In `{name}` staat de invoer op elkaars plaats: {inputs} zijn verwisseld.",
        "Leg alles in één batch naast wat `prepare` teruggeeft, in de volgorde (of met de namen) van de opgave.",
        _VALUES,
        told_by="Every input of a loader holds the rows that `prepare` made for another input, and none its own.",
        example={"name": "train_data", "inputs": "`structured` en `names`"},
    ),
    Fault(
        "batches",
        "labels_wrong",
        "In `{name}` klopt `{head}` bij {wrong} van de {total} {rows} niet met {other}.",
        "Leg in één batch `{head}` naast wat `prepare` ervan maakt.",
        _VALUES,
        told_by=(
            "A binary label does not follow from the quantity in the same batch, or is not 0 or 1, while `prepare` "
            "itself gives right labels."
        ),
        example={
            "name": "train_data",
            "head": "good",
            "wrong": "121",
            "total": "1024",
            "rows": "wijnen",
            "other": "`quality`",
        },
    ),
    Fault(
        "batches",
        "misaligned",
        "In `{name}` hoort bij {wrong} van de {total} rijen van {inputs} de `{head}` van een andere {row}.",
        "Volg één {row} van `prepare` tot in een batch: worden de kenmerken en de labels samen verplaatst?",
        _VALUES,
        told_by=(
            "A row that `prepare` makes again carries another row's label, or one input of it is that of another row, "
            "while `prepare` keeps them together."
        ),
        example={
            "name": "train_data",
            "wrong": "702",
            "total": "1024",
            "inputs": "`X`",
            "head": "quality",
            "row": "wijn",
        },
    ),
    Fault(
        "batches",
        "rows_lost",
        "`{name}` bevat {held} van de {expected} rijen die erin horen.",
        "Tel de rijen in alle batches samen. Valt er iets weg bij het verdelen?",
        "`train_data` bevat elke rij van het trainingsdeel en `test_data` elke rij van het testdeel",
        told_by=(
            "A loader holds fewer rows than its part has, beyond a validation part or one unfinished training batch; "
            "a row that a pass repeats more often than the file has it counts once."
        ),
        example={"name": "test_data", "held": "192", "expected": "256"},
    ),
    Fault(
        "batches",
        "test_rows_in_training",
        "{percent} % van de rijen van `test_data` zit ook in `train_data`.",
        "Ga na uit welk deel van de data elke loader gemaakt is.",
        "Geen enkele rij van het testdeel zit in `train_data`.",
        told_by=(
            "Most rows of `test_data` are in `train_data` too, though `split` keeps them apart; identical "
            "rows account for a quarter."
        ),
        example={"percent": "100"},
    ),
    Fault(
        "shuffle",
        "train_not_shuffled",
        "`train_data` geeft de {rows} bij elke doorgang in dezelfde volgorde.",
        "Doorloop `train_data` twee keer en vergelijk de eerste batch.",
        _SHUFFLE,
        told_by=(
            "Two passes give the same order, and no `fit` on arrays shuffles; for arrays in a Keras loop of the "
            "student's own: in its last steps the same rows follow each other in every epoch."
        ),
        example={"rows": "wijnen"},
    ),
    Fault(
        "shuffle",
        "test_shuffled",
        "`test_data` geeft de {rows} bij elke doorgang in een andere volgorde.",
        "Doorloop `test_data` twee keer en vergelijk de eerste batch.",
        _SHUFFLE,
        told_by="Two passes over `test_data` give different orders; named before anything about `train_data`.",
        example={"rows": "wijnen"},
    ),
)
