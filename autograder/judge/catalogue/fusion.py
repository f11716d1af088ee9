"""Faults of encoders and of their fusion; those of the outputs are with the architecture's."""

from autograder.judge.catalogue.fault import Fault

FAULTS = (
    Fault(
        "encoders",
        "ignored",
        "De uitvoer hangt niet af van `{name}`: wat je daar ook invult, het resultaat blijft hetzelfde.",
        "Volg `{name}` van de invoer naar de uitvoer: waar gaat de informatie verloren?",
        "een modaliteit die je inleest maar nergens gebruikt",
        told_by="Other rows of one modality change no output, at the weights as recorded and at others.",
        example={"name": "names"},
    ),
    Fault(
        "encoders",
        "shared_encoder",
        "`{name}` en `{other}` gaan elk door dezelfde gewichten: `{name}` heeft geen eigen encoder.",
        "Welke lagen lezen enkel `{name}`? Kijk of je tweemaal dezelfde laag oproept.",
        "De encoders delen geen gewichten",
        told_by="No weight acts on this modality only, and some act on it and, elsewhere, on another one.",
        example={"name": "structured", "other": "names"},
    ),
    Fault(
        "encoders",
        "sees_other",
        "De encoder van `{name}` leest ook `{other}`.",
        "Kijk wat je aan de encoder van `{name}` meegeeft.",
        "Een encoder ziet niets van de andere modaliteit",
        told_by="Before any weight of its own this modality meets another one, whose own encoder comes elsewhere.",
        example={"name": "structured", "other": "names"},
    ),
    Fault(
        "encoders",
        "no_encoder",
        "`{name}` heeft geen eigen trainbare laag vóór het samenvoegen.",
        "Wat gebeurt er met `{name}` vóór het bij de andere modaliteit komt?",
        "Elke modaliteit heeft een eigen encoder",
        told_by=(
            "No weight acts on this modality only, and the fusion is not early: another modality meets non-linear "
            "layers before the two are joined."
        ),
        example={"name": "structured"},
    ),
    Fault(
        "encoders",
        "frozen",
        "De gewichten die {name} als eerste lezen, staan niet open om te trainen.",
        "Kijk welke gewichten van je netwerk trainbaar zijn.",
        "bevries er geen en koppel er geen los",
        told_by="There are weights that act on this modality only (or first), and none of them is trainable.",
        example={"name": "`names`"},
    ),
    Fault(
        "encoders",
        "detached",
        "De encoder van {name} krijgt geen gradiënt van de uitvoer: hij is losgekoppeld.",
        "Zoek tussen encoder en uitvoer naar iets dat de gradiënt tegenhoudt.",
        "krijgen een gradiënt van de loss",
        told_by="Its trainable weights get no gradient from any output, in the replay and in the student's own model.",
        example={"name": "`names`"},
    ),
    Fault(
        "fusion",
        "not_fused",
        "De modaliteiten komen niet echt samen: {what}.",
        "Waar in je netwerk rekent een laag met alle modaliteiten tegelijk?",
        "minstens één trainbare laag leest de kenmerken van beide",
        told_by=(
            "Features, not scores, of the modalities are added up without any weight after it; or one of several "
            "outputs depends on some modalities only."
        ),
        example={"what": "geen enkele trainbare laag leest de kenmerken van alle modaliteiten"},
    ),
    Fault(
        "fusion",
        "not_named",
        "Ik vind geen soort fusie in `fusion`: {what}.",
        "Geef `fusion` een van de drie namen uit de opgave, als tekst.",
        "`fusion` is een tekst",
        told_by="The name is not there, holds no text, or a text that is none of the kinds in English or Dutch.",
        example={"what": "`fusion` is `concat`"},
    ),
    Fault(
        "fusion",
        "misnamed",
        "`fusion` noemt {said}, maar in je netwerk {found}.",
        "Volg elke modaliteit van de invoer tot waar ze een andere ontmoet: wat is ze daar, en wat komt erna?",
        "ze noemt wat je gebouwd hebt",
        told_by=(
            "What is joined is affine in the modalities (early), one number each (late) or neither (intermediate); "
            "where two names fit, both are right."
        ),
        example={
            "said": "late",
            "found": "krijgt elke modaliteit eerst eigen lagen en komen hun kenmerken daarna samen",
        },
    ),
)
