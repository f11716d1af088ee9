"""The two-headed network that the visualisation tools look at."""

from autograder.figures.diagram import Box, Diagram

FIGURES: dict[str, Diagram] = {
    "visualised_network": Diagram(
        "Het netwerk van deze notebook",
        "Tien metingen van een patiënt gaan door een romp van twee lagen, eerst 24 en dan 10 breed. Na de romp splitst "
        "het netwerk. De kop progression geeft één getal, hoe ver de ziekte gevorderd is. De kop high geeft één getal, "
        "waaruit de kans op een waarde boven de mediaan volgt. Beide koppen vertrekken van dezelfde tien getallen.",
        (
            Box("measurements", "X\n10 metingen", 0, 0.5, "data"),
            Box("wide", "Romp, laag 1\n10 → 24, ReLU", 1, 0.5, "trunk"),
            Box("narrow", "Romp, laag 2\n24 → 10, ReLU", 2, 0.5, "trunk"),
            Box("progression", "Kop progression\n10 → 1", 3, 0, "head"),
            Box("high", "Kop high\n10 → 1", 3, 1, "head"),
            Box("amount", "Uitvoer 1\nhoe ver gevorderd", 4, 0, "output"),
            Box("chance", "Uitvoer 2\nboven de mediaan?", 4, 1, "output"),
        ),
        (
            ("measurements", "wide"),
            ("wide", "narrow"),
            ("narrow", "progression"),
            ("narrow", "high"),
            ("progression", "amount"),
            ("high", "chance"),
        ),
    ),
    "visualised_look_alikes": Diagram(
        "Dezelfde onderdelen, andere pijlen",
        "Drie netwerken met dezelfde romp en dezelfde twee koppen, maar anders verbonden. In Bypass vertrekt de kop "
        "high van de invoer X en loopt ze om de romp heen. In Reused komen beide uitvoeren uit de kop progression, en "
        "krijgt de kop high niets. In Detached ligt tussen de romp en de kop high een bewerking die de getallen "
        "doorlaat, maar de gradiënt niet.",
        (
            Box("x1", "X\nin Bypass", 0, 0.5, "data"),
            Box("trunk1", "Romp", 1, 0, "trunk"),
            Box("progression1", "Kop progression", 3, 0, "head"),
            Box("high1", "Kop high\nvertrekt van X", 3, 1, "head"),
            Box("first1", "Uitvoer 1", 4, 0, "output"),
            Box("second1", "Uitvoer 2", 4, 1, "output"),
            Box("x2", "X\nin Reused", 0, 2.7, "data"),
            Box("trunk2", "Romp", 1, 2.7, "trunk"),
            Box("progression2", "Kop progression\ntwee keer gebruikt", 3, 2.2, "head"),
            Box("high2", "Kop high\nkrijgt niets", 3, 3.2, "head"),
            Box("first2", "Uitvoer 1", 4, 2.2, "output"),
            Box("second2", "Uitvoer 2", 4, 3.2, "output"),
            Box("x3", "X\nin Detached", 0, 4.9, "data"),
            Box("trunk3", "Romp", 1, 4.9, "trunk"),
            Box("stop3", "Losgekoppeld\ngeen gradiënt terug", 2, 5.4, "loss"),
            Box("progression3", "Kop progression", 3, 4.4, "head"),
            Box("high3", "Kop high", 3, 5.4, "head"),
            Box("first3", "Uitvoer 1", 4, 4.4, "output"),
            Box("second3", "Uitvoer 2", 4, 5.4, "output"),
        ),
        (
            ("x1", "trunk1"),
            ("trunk1", "progression1"),
            ("x1", "high1"),
            ("progression1", "first1"),
            ("high1", "second1"),
            ("x2", "trunk2"),
            ("trunk2", "progression2"),
            ("progression2", "first2"),
            ("progression2", "second2"),
            ("x3", "trunk3"),
            ("trunk3", "progression3"),
            ("trunk3", "stop3"),
            ("stop3", "high3"),
            ("progression3", "first3"),
            ("high3", "second3"),
        ),
    ),
}
"""Every figure by its name."""
