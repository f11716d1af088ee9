"""Faults of questions that ask for one number or one word; they serve every such criterion."""

from autograder.judge.catalogue.fault import MISSING_NAME, Fault

ONE_VALUE = "Elk antwoord is één geheel getal of één korte tekst, precies zoals de vraag het zegt."

FAULTS = (
    Fault(
        "reading",
        "missing",
        "De naam `{name}` bestaat niet.",
        "Kijk na of de cel met je antwoord zonder fout loopt en de naam uit de vraag gebruikt.",
        MISSING_NAME,
        told_by="The name is not there in any of the cells that are asked.",
        example={"name": "most_frequent_score"},
    ),
    Fault(
        "reading",
        "not_one_value",
        "`{name}` is {found} en niet één getal of één tekst.",
        "Schrijf het antwoord zelf op: een getal zonder haakjes, of een tekst tussen aanhalingstekens.",
        ONE_VALUE,
        told_by="The name holds something else than one number or one text.",
        example={"name": "most_frequent_score", "found": "een list"},
    ),
    Fault(
        "reading",
        "misread",
        "Je antwoord {found} klopt niet. {remark}",
        "Lees de vraag nog eens en zoek in de visualisatie het deel waarover ze gaat.",
        ONE_VALUE,
        told_by="The answer is one of those that the course foresaw as a way of misreading the figure.",
        example={"found": "`6`", "remark": "Dat is de tweede hoogste staaf."},
    ),
    Fault(
        "reading",
        "wrong",
        "Je antwoord {found} klopt niet.",
        "Kijk opnieuw met een andere visualisatie: toont die hetzelfde?",
        ONE_VALUE,
        told_by="The answer is neither right nor foreseen.",
        example={"found": "`12`"},
    ),
)
