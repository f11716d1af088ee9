"""How one trunk serves several tasks."""

from autograder.figures.diagram import Box, Diagram

FIGURES: dict[str, Diagram] = {
    "separate_networks": Diagram(
        "Twee aparte netwerken",
        "Dezelfde kenmerken gaan naar twee netwerken die niets delen. Elk netwerk heeft zijn eigen lagen en zijn eigen "
        "uitvoer: het bovenste voorspelt de leeftijd, het onderste het inkomen.",
        (
            Box("features", "Kenmerken\nvan één persoon", 0, 0.5, "data"),
            Box("age_layers", "Netwerk 1\neerste lagen", 1, 0, "encoder"),
            Box("income_layers", "Netwerk 2\neerste lagen", 1, 1, "encoder"),
            Box("age_head", "Netwerk 1\nlaatste lagen", 2, 0, "head"),
            Box("income_head", "Netwerk 2\nlaatste lagen", 2, 1, "head"),
            Box("age", "Leeftijd\neen getal", 3, 0, "output"),
            Box("income", "Inkomen\nhoog of laag", 3, 1, "output"),
        ),
        (
            ("features", "age_layers"),
            ("features", "income_layers"),
            ("age_layers", "age_head"),
            ("income_layers", "income_head"),
            ("age_head", "age"),
            ("income_head", "income"),
        ),
    ),
    "shared_trunk": Diagram(
        "Eén romp, twee koppen",
        "De kenmerken gaan door één gedeelde romp. De uitvoer van die romp gaat naar twee koppen: de ene kop voorspelt "
        "de leeftijd, de andere het inkomen. De koppen zijn niet met elkaar verbonden.",
        (
            Box("features", "Kenmerken\nvan één persoon", 0, 0.5, "data"),
            Box("trunk", "Romp\ngedeelde lagen", 1, 0.5, "trunk"),
            Box("age_head", "Kop leeftijd\neigen lagen", 2, 0, "head"),
            Box("income_head", "Kop inkomen\neigen lagen", 2, 1, "head"),
            Box("age", "Leeftijd\neen getal", 3, 0, "output"),
            Box("income", "Inkomen\nhoog of laag", 3, 1, "output"),
        ),
        (
            ("features", "trunk"),
            ("trunk", "age_head"),
            ("trunk", "income_head"),
            ("age_head", "age"),
            ("income_head", "income"),
        ),
    ),
    "combined_loss": Diagram(
        "De gecombineerde loss",
        "De kop voor de leeftijd en de echte leeftijd geven samen de MSE; de kop voor het inkomen en het echte inkomen "
        "geven samen de BCE. Elke loss wordt vermenigvuldigd met een eigen gewicht. De twee producten worden opgeteld "
        "tot één getal, dat de optimizer klein maakt.",
        (
            Box("trunk", "Romp", 0, 1.5, "trunk"),
            Box("age_head", "Kop leeftijd", 1, 1, "head"),
            Box("income_head", "Kop inkomen", 1, 2, "head"),
            Box("age_label", "Echte leeftijd\nlabel", 2, 0, "data"),
            Box("mse", "MSE\nloss van de regressie", 2, 1, "loss"),
            Box("bce", "BCE\nloss van de klassen", 2, 2, "loss"),
            Box("income_label", "Echt inkomen\nlabel", 2, 3, "data"),
            Box("age_weight", "Maal gewicht\nvan de leeftijd", 3, 1, "fusion"),
            Box("income_weight", "Maal gewicht\nvan het inkomen", 3, 2, "fusion"),
            Box("total", "Som\néén getal", 4, 1.5, "loss"),
        ),
        (
            ("trunk", "age_head"),
            ("trunk", "income_head"),
            ("age_head", "mse"),
            ("income_head", "bce"),
            ("age_label", "mse"),
            ("income_label", "bce"),
            ("mse", "age_weight"),
            ("bce", "income_weight"),
            ("age_weight", "total"),
            ("income_weight", "total"),
        ),
    ),
    "gradient_flow": Diagram(
        "De weg terug: wie stuurt wat bij?",
        "De gradiënten lopen van links naar rechts. De loss van de leeftijd stuurt de kop van de leeftijd bij en "
        "daarna de romp. De loss van het inkomen stuurt de kop van het inkomen bij en daarna de "
        "romp. Alleen in de romp komen beide gradiënten samen en worden ze opgeteld.",
        (
            Box("age_loss", "Loss leeftijd\nmaal het gewicht", 0, 0, "loss"),
            Box("income_loss", "Loss inkomen\nmaal het gewicht", 0, 1, "loss"),
            Box("age_head", "Kop leeftijd\nhoort één taak", 1, 0, "head"),
            Box("income_head", "Kop inkomen\nhoort één taak", 1, 1, "head"),
            Box("trunk", "Romp\ntelt beide op", 2, 0.5, "trunk"),
        ),
        (
            ("age_loss", "age_head"),
            ("income_loss", "income_head"),
            ("age_head", "trunk"),
            ("income_head", "trunk"),
        ),
    ),
    "chained_heads": Diagram(
        "Fout: koppen achter elkaar",
        "De romp geeft zijn uitvoer aan de kop van de leeftijd. De kop van het inkomen rekent verder op die ene "
        "voorspelde leeftijd in plaats van op de uitvoer van de romp, en krijgt zo bijna geen informatie.",
        (
            Box("features", "Kenmerken\nvan één persoon", 0, 0, "data"),
            Box("trunk", "Romp\ngedeelde lagen", 1, 0, "trunk"),
            Box("age_head", "Kop leeftijd\ngeeft één getal", 2, 0, "head"),
            Box("income_head", "Kop inkomen\nziet alleen dat getal", 3, 0, "head"),
        ),
        (("features", "trunk"), ("trunk", "age_head"), ("age_head", "income_head")),
    ),
}
