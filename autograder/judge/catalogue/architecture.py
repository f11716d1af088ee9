"""Faults of the network itself."""

from autograder.judge.catalogue.fault import MISSING_NAME, RUNS, Fault

FAULTS = (
    Fault(
        "outputs",
        "missing",
        "De naam `model` bestaat niet na de cel `model`.",
        "Kijk na of de cel `model` zonder fout loopt en het netwerk de naam `model` geeft.",
        MISSING_NAME,
        told_by="The name is not there after its cell, nor later.",
    ),
    Fault(
        "outputs",
        "raised",
        "Je netwerk geeft een fout op een batch uit `train_data`: {error}",
        "Voer `model` uit op één batch en lees de foutmelding.",
        RUNS,
        told_by="The network raises on a real batch, and no other number of inputs or columns would help.",
        example={"error": "AttributeError: 'Net' object has no attribute 'fc2'"},
    ),
    Fault(
        "outputs",
        "not_a_model",
        "`model` is {found}.",
        "Print `type(model)`: is dat een netwerk van het gevraagde framework? Een klasse is er nog geen.",
        "`model` is een `",
        told_by=("The object is not a module or model of the notebook's framework: a class, a function, a list."),
        example={"found": "geen nn.Module maar type"},
    ),
    Fault(
        "outputs",
        "wrong_inputs",
        "Je netwerk aanvaardt {inputs}: {error}",
        "Vergelijk wat de eerste laag verwacht met de vorm van {names} in een batch.",
        "met evenveel kolommen als `prepare` oplevert",
        told_by=(
            "The network raises on a real batch because of how many inputs or columns it wants; with others it runs."
        ),
        example={
            "inputs": "de 11 kenmerken van een rij van X niet als enige invoer",
            "names": "X",
            "error": "mat1 and mat2 shapes cannot be multiplied (64x11 and 12x64)",
        },
    ),
    Fault(
        "outputs",
        "one_output",
        "Je netwerk geeft één uitvoer terug, met breedte {width}; gevraagd zijn {asked} uitvoeren.",
        "Elke taak heeft een eigen uitvoer: {heads}.",
        "Het model geeft precies twee uitvoeren",
        told_by="One tensor comes back that was not stacked from a column for each of several heads.",
        example={"width": "1", "asked": "twee", "heads": "`quality` en `good`"},
    ),
    Fault(
        "outputs",
        "extra_outputs",
        "Je netwerk geeft {count} uitvoer(en) terug in plaats van {asked}.",
        "Wat geeft je netwerk nog terug naast {heads}?",
        "Het model geeft precies",
        told_by="More tensors come back than there are heads, whatever the container.",
        example={"count": "3", "asked": "twee", "heads": "`quality` en `good`"},
    ),
    Fault(
        "outputs",
        "few_outputs",
        "Je netwerk geeft {count} uitvoeren terug in plaats van {asked}.",
        "Elke taak heeft een eigen uitvoer: {heads}.",
        "Het model geeft precies",
        told_by="Several tensors come back, fewer than there are heads; with only one it is `one_output`.",
        example={"count": "2", "asked": "drie", "heads": "`quality`, `good` en `sweet`"},
    ),
    Fault(
        "outputs",
        "two_wide_output",
        "De uitvoer `{name}` heeft {width} kolommen per rij in plaats van één.",
        "Een taak vraagt één getal per {row}; een binaire niet één per klasse.",
        "één getal per",
        told_by="There are as many outputs as heads, and one has several numbers a row.",
        example={"name": "good", "width": "2", "row": "wijn"},
    ),
    Fault(
        "outputs",
        "constant_output",
        "De uitvoer `{name}` is voor elke {row} dezelfde ({value}), wat de invoer ook is.",
        "Volg de weg van de invoer naar deze uitvoer: waar gaat de informatie verloren?",
        "een uitvoer die voor elke",
        told_by=("One output stays the same over other inputs and other weights; when both do, it is `dead_trunk`."),
        example={"name": "good", "value": "1,00", "row": "wijn"},
    ),
    Fault(
        "outputs",
        "squashed_quality",
        "De kop `{name}` blijft altijd tussen {low} en {high}, terwijl de labels van {first} tot {last} lopen.",
        "Kijk naar de laatste bewerking van deze kop: past haar bereik bij labels van {first} tot {last}?",
        "De uitvoer `quality` moet alle scores van 3 tot en met 8 kunnen aannemen",
        told_by=(
            "No setting of the weights brings the output to both ends of its labels; in `swapped_outputs` the other "
            "output is unbounded as well."
        ),
        example={"name": "quality", "low": "0,00", "high": "1,00", "first": "3", "last": "8"},
    ),
    Fault(
        "outputs",
        "swapped_outputs",
        "De uitvoer voor `{name}` gedraagt zich als `{other}`, en die voor `{other}` als `{name}`.",
        "Vergelijk de volgorde van wat je netwerk teruggeeft met de volgorde in de opdracht.",
        "eerst `quality`, dan `good`",
        told_by="Found by place, a number's output is always a probability and a binary one is not bounded.",
        example={"name": "quality", "other": "good"},
    ),
    Fault(
        "shared_trunk",
        "two_networks",
        "De {both} delen geen enkel gewicht: dit zijn twee aparte netwerken naast elkaar.",
        "Welke lagen rekenen voor beide taken tegelijk? Teken de weg van de invoer naar elke kop.",
        "Twee aparte netwerken naast elkaar zijn geen gedeelde romp",
        told_by="No weight changes both outputs, and neither output is affine in the input.",
        example={"both": "twee koppen"},
    ),
    Fault(
        "shared_trunk",
        "no_trunk",
        "{both} hangen rechtstreeks aan de invoer: er is geen gedeelde romp.",
        "Wat gebeurt er met de invoer vóór ze de koppen bereikt?",
        "Minstens één laag met gewichten wordt door beide taken gebruikt",
        told_by="No weight changes both outputs, and both are affine in the input: single layers.",
        example={"both": "Beide koppen"},
    ),
    Fault(
        "shared_trunk",
        "bypass",
        "De kop `{name}` hangt rechtstreeks aan de invoer en gaat voorbij aan de romp.",
        "Kijk wat je aan de kop `{name}` meegeeft.",
        "een kop die rechtstreeks op `X` werkt, loopt om de romp heen",
        told_by="No weight changes both outputs, and just one of them is affine in the input.",
        example={"name": "good"},
    ),
    Fault(
        "shared_trunk",
        "detached",
        "De kop `{name}` geeft geen gradiënt door aan de romp: de romp is losgekoppeld.",
        "Zoek tussen romp en kop naar iets dat de gradiënt tegenhoudt.",
        "koppel de romp voor geen enkele taak los",
        told_by=(
            "Shared weights change this output, but get no gradient from it, in the replay and in the "
            "student's own model."
        ),
        example={"name": "good"},
    ),
    Fault(
        "shared_trunk",
        "frozen_trunk",
        "De gewichten van de romp staan niet open om te trainen: de romp is bevroren.",
        "Kijk welke gewichten van je netwerk trainbaar zijn.",
        "De gewichten van de romp zijn trainbaar; bevries ze niet",
        told_by="Shared weights change both outputs, and none of them is trainable; in `detached` they are.",
    ),
    Fault(
        "shared_trunk",
        "dead_trunk",
        "De romp geeft voor elke {row} hetzelfde door: er bereikt niets van de invoer de koppen.",
        "Bekijk de uitvoer van de romp voor twee verschillende {rows}.",
        "een romp die altijd hetzelfde geeft, is dood",
        told_by=(
            "Both outputs stay the same over other inputs and other weights; or, before and after training alike, over "
            "other weights of the heads, and no gradient reaches the trunk."
        ),
        example={"row": "wijn", "rows": "wijnen"},
    ),
    Fault(
        "shared_trunk",
        "nominal_sharing",
        "De kop `{name}` haalt maar {percent} % van zijn verschillen tussen {rows} "
        "uit de gedeelde romp: de romp wordt enkel in naam gedeeld.",
        "Langs welke weg komt de invoer vooral bij deze kop terecht?",
        "telt niet als gedeelde romp",
        told_by=(
            "Holding the trunk's values still costs a head less than 15 % of its variation over rows, at "
            "the best of several weights."
        ),
        example={"name": "good", "percent": "3", "rows": "wijnen"},
    ),
    Fault(
        "two_heads",
        "fused_head",
        "{heads} komen uit één laag met {asked} eenheden.",
        "Bekijk de laatste laag vóór elke uitvoer: zijn dat er één of twee?",
        "twee aparte uitvoerlagen, niet één laag met twee eenheden",
        told_by=(
            "The last weights of both outputs are columns of one matrix: one layer with two units, "
            "however it was cut up."
        ),
        example={"heads": "`quality` en `good`", "asked": "twee"},
    ),
    Fault(
        "two_heads",
        "chained_heads",
        "De kop `{name}` rekent verder op de uitvoer van de kop `{other}`: de koppen hangen achter elkaar.",
        "Beide koppen vertrekken van de romp. Kijk wat je aan de kop `{name}` meegeeft.",
        "De ene kop rekent niet verder op de uitvoer van de andere",
        told_by=("Among what one head is computed from is a value that ranks rows exactly as the other output does."),
        example={"name": "good", "other": "quality"},
    ),
    Fault(
        "two_heads",
        "headless",
        "De uitvoer `{name}` heeft geen eigen gewichten na de romp.",
        "Welke gewichten horen alleen bij de uitvoer `{name}`?",
        "Elke taak heeft een eigen, aparte uitvoerlaag met eigen gewichten",
        told_by="No weight changes this output alone; a fused layer and chained heads were ruled out first.",
        example={"name": "good"},
    ),
    Fault(
        "non_linear",
        "linear_trunk",
        "De romp is een zuiver lineaire bewerking van de invoer.",
        "Wat staat er tussen je lagen? Zonder niet-lineariteit vallen ze samen tot één.",
        "De gedeelde romp is niet-lineair",
        told_by=(
            "Everything that the heads take from the trunk is affine in the input: second differences "
            "vanish, far and near."
        ),
    ),
)
