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
        told_by="The name is not there after the cell `train`, nor later.",
    ),
    Fault(
        "learns",
        "not_trained",
        "Na de cel `train` heeft het netwerk nog precies de gewichten van ervoor.",
        "Welke regel van je trainingslus verandert de gewichten, en van welk netwerk?",
        _CHANGED,
        told_by="Not one weight differs from before; a network that was trained already by then is unsure.",
    ),
    Fault(
        "learns",
        "other_network_trained",
        "De optimizer veranderde geen enkel gewicht van `model`: al zijn {steps} stappen veranderden iets anders.",
        "Van welk netwerk kreeg je optimizer de gewichten, en bestond `model` toen al?",
        _CHANGED,
        told_by=(
            "The optimizer's steps hold no weight of the final network, which stayed as it was meanwhile; against "
            "`not_trained`, it is not the network of before."
        ),
        example={"steps": "2000"},
    ),
    Fault(
        "learns",
        "too_few_epochs",
        "Voor `{name}` doet het netwerk het op de trainingsrijen niet beter dan een constante voorspelling: "
        "{loss} {after} tegenover {constant}.",
        "Bekijk je curve: dalen de losses nog wanneer het trainen stopt? Hoe snel dalen ze?",
        _BOTH,
        told_by=(
            "The weights moved, and a task still does no better on the training rows than a constant; "
            "both tasks, or one that did improve."
        ),
        example={"name": "quality", "loss": "MSE", "after": "21,30", "constant": "0,66"},
    ),
    Fault(
        "learns",
        "one_task_only",
        "{which} geleerd: voor `{name}` is de {loss} na het trainen {after}, met een constante "
        "voorspelling {constant}.",
        "Ga na welke losses in je trainingslus tot een stap van de optimizer leiden.",
        "één taak is niet genoeg.",
        told_by=(
            "One task beats a constant and the loss of the other one is about what it was before "
            "training; the defined loss is not to blame."
        ),
        example={"which": "Alleen één taak is", "name": "good", "loss": "BCE", "after": "0,71", "constant": "0,69"},
    ),
    Fault(
        "learns",
        "trunk_not_moved",
        "De romp heeft na het trainen nog dezelfde gewichten als ervoor; alleen de koppen zijn veranderd.",
        "Welke gewichten krijgt de optimizer mee?",
        _CHANGED,
        told_by=("No shared trainable weight moved while others did; a detached or frozen trunk was ruled out first."),
    ),
    Fault(
        "learns",
        "heads_not_moved",
        "De romp is getraind, maar {names} als kop niet veranderd.",
        "Welke gewichten krijgt de optimizer mee?",
        _CHANGED,
        told_by=("No weight of a head of its own moved while the trunk did, and the task improved all the same."),
        example={"names": "`quality` is"},
    ),
    Fault(
        "learns",
        "encoders_not_moved",
        "De gewichten die enkel {names} lezen, zijn na het trainen nog dezelfde als ervoor; andere zijn wel veranderd.",
        "Welke gewichten krijgt de optimizer mee?",
        "Alle gewichten van de encoders en van wat erna komt, worden samen getraind",
        told_by=(
            "Of several inputs, no trainable weight that acts on one of them only moved while others did; a frozen or "
            "detached encoder was ruled out first."
        ),
        example={"names": "`structured` en `names`"},
    ),
    Fault(
        "learns",
        "diverged",
        "Het trainen is ontspoord: {what}.",
        "Kijk in je curve vanaf welke epoch het misgaat. Wat bepaalt de grootte van een stap?",
        "waarbij de losses niet ontsporen (geen NaN).",
        told_by=(
            "NaN or infinity in weights or predictions, or a loss of three times both its start and a constant's."
        ),
        example={"what": "de MSE voor `quality` steeg tot 4125,30"},
    ),
    Fault(
        "learns",
        "zero_grad",
        "Bij stap {steps} van de optimizer is de gradiënt {times} keer zo groot als bij stap 1: die van elke batch "
        "komt bovenop die van alle vorige.",
        "Print de norm van de gradiënt in je trainingslus. Wat gebeurt er met de oude gradiënt vóór de volgende batch?",
        "Elke stap vertrekt van verse gradiënten: tel ze niet op over de batches heen.",
        told_by=(
            "Between PyTorch's first steps the same gradient tensors were written exactly once and their "
            "norm grew with every step; zeroing makes new tensors, a second write, or no growth."
        ),
        example={"times": "5,8", "steps": "6"},
    ),
    Fault(
        "learns",
        "evaluation_mode",
        "Tijdens het trainen stond het netwerk in evaluatiemodus: {what}.",
        "Ga na in welke modus het netwerk staat op het moment dat je het in je trainingslus oproept.",
        "Tijdens het trainen staat het model in trainingsmodus.",
        told_by=(
            "PyTorch: at most steps all dropout and batch norm layers say so, and no chance was drawn and "
            "no average moved; Keras: every moving average still has its first value, or no dropout layer of a "
            "network that `fit` trained itself ever drew chance, though some do in training mode."
        ),
        example={"what": "bij 594 van de 660 stappen werkte `BatchNorm1d` niet zoals bij trainen"},
    ),
    Fault(
        "learns",
        "other_loss",
        "Je training gebruikt een andere loss dan `{loss}`: tegenover `{against}` telt `{one}` er ongeveer "
        "{times} keer zo {how}.",
        "Leg de loss in je trainingslus naast die van deel 5.",
        "Train met de loss uit deel 5 en niet met een andere.",
        told_by=(
            "In each of the first steps the heads' own gradients weigh two tasks in another ratio than "
            "the defined loss, by more than a factor 2.5, and no other cell names that loss."
        ),
        example={"loss": "multitask_loss", "one": "quality", "against": "good", "times": "11,2", "how": "licht"},
    ),
    Fault(
        "learns",
        "test_rows",
        "Het netwerk is ook op je testdeel getraind: {trained} van de {held} rijen die wel in `test_data` en niet in "
        "`train_data` zitten, gingen mee in een stap van de optimizer.",
        "Volg in je cel `train` waar de rijen van elke stap vandaan komen.",
        "Train nooit op rijen van het testdeel",
        told_by=(
            "Most rows that are in `test_data` only went through the network and then backwards into a step, or into "
            "Keras' `fit` or a step of the student's own loop; `batches` is about rows in `train_data` itself."
        ),
        example={"trained": "219", "held": "219"},
    ),
)
