"""Faults of the comparison with a network on one input."""

from autograder.judge.catalogue.fault import Fault

_NAMED = "`baseline_input` is de tekst"
_OWN = "`baseline` krijgt als enige invoer de modaliteit die `baseline_input` noemt"
_MEASURED = "is de AUC van `baseline` op dezelfde `test_data` als `auc`"
_MISSING = "een naam die ontbreekt, levert voor dat onderdeel geen punten op"

FAULTS = (
    Fault(
        "baseline",
        "missing",
        "De naam `{name}` bestaat niet na haar cel.",
        "Kijk na of de cel zonder fout loopt en deze naam geeft.",
        _MISSING,
        told_by="The network's name or that of its input is not there after its cell, nor later.",
        example={"name": "baseline"},
    ),
    Fault(
        "baseline",
        "not_a_model",
        "`baseline` is geen netwerk, maar {found}.",
        "Print `type(baseline)`: wat staat er?",
        "`baseline` is een eigen, getrainde",
        told_by="The object is no model of the framework.",
        example={"found": "geen nn.Module maar LogisticRegression"},
    ),
    Fault(
        "baseline",
        "wrong_input",
        "{found}; gevraagd is een netwerk op {allowed} alleen.",
        "Geef `baseline` de kolommen die `prepare` voor die invoer maakt: welke vorm verwacht de eerste laag?",
        _NAMED,
        told_by="The name is that of no input, or the network does not run on the columns of that input.",
        example={"found": '`baseline_input` is "naam"', "allowed": '"structured" of "names"'},
    ),
    Fault(
        "baseline",
        "both_modalities",
        "`baseline` loopt niet op `{input}` alleen, maar wel op alle invoer samen.",
        "Welke invoer hoort een netwerk te krijgen dat maar één modaliteit leest?",
        _OWN,
        told_by="The network does not run on the columns of its one input, but does on those of all inputs.",
        example={"input": "names"},
    ),
    Fault(
        "baseline",
        "shares_weights",
        "`baseline` gebruikt gewichten van `model` zelf.",
        "Waar worden de lagen van `baseline` gemaakt, en waar die van `model`?",
        "deelt er geen gewichten mee",
        told_by="Some weights are the very same objects as weights of the trained network.",
    ),
    Fault(
        "baseline",
        "not_trained",
        "`baseline` heeft niets geleerd: {what}.",
        "Welke regel verandert de gewichten van `baseline`, en hoe ver daalt de loss?",
        "een baseline die opzettelijk slecht is, maakt de vergelijking oneerlijk",
        told_by=(
            "On the training rows the loss is no better than a constant's, whether the output is a logit or a "
            "probability, or the output is not finite."
        ),
        example={
            "what": "op de trainingsrijen doet hij het niet beter dan een constante voorspelling: BCE 0,70 tegenover "
            "0,66",
        },
    ),
    Fault(
        "baseline",
        "guesses",
        "Op de verborgen {rows} is de AUC van `baseline` {found}: niet duidelijk beter dan gokken.",
        "Leert `baseline` iets dat ook voor nieuwe {rows} geldt? Vergelijk trainingsrijen en testrijen.",
        "doet hij het duidelijk beter dan gokken",
        told_by="It did learn the training rows, and on hidden rows its AUC is 0.55 at most.",
        example={"rows": "passagiers", "found": "0,521"},
    ),
    Fault(
        "comparison",
        "missing",
        "De naam `{name}` bestaat niet na haar cel.",
        "Kijk na of de cel zonder fout loopt en het cijfer deze naam geeft.",
        _MISSING,
        told_by="The figure's name is not there after its cell, nor later.",
        example={"name": "baseline_auc"},
    ),
    Fault(
        "comparison",
        "not_a_number",
        "`{name}` is geen getal, maar {found}.",
        "Print `{name}`: is dat één getal?",
        "`baseline_auc` is één getal tussen 0 en 1",
        told_by="The name holds text, a function or several numbers.",
        example={"name": "baseline_auc", "found": "str"},
    ),
    Fault(
        "comparison",
        "same_as_model",
        "Jouw `{name}` ({found}) is de {metric} van `model` op `test_data`; die van `baseline` is {expected}.",
        "Van welk netwerk komen de uitvoeren waarmee je `{name}` berekent?",
        _MEASURED,
        told_by="The figure is not that of the network on one input but, to 0.005, that of the whole network.",
        example={"name": "baseline_auc", "found": "0,853", "metric": "AUC", "expected": "0,742"},
    ),
    Fault(
        "comparison",
        "on_training_rows",
        "Jouw `{name}` ({found}) is de {metric} van `baseline` op `train_data`; op `test_data` is die {expected}.",
        "Volg de rijen waarop `baseline` voorspelt: uit welk deel komen ze?",
        _MEASURED,
        told_by="The figure is off and is, to 0.005, that of the network on one input on `train_data`.",
        example={"name": "baseline_auc", "found": "0,861", "metric": "AUC", "expected": "0,742"},
    ),
    Fault(
        "comparison",
        "hard_predictions",
        "Jouw `{name}` ({found}) is die van voorspellingen die al 0 of 1 zijn; met de uitvoer zelf is hij {expected}.",
        "Welke volgorde van de rijen blijft over als elke voorspelling 0 of 1 is?",
        "berekend uit kansen of logits",
        told_by="The AUC is off and is, to 0.005, that of the output of the network on one input, cut into 0 and 1.",
        example={"name": "baseline_auc", "found": "0,702", "expected": "0,742"},
    ),
    Fault(
        "comparison",
        "disagrees",
        "Jouw `{name}` is {found}; op jouw `test_data` berekent de beoordeling {expected}.",
        "Kijk na op welke rijen je `baseline` meet, en of je de uitvoer zelf gebruikt of voorspellingen van 0 en 1.",
        "hoogstens 0,03 afwijkend van wat de beoordeling zelf berekent",
        told_by="The figure is more than 0.03 off the network's own on `test_data`, and it is not the whole network's.",
        example={"name": "baseline_auc", "found": "0,640", "expected": "0,742"},
    ),
)
