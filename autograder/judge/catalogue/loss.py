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

FAULTS = (
    Fault("regression_term", "missing", "Er is geen regressieterm gevonden: {found}.",
          "Welk deel van je loss hangt af van de uitvoer `quality`?",
          "De regressieterm is de gemiddelde kwadratische fout (MSE)"),
    Fault("regression_term", "raised", "{what} geeft een fout: {error}",
          "Reken je loss uit op één batch uit `train_data` en lees de foutmelding.", RUNS),
    Fault("regression_term", "not_scalar", "`multitask_loss` geeft {found} terug in plaats van één getal.",
          "Bekijk met `print` wat je functie teruggeeft voor één batch.",
          "de optimizer maakt maar één getal klein"),
    Fault("regression_term", "mae", "De regressieterm is de gemiddelde absolute fout (MAE): jouw loss ≈ {formula}.",
          "Vergelijk de fout die je op `quality` gebruikt met de fout die de opdracht vraagt.", _NOT_MSE),
    Fault("regression_term", "huber", "De regressieterm vlakt grote fouten af ({which}): jouw loss ≈ {formula}.",
          "Vergelijk de fout die je op `quality` gebruikt met de fout die de opdracht vraagt.", _NOT_MSE),
    Fault("regression_term", "rmse", "De regressieterm is de wortel van de MSE (RMSE): jouw loss ≈ {formula}.",
          "Welke bewerking gebeurt er na het gemiddelde van de kwadraten?", _NOT_MSE),
    Fault("regression_term", "cross_entropy", "De regressieterm is een kruisentropie, geen kwadratische fout: jouw "
          "loss ≈ {formula}.",
          "Vergelijk de fout die je op `quality` gebruikt met de fout die de opdracht vraagt.",
          "De regressieterm is de gemiddelde kwadratische fout (MSE)"),
    Fault("regression_term", "sum", "De regressieterm is een som over de batch, geen gemiddelde: jouw loss ≈ "
          "{formula}, met n het aantal wijnen in de batch.",
          "Wat gebeurt er met deze term als je de batches twee keer zo groot maakt?", _MEANS),
    Fault("regression_term", "wrong_target", "De regressieterm vergelijkt de uitvoer `quality` niet met de score, maar "
          "met {target}: jouw loss ≈ {formula}.",
          "Volg het label van de batch tot in je regressieterm.", _OWN_LABEL),
    Fault("regression_term", "swapped", "De taken zijn verwisseld: de uitvoer `quality` wordt vergeleken met het label "
          "`good`: jouw loss ≈ {formula}.",
          "Kijk naar de volgorde van de uitvoeren en van de labels in je loss.", _SWAP),
    Fault("regression_term", "broadcasting", "De regressieterm vergelijkt elke uitvoer met elk label van de batch, "
          "n op n in plaats van n: jouw loss ≈ {formula}.",
          "Print in je loss de vorm van de uitvoer `quality` en van het label.", _SAME_SHAPE),
    Fault("regression_term", "detached", "De regressieterm telt mee in de waarde van je loss, maar niet in de "
          "gradiënt: hij traint niets. Jouw loss ≈ {formula}.",
          "Zoek in je regressieterm naar iets dat de gradiënt tegenhoudt.", _IN_GRADIENT),

    Fault("classification_term", "missing", "Er is geen classificatieterm gevonden: {found}.",
          "Welk deel van je loss hangt af van de uitvoer `good`?",
          "De classificatieterm is de binaire kruisentropie (BCE)"),
    Fault("classification_term", "double_sigmoid", "De sigmoid wordt twee keer op `good` toegepast: {where}.",
          "Zoek in je model en in je loss elke plaats waar een logit een kans wordt.",
          "De sigmoid wordt op `good` precies één keer toegepast"),
    Fault("classification_term", "bce_on_logits", "De BCE verwacht kansen, maar de uitvoer `good` van je model "
          "blijft niet tussen 0 en 1: {value} kan voorkomen.",
          "Welke bewerking hoort er tussen de laatste laag en deze BCE?",
          "geef logits niet aan een BCE die kansen verwacht"),
    Fault("classification_term", "squared_error", "De classificatieterm is een kwadratische fout, geen binaire "
          "kruisentropie: jouw loss ≈ {formula}.",
          "Vergelijk de fout die je op `good` gebruikt met de fout die de opdracht vraagt.",
          "De classificatieterm is de binaire kruisentropie (BCE)"),
    Fault("classification_term", "sum", "De classificatieterm is een som over de batch, geen gemiddelde: jouw loss ≈ "
          "{formula}, met n het aantal wijnen in de batch.",
          "Wat gebeurt er met deze term als je de batches twee keer zo groot maakt?", _MEANS),
    Fault("classification_term", "wrong_target", "De classificatieterm vergelijkt de uitvoer `good` niet met het label "
          "`good`, maar met {target}: jouw loss ≈ {formula}.",
          "Volg het label van de batch tot in je classificatieterm.", _OWN_LABEL),
    Fault("classification_term", "wrong_threshold", "De classificatieterm noemt een wijn goed vanaf score {level}: "
          "jouw loss ≈ {formula}.",
          "Vanaf welke score is een wijn goed volgens de opdracht? Controleer ook of de grens zelf meetelt.",
          "gebruik voor `good` de grens `quality >= 6`"),
    Fault("classification_term", "swapped", "De taken zijn verwisseld: de uitvoer `good` wordt vergeleken met het "
          "label `quality`: jouw loss ≈ {formula}.",
          "Kijk naar de volgorde van de uitvoeren en van de labels in je loss.", _SWAP),
    Fault("classification_term", "broadcasting", "De classificatieterm vergelijkt elke uitvoer met elk label van de "
          "batch, n op n in plaats van n: jouw loss ≈ {formula}.",
          "Print in je loss de vorm van de uitvoer `good` en van het label.", _SAME_SHAPE),
    Fault("classification_term", "detached", "De classificatieterm telt mee in de waarde van je loss, maar niet in de "
          "gradiënt: hij traint niets. Jouw loss ≈ {formula}.",
          "Zoek in je classificatieterm naar iets dat de gradiënt tegenhoudt.", _IN_GRADIENT),

    Fault("weights", "zero", "Een van de gewichten is nul: jouw loss ≈ {formula}.",
          "Wat draagt elke term bij aan het totaal?", _POSITIVE),
    Fault("weights", "negative", "Een van de gewichten is negatief: jouw loss ≈ {formula}.",
          "Wordt elke fout kleiner als je loss kleiner wordt? Kijk naar het teken van elke term.", _POSITIVE),
    Fault("weights", "product", "De losses worden met elkaar vermenigvuldigd: jouw loss ≈ {formula}.",
          "Met welke bewerking voegt de opdracht de twee termen samen?", _WEIGHTED_SUM),
    Fault("weights", "maximum", "In elke batch telt maar één van beide losses, de {which}: jouw loss ≈ {formula}.",
          "Met welke bewerking voegt de opdracht de twee termen samen?", _WEIGHTED_SUM),
)  # fmt: skip
