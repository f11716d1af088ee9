"""Faults of the network itself."""

from autograder.judge.catalogue.fault import Fault

FAULTS = (
    Fault("outputs", "missing", "De naam `model` bestaat niet na de cel `model`.",
          "Kijk na of de cel `model` zonder fout loopt en het netwerk de naam `model` geeft.", ""),
    Fault("outputs", "raised", "Je netwerk geeft een fout op een batch uit `train_data`: {error}",
          "Voer `model` uit op één batch en lees de foutmelding.", ""),
    Fault("outputs", "not_a_model", "`model` is {found}.",
          "`model` moet een netwerk van het gevraagde framework zijn.", ""),
    Fault("outputs", "wrong_inputs", "Je netwerk aanvaardt de {features} kenmerken van een rij van X niet als enige "
          "invoer: {error}",
          "Vergelijk wat de eerste laag verwacht met de vorm van X in een batch.", ""),
    Fault("outputs", "one_output", "Je netwerk geeft één uitvoer met {width} kolom(men) terug; gevraagd zijn er twee.",
          "Elke taak heeft een eigen uitvoer: één voor kwaliteit en één voor goed/slecht.", ""),
    Fault("outputs", "extra_outputs", "Je netwerk geeft {count} uitvoeren terug in plaats van twee.",
          "Geef enkel de kwaliteit en goed/slecht terug.", ""),
    Fault("outputs", "two_wide_output", "De uitvoer `{name}` heeft {width} kolommen per rij in plaats van één.",
          "Een binaire taak vraagt één getal per wijn, niet één per klasse.", ""),
    Fault("outputs", "constant_output", "De uitvoer `{name}` is voor elke wijn dezelfde ({value}), wat de invoer ook is.",
          "Volg de weg van de invoer naar deze uitvoer: waar gaat de informatie verloren?", ""),
    Fault("outputs", "squashed_quality", "De kwaliteitskop blijft altijd tussen {low} en {high}, terwijl de scores van "
          "3 tot 8 lopen.",
          "Kijk naar de laatste bewerking van de kwaliteitskop: past haar bereik bij scores van 3 tot 8?", ""),
    Fault("outputs", "swapped_outputs", "De eerste uitvoer gedraagt zich als goed/slecht en de tweede als kwaliteit.",
          "Vergelijk de volgorde van wat je netwerk teruggeeft met de volgorde in de opdracht.", ""),
    Fault("shared_trunk", "two_networks", "De twee koppen delen geen enkel gewicht: dit zijn twee aparte netwerken "
          "naast elkaar.",
          "Welke lagen rekenen voor beide taken tegelijk? Teken de weg van de invoer naar elke kop.", ""),
    Fault("shared_trunk", "no_trunk", "Beide koppen hangen rechtstreeks aan de invoer: er is geen gedeelde romp.",
          "Wat gebeurt er met de invoer vóór ze de koppen bereikt?", ""),
    Fault("shared_trunk", "bypass", "De kop `{name}` hangt rechtstreeks aan de invoer en gaat voorbij aan de romp.",
          "Kijk wat je aan de kop `{name}` meegeeft.", ""),
    Fault("shared_trunk", "detached", "De kop `{name}` geeft geen gradiënt door aan de romp: de romp is losgekoppeld.",
          "Zoek tussen romp en kop naar iets dat de gradiënt tegenhoudt.", ""),
    Fault("shared_trunk", "frozen_trunk", "De gewichten van de romp staan niet open om te trainen: de romp is bevroren.",
          "Kijk welke gewichten van je netwerk trainbaar zijn.", ""),
    Fault("shared_trunk", "dead_trunk", "De romp geeft voor elke wijn hetzelfde door: er bereikt niets van de invoer "
          "de koppen.",
          "Bekijk de uitvoer van de romp voor twee verschillende wijnen.", ""),
    Fault("shared_trunk", "nominal_sharing", "De kop `{name}` haalt maar {percent} % van zijn verschillen tussen wijnen "
          "uit de gedeelde romp: de romp wordt enkel in naam gedeeld.",
          "Langs welke weg komt de invoer vooral bij deze kop terecht?", ""),
    Fault("two_heads", "fused_head", "Kwaliteit en goed/slecht komen uit één laag met twee eenheden.",
          "De opdracht vraagt twee aparte uitvoerlagen.", ""),
    Fault("two_heads", "chained_heads", "De kop `{name}` rekent verder op de uitvoer van de kop `{other}`: de koppen "
          "hangen achter elkaar.",
          "Beide koppen vertrekken van de romp. Kijk wat je aan de kop `{name}` meegeeft.", ""),
    Fault("two_heads", "headless", "De uitvoer `{name}` heeft geen eigen gewichten na de romp.",
          "Elke taak heeft een eigen uitvoerlaag nodig.", ""),
    Fault("non_linear", "linear_trunk", "De romp is een zuiver lineaire bewerking van de invoer.",
          "Wat staat er tussen je lagen? Zonder niet-lineariteit vallen ze samen tot één.", ""),
)
