"""Faults of the results."""

from autograder.judge.catalogue.fault import MISSING_NAME, Fault

_BELOW = (
    "Staat er een oorzaak bij, begin dan daar. Anders: dalen je losses nog wanneer het trainen stopt, of wordt het "
    "verschil tussen trainingsrijen en testrijen groot?"
)
_USED = "Beide modaliteiten worden echt gebruikt"
_ON_TEST = "`mae` is de gemiddelde absolute fout op `test_data`, in punten"

FAULTS = (
    Fault(
        "mae",
        "above_threshold",
        "De MAE{of} op de verborgen {rows} is {score}; kleiner dan {limit} is nodig ({gap} te hoog). {cause}",
        _BELOW,
        "is de MAE kleiner dan",
        told_by=(
            "The network's own MAE on hidden rows; the cause is the first other criterion that failed, "
            "in the order of the task."
        ),
        example={
            "of": "",
            "rows": "wijnen",
            "score": "0,69",
            "limit": "0,65",
            "gap": "0,04",
            "cause": "Geen ander onderdeel verklaart dat; op je eigen `test_data` is het 0,68.",
        },
    ),
    Fault(
        "accuracy",
        "below_threshold",
        "De accuracy{of} op de verborgen {rows} is {score}; groter dan {limit} is nodig ({gap} te laag). {cause}",
        _BELOW,
        "is de accuracy groter dan",
        told_by=(
            "The network's own accuracy on hidden rows; the cause is the first other criterion that "
            "failed, in the order of the task."
        ),
        example={
            "of": "",
            "rows": "wijnen",
            "score": "0,55",
            "limit": "0,65",
            "gap": "0,10",
            "cause": "De waarschijnlijkste oorzaak staat bij `weights`: Een van de gewichten is nul: jouw loss ≈ "
            "1,00·MSE + 0,00·BCE.",
        },
    ),
    Fault(
        "auc",
        "below_threshold",
        "De AUC{of} op de verborgen {rows} is {score}; groter dan {limit} is nodig ({gap} te laag). {cause}",
        _BELOW,
        "is de AUC groter dan",
        told_by=(
            "The area under the ROC curve of the network's own output on hidden rows; the cause is the first other "
            "criterion that failed, in the order of the task."
        ),
        example={
            "of": "",
            "rows": "passagiers",
            "score": "0,71",
            "limit": "0,75",
            "gap": "0,04",
            "cause": "De waarschijnlijkste oorzaak staat bij `learns`: Na de cel `train` heeft het netwerk nog precies "
            "de gewichten van ervoor.",
        },
    ),
    Fault(
        "modalities_used",
        "ignored",
        "Krijgen de {rows} elkaars `{input}`, dan verandert geen enkele voorspelling: het getrainde netwerk gebruikt "
        "die invoer niet.",
        "Volg `{input}` van de invoer naar de uitvoer: tot waar geraakt die?",
        _USED,
        told_by=(
            "Shuffling the rows of one input changes no output on hidden rows by more than sums in another order do."
        ),
        example={"input": "names", "rows": "passagiers"},
    ),
    Fault(
        "modalities_used",
        "useless",
        "Krijgen de {rows} elkaars `{input}`, dan veranderen de voorspellingen amper ({change} % van hun spreiding) en "
        "gaat de {metric} van {before} naar {after}: het getrainde netwerk heeft niets aan die invoer.",
        "Hoeveel draagt `{input}` bij aan de uitvoer, en leren de gewichten die er enkel voor dienen?",
        _USED,
        told_by=(
            "Shuffling the rows of one input changes predictions on hidden rows by less than 2 % of their spread, and "
            "what that costs is surely below 0.01, over many shuffles and draws of rows; in doubt it passes."
        ),
        example={
            "input": "names",
            "rows": "passagiers",
            "change": "0,3",
            "metric": "AUC",
            "before": "0,842",
            "after": "0,841",
        },
    ),
    Fault(
        "reported",
        "missing",
        "De naam `{name}` bestaat niet na de cel `evaluate`.",
        "Kijk na of de cel zonder fout loopt en het cijfer deze naam geeft.",
        MISSING_NAME,
        told_by="The name is not there after its cell, nor later.",
        example={"name": "mae"},
    ),
    Fault(
        "reported",
        "not_a_number",
        "`{name}` is geen getal, maar {found}.",
        "Print `{name}`: is dat één getal?",
        "zijn elk één getal",
        told_by="The name holds text, a function or several numbers.",
        example={"name": "mae", "found": "ndarray met vorm (256,)"},
    ),
    Fault(
        "reported",
        "on_training_rows",
        "Je cijfers ({found}) zijn die van je netwerk op `train_data`. Op `test_data` berekent de beoordeling "
        "{expected}.",
        "Volg in je cel `evaluate` de rijen waarop je voorspelt: uit welk deel komen ze?",
        _ON_TEST,
        told_by=(
            "A figure is off, and all are, to 0.005, what the network gives on `train_data` (to 0.0001 where they "
            "are within the tolerance by chance); swapped parts end here too."
        ),
        example={"found": "MAE 0,372, accuracy 0,871", "expected": "MAE 0,489 en accuracy 0,757"},
    ),
    Fault(
        "reported",
        "from_regression",
        "Jouw `{name}` ({found}) krijg je door de uitvoer `{regression}` {how}, niet met de uitvoer `{head}`: die "
        "haalt op `test_data` {expected}.",
        "Welke van beide uitvoeren gebruik je voor `{name}`?",
        "voor een logit is die grens 0.",
        told_by=(
            "The accuracy is off and is, to 0.005, what the regression on the same column, rounded or compared with "
            "where the label is cut, gives on `test_data`."
        ),
        example={
            "name": "accuracy",
            "regression": "quality",
            "head": "good",
            "how": "af te ronden",
            "found": "0,723",
            "expected": "0,765",
        },
    ),
    Fault(
        "reported",
        "other_measure",
        "Jouw `{name}` ({found}) is {what} van je netwerk op `test_data`; de MAE is {expected}.",
        "Wat doe je met het verschil tussen voorspelling en score vóór je het gemiddelde neemt?",
        _ON_TEST,
        told_by=(
            "The mae is off and is, to 0.005 (to 0.0001 where it is within the tolerance by chance), the mean square "
            "of the errors on `test_data` or its root."
        ),
        example={"name": "mae", "what": "de wortel van de MSE (RMSE)", "found": "0,641", "expected": "0,489"},
    ),
    Fault(
        "reported",
        "hard_predictions",
        "Jouw `{name}` ({found}) is die van voorspellingen die al 0 of 1 zijn; met de uitvoer zelf is de AUC op "
        "`test_data` {expected}.",
        "Welke volgorde van de {rows} blijft over als elke voorspelling 0 of 1 is?",
        "niet uit voorspellingen die al op 0 of 1 zijn afgerond",
        told_by=(
            "The AUC is off and is, to 0.005, that of the output cut into 0 and 1; or it is within the tolerance, more "
            "than 0.005 off, and just that, to 0.0001."
        ),
        example={"name": "auc", "found": "0,781", "expected": "0,853", "rows": "passagiers"},
    ),
    Fault(
        "reported",
        "inverted",
        "Jouw `{name}` ({found}) is 1 min de AUC van je netwerk op `test_data`, die {expected} is.",
        "Voor welke van beide klassen staat een hoge uitvoer, en in welke volgorde geef je labels en uitvoeren mee?",
        "Een hogere uitvoer betekent een grotere kans",
        told_by="The AUC is off and is, to 0.005, 1 minus that of the network.",
        example={"name": "auc", "found": "0,147", "expected": "0,853"},
    ),
    Fault(
        "reported",
        "training_mode",
        "Jouw cijfers zijn {found}; in evaluatiemodus haalt je netwerk op `test_data` {expected}. Na je cel "
        "`evaluate` staat het nog in trainingsmodus, waarin {layers} anders rekent.",
        "Print `model.training` net voor je voorspelt.",
        "Bij het voorspellen staat het model in evaluatiemodus",
        told_by=(
            "A figure is off, nothing else explains it, and dropout or batch norm is still in training "
            "mode after the cell (PyTorch only: Keras keeps no mode)."
        ),
        example={
            "found": "MAE 0,702 en accuracy 0,648",
            "expected": "MAE 0,512 en accuracy 0,746",
            "layers": "Dropout",
        },
    ),
    Fault(
        "reported",
        "disagrees",
        "Jouw `{name}` is {found}; op jouw `test_data` berekent de beoordeling {expected}.",
        "Kijk na op welke rijen je meet, in welke modus het netwerk staat, en of de vormen van voorspelling en "
        "label gelijk zijn.",
        "Je cijfers mogen hoogstens 0,03 afwijken van wat de beoordeling zelf op `test_data` berekent",
        told_by=(
            "A figure is more than 0.03 off the network's own on `test_data`, and none of the known mistakes gives it."
        ),
        example={"name": "accuracy", "found": "0,640", "expected": "0,757"},
    ),
)
