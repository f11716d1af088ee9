"""Faults of the combined loss."""

from autograder.judge.catalogue.fault import RUNS, Fault

_OWN_LABEL = "Elke term vergelijkt een uitvoer met zijn eigen label"
_SWAP = "verwissel de uitvoeren of de labels niet"
_SAME_SHAPE = "Uitvoer en label hebben dezelfde vorm wanneer je ze vergelijkt"
_IN_GRADIENT = "Beide termen tellen mee in de gradiënt"
_MEANS = "Beide termen zijn gemiddelden over de wijnen van een batch, geen sommen"
_NOT_MSE = "dus niet MAE, Huber, RMSE of een som"
_POSITIVE = "Beide gewichten zijn groter dan nul"
_WEIGHTED_SUM = "een product of een maximum van de losses is geen gewogen som"

_REGRESSION, _BINARY = {"head": "quality"}, {"head": "good"}

FAULTS = (
    Fault(
        "regression_term",
        "missing",
        "Er is geen regressieterm gevonden: {found}.",
        "Welk deel van je loss hangt af van de uitvoer `{head}`?",
        "De regressieterm is de gemiddelde kwadratische fout (MSE)",
        told_by=(
            "Neither value nor gradient of the loss depends on the output of a regression; a weight of nil is "
            "`weights.zero`."
        ),
        example={**_REGRESSION, "found": "je loss hangt niet af van de uitvoer `quality` (jouw loss ≈ 1,00·BCE)"},
    ),
    Fault(
        "regression_term",
        "raised",
        "{what} geeft een fout: {error}",
        "Reken je loss uit op één batch uit `train_data` en lees de foutmelding.",
        RUNS,
        told_by="The loss, or a training step, raises on the student's own batch.",
        example={"what": "`multitask_loss`", "error": "RuntimeError: all elements of input should be between 0 and 1"},
    ),
    Fault(
        "regression_term",
        "not_scalar",
        "`{loss}` geeft {found} terug in plaats van één getal.",
        "Bekijk met `print` wat je functie teruggeeft voor één batch.",
        "de optimizer maakt maar één getal klein",
        told_by="The loss works and returns something else than one number.",
        example={"loss": "multitask_loss", "found": "een tuple met 2 waarden"},
    ),
    Fault(
        "regression_term",
        "mae",
        "De regressieterm is de gemiddelde absolute fout (MAE): jouw loss ≈ {formula}.",
        "Vergelijk de fout die je op `{head}` gebruikt met de fout die de opdracht vraagt.",
        _NOT_MSE,
        told_by=("Over probes of varying scale the term is the mean absolute error, to the precision of the numbers."),
        example={**_REGRESSION, "formula": "1,00·MAE + 1,00·BCE"},
    ),
    Fault(
        "regression_term",
        "huber",
        "De regressieterm vlakt grote fouten af ({which}): jouw loss ≈ {formula}.",
        "Vergelijk de fout die je op `{head}` gebruikt met de fout die de opdracht vraagt.",
        _NOT_MSE,
        told_by="Small errors count squared and great ones straight; `mae` is straight everywhere.",
        example={**_REGRESSION, "which": "Huber", "formula": "1,00·Huber + 1,00·BCE"},
    ),
    Fault(
        "regression_term",
        "rmse",
        "De regressieterm is de wortel van de MSE (RMSE): jouw loss ≈ {formula}.",
        "Welke bewerking gebeurt er na het gemiddelde van de kwadraten?",
        _NOT_MSE,
        told_by=("The term is the root of the mean square: its value grows with the scale, its gradient does not."),
        example={"formula": "1,00·RMSE + 1,00·BCE"},
    ),
    Fault(
        "regression_term",
        "log_error",
        "De regressieterm vergelijkt logaritmen (MSLE), niet de labels zelf: jouw loss ≈ {formula}.",
        "Vergelijk de fout die je op `{head}` gebruikt met de fout die de opdracht vraagt.",
        "De regressieterm is de gemiddelde kwadratische fout (MSE)",
        told_by="The term is the squared difference of the logarithms of 1 + output and 1 + label.",
        example={**_REGRESSION, "formula": "1,00·MSLE + 1,00·BCE"},
    ),
    Fault(
        "regression_term",
        "cross_entropy",
        "De regressieterm is een kruisentropie, geen kwadratische fout: jouw loss ≈ {formula}.",
        "Vergelijk de fout die je op `{head}` gebruikt met de fout die de opdracht vraagt.",
        "De regressieterm is de gemiddelde kwadratische fout (MSE)",
        told_by="What a regression's output adds is a cross-entropy, even where that gives its labels no gradient.",
        example={**_REGRESSION, "formula": "1,00·BCE + 1,00·BCE"},
    ),
    Fault(
        "regression_term",
        "sum",
        "De regressieterm is een som over de batch, geen gemiddelde: jouw loss ≈ "
        "{formula}, met n het aantal {rows} in de batch.",
        "Wat gebeurt er met deze term als je de batches twee keer zo groot maakt?",
        _MEANS,
        told_by="The squared errors grow with the number of rows in a probe; a mean does not.",
        example={"rows": "wijnen", "formula": "n·MSE + 1,00·BCE"},
    ),
    Fault(
        "regression_term",
        "wrong_target",
        "De regressieterm vergelijkt de uitvoer `{head}` niet met het label `{head}`, "
        "maar met {target}: jouw loss ≈ {formula}.",
        "Volg het label van de batch tot in je regressieterm.",
        _OWN_LABEL,
        told_by=(
            "The squared error is smallest at a mixture of labels or a constant that is far from its own "
            "label; the other term is in its place."
        ),
        example={**_REGRESSION, "target": "0,10·quality", "formula": "1,00·MSE(quality; 0,10·quality) + 1,00·BCE"},
    ),
    Fault(
        "regression_term",
        "swapped",
        "De taken zijn verwisseld: de uitvoer `{head}` wordt vergeleken met het label `{other}`: jouw loss ≈ "
        "{formula}.",
        "Kijk naar de volgorde van de uitvoeren en van de labels in je loss.",
        _SWAP,
        told_by="An output is compared with another one's label, and that one is not compared with its own either.",
        example={**_REGRESSION, "other": "good", "formula": "1,00·MSE(quality; good) + 1,00·BCE(good; quality)"},
    ),
    Fault(
        "regression_term",
        "broadcasting",
        "De regressieterm vergelijkt elke uitvoer met elk label van de batch, "
        "n op n in plaats van n: jouw loss ≈ {formula}.",
        "Print in je loss de vorm van de uitvoer `{head}` en van het label.",
        _SAME_SHAPE,
        told_by=(
            "Each output is compared with every label, as (n,) against (n, 1) does, and the network did "
            "not learn the task otherwise."
        ),
        example={**_REGRESSION, "formula": "1,00·MSE over alle paren + 1,00·BCE"},
    ),
    Fault(
        "regression_term",
        "detached",
        "De regressieterm telt mee in de waarde van je loss, maar niet in de "
        "gradiënt: hij traint niets. Jouw loss ≈ {formula}.",
        "Zoek in je regressieterm naar iets dat de gradiënt tegenhoudt.",
        _IN_GRADIENT,
        told_by="The value follows the output of a regression, the gradient does not; in `missing` neither does.",
        example={"formula": "1,00·MSE (zonder gradiënt) + 1,00·BCE"},
    ),
    Fault(
        "classification_term",
        "missing",
        "Er is geen classificatieterm gevonden: {found}.",
        "Welk deel van je loss hangt af van de uitvoer `{head}`?",
        "De classificatieterm is de binaire kruisentropie (BCE)",
        told_by=(
            "Neither value nor gradient of the loss depends on the output of a classification; a weight of nil is "
            "`weights.zero`."
        ),
        example={**_BINARY, "found": "je loss hangt niet af van de uitvoer `good` (jouw loss ≈ 1,00·MSE)"},
    ),
    Fault(
        "classification_term",
        "double_sigmoid",
        "De sigmoid wordt twee keer op `{head}` toegepast: {where}.",
        "Zoek in je model en in je loss elke plaats waar een logit een kans wordt.",
        "De sigmoid wordt op `good` precies één keer toegepast",
        told_by=(
            "The term takes the output for a logit, and the network's output lies between 0 and 1 at any "
            "weights; or the term itself has two sigmoids."
        ),
        example={**_BINARY, "where": "een keer in het model en een keer in de loss"},
    ),
    Fault(
        "classification_term",
        "bce_on_logits",
        "De BCE verwacht kansen, maar de uitvoer `{head}` van je model blijft niet tussen 0 en 1: {value} kan "
        "voorkomen.",
        "Welke bewerking hoort er tussen de laatste laag en deze BCE?",
        "geef logits niet aan een BCE die kansen verwacht",
        told_by=(
            "The term takes the output for a probability, and the network's output does not stay between 0 and 1."
        ),
        example={**_BINARY, "value": "-1,74"},
    ),
    Fault(
        "classification_term",
        "squared_error",
        "De classificatieterm is een kwadratische fout, geen binaire kruisentropie: jouw loss ≈ {formula}.",
        "Vergelijk de fout die je op `{head}` gebruikt met de fout die de opdracht vraagt.",
        "De classificatieterm is de binaire kruisentropie (BCE)",
        told_by="What a classification's output adds is a squared error, of the probability or of the output itself.",
        example={**_BINARY, "formula": "1,00·MSE + 1,00·MSE"},
    ),
    Fault(
        "classification_term",
        "hinge",
        "De classificatieterm is een hinge, geen binaire kruisentropie: jouw loss ≈ {formula}.",
        "Rekent deze fout met een kans of met een afstand tot een grens? Welke van de twee vraagt de opdracht?",
        "De classificatieterm is de binaire kruisentropie (BCE)",
        told_by="What a classification's output adds is a hinge, squared or not, of the output or of its sigmoid.",
        example={"formula": "1,00·MSE + 1,00·hinge"},
    ),
    Fault(
        "classification_term",
        "sum",
        "De classificatieterm is een som over de batch, geen gemiddelde: jouw loss ≈ "
        "{formula}, met n het aantal {rows} in de batch.",
        "Wat gebeurt er met deze term als je de batches twee keer zo groot maakt?",
        _MEANS,
        told_by="The cross-entropy grows with the number of rows in a probe; a mean does not.",
        example={"rows": "wijnen", "formula": "1,00·MSE + n·BCE"},
    ),
    Fault(
        "classification_term",
        "wrong_target",
        "De classificatieterm vergelijkt de uitvoer `{head}` niet met het label "
        "`{head}`, maar met {target}: jouw loss ≈ {formula}.",
        "Volg het label van de batch tot in je classificatieterm.",
        _OWN_LABEL,
        told_by=(
            "The cross-entropy is with another label or with the opposite one; the other term is in its place."
        ),
        example={**_BINARY, "target": "het omgekeerde, `1 - good`", "formula": "1,00·MSE + 1,00·BCE(good; 1 - good)"},
    ),
    Fault(
        "classification_term",
        "wrong_threshold",
        "De classificatieterm noemt een {row} `{head}` vanaf `{column}` {level}: jouw loss ≈ {formula}.",
        "Vanaf welke waarde is een {row} `{head}` volgens de opdracht? Controleer ook of de grens zelf meetelt.",
        "gebruik voor `good` de grens `quality >= 6`",
        told_by=(
            "The label in the cross-entropy follows from the other label with another threshold than the task's, "
            "whatever the label of the batch says."
        ),
        example={
            **_BINARY,
            "row": "wijn",
            "column": "quality",
            "level": "7",
            "formula": "1,00·MSE + 1,00·BCE(good; quality >= 7)",
        },
    ),
    Fault(
        "classification_term",
        "swapped",
        "De taken zijn verwisseld: de uitvoer `{head}` wordt vergeleken met het label `{other}`: jouw loss ≈ "
        "{formula}.",
        "Kijk naar de volgorde van de uitvoeren en van de labels in je loss.",
        _SWAP,
        told_by="An output is compared with another one's label, and that one is not compared with its own either.",
        example={**_BINARY, "other": "quality", "formula": "1,00·MSE(quality; good) + 1,00·BCE(good; quality)"},
    ),
    Fault(
        "classification_term",
        "broadcasting",
        "De classificatieterm vergelijkt elke uitvoer met elk label van de "
        "batch, n op n in plaats van n: jouw loss ≈ {formula}.",
        "Print in je loss de vorm van de uitvoer `{head}` en van het label.",
        _SAME_SHAPE,
        told_by=(
            "Each output is compared with every label, as (n,) against (n, 1) does, and the network did "
            "not learn the task otherwise."
        ),
        example={**_BINARY, "formula": "1,00·MSE + 1,00·BCE over alle paren"},
    ),
    Fault(
        "classification_term",
        "detached",
        "De classificatieterm telt mee in de waarde van je loss, maar niet in de "
        "gradiënt: hij traint niets. Jouw loss ≈ {formula}.",
        "Zoek in je classificatieterm naar iets dat de gradiënt tegenhoudt.",
        _IN_GRADIENT,
        told_by="The value follows the output of a classification, the gradient does not; in `missing` neither does.",
        example={"formula": "1,00·MSE + 1,00·BCE (zonder gradiënt)"},
    ),
    Fault(
        "weights",
        "zero",
        "Een van de gewichten is nul: jouw loss ≈ {formula}.",
        "Wat draagt elke term bij aan het totaal?",
        _POSITIVE,
        told_by=(
            "Both terms are connected, and one adds nothing to value or gradient; a term that is not "
            "connected is `missing`."
        ),
        example={"formula": "1,00·MSE + 0,00·BCE"},
    ),
    Fault(
        "weights",
        "negative",
        "Een van de gewichten is negatief: jouw loss ≈ {formula}.",
        "Wordt elke fout kleiner als je loss kleiner wordt? Kijk naar het teken van elke term.",
        _POSITIVE,
        told_by="A recognised term has a weight below zero.",
        example={"formula": "1,00·MSE - 0,50·BCE"},
    ),
    Fault(
        "weights",
        "product",
        "De losses worden met elkaar vermenigvuldigd: jouw loss ≈ {formula}.",
        "Met welke bewerking voegt de opdracht de termen samen?",
        _WEIGHTED_SUM,
        told_by=(
            "The weight of each term is the value of the other one in every probe; or both weights are powers of both "
            "values, as in a geometric mean."
        ),
        example={"formula": "1,00·MSE maal 1,00·BCE"},
    ),
    Fault(
        "weights",
        "maximum",
        "In elke batch telt maar één van de losses, de {which}: jouw loss ≈ {formula}.",
        "Met welke bewerking voegt de opdracht de termen samen?",
        _WEIGHTED_SUM,
        told_by="In every probe just one term counts, and it is always the larger, or always the smaller.",
        example={"which": "grootste", "formula": "max(1,00·MSE; 1,00·BCE)"},
    ),
)
