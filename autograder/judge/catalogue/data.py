"""Faults of the split and of the preparation."""

from autograder.judge.catalogue.fault import MISSING_NAME, RUNS, Fault

_TWO_PARTS = "`split(wines)` geeft twee DataFrames terug: eerst het trainingsdeel, dan het testdeel."
_ROW_FOR_ROW = "met één rij per rij van `rows` en in dezelfde volgorde."
_GOOD = "`good` is 1 (of `True`) als `quality >= 6` en anders 0 (of `False`)."
_TRAIN_ONLY = "Alle statistieken waarmee je normaliseert, komen alleen uit `train`, nooit uit `rows`."

FAULTS = (
    Fault(
        "split",
        "missing",
        "De functie `split` bestaat niet na de cel `prepare`.",
        "Kijk na of de cel zonder fout loopt en de functie deze naam heeft.",
        MISSING_NAME,
    ),
    Fault(
        "split",
        "raised",
        "`split(wines)` geeft een fout: {error}",
        "Roep `split(wines)` op in een lege cel en lees de foutmelding.",
        RUNS,
    ),
    Fault(
        "split",
        "not_two_frames",
        "`split` geeft {found} terug in plaats van twee DataFrames.",
        "Kijk na wat er achter `return` staat.",
        _TWO_PARTS,
    ),
    Fault(
        "split",
        "overlap",
        "{count} rijen zitten zowel in het trainingsdeel als in het testdeel, dat {test} rijen telt.",
        "Neem van een paar rijen van het testdeel de index en zoek die in het trainingsdeel.",
        "Geen enkele rij van `wines` komt zowel in het trainingsdeel als in het testdeel terecht.",
    ),
    Fault(
        "split",
        "rows_lost",
        "{lost} % van de rijen zit in geen van beide delen.",
        "Tel de rijen van beide delen samen en vergelijk met `len(wines)`.",
        "Elke rij van `wines` komt in een van beide delen terecht",
    ),
    Fault(
        "split",
        "test_too_small",
        "Het testdeel telt {count} rijen: {percent} % van de wijnen.",
        "Met hoeveel wijnen kan je een netwerk betrouwbaar testen? De opgave noemt een minimum.",
        "Het testdeel bevat minstens 10 % van de wijnen.",
    ),
    Fault(
        "split",
        "swapped_parts",
        "Het eerste deel telt {train} rijen en het tweede {test}: het trainingsdeel is het kleinste.",
        "Kijk na in welke volgorde je de delen teruggeeft.",
        _TWO_PARTS,
    ),
    Fault(
        "labels",
        "missing",
        "De functie `prepare` bestaat niet na de cel `prepare`.",
        "Kijk na of de cel zonder fout loopt en de functie deze naam heeft.",
        MISSING_NAME,
    ),
    Fault(
        "labels",
        "raised",
        "`prepare(train, rows)` geeft een fout op de delen van je eigen `split`: {error}",
        "Roep `prepare` op met beide delen en lees de foutmelding.",
        RUNS,
    ),
    Fault(
        "labels",
        "not_three",
        "`prepare` geeft {found} terug in plaats van `X`, `quality` en `good`.",
        "Kijk na wat er achter `return` staat.",
        "`prepare(train, rows)` geeft `X`, `quality` en `good` terug",
    ),
    Fault(
        "labels",
        "row_count",
        "`{name}` telt {found} rijen voor {expected} rijen in `rows`.",
        "Vergelijk `len(rows)` met de lengte van alles wat je teruggeeft. Waar verdwijnen of ontstaan er rijen?",
        _ROW_FOR_ROW,
    ),
    Fault(
        "labels",
        "misaligned",
        "Bij {wrong} van de {total} rijen horen `X` en `{name}` niet bij dezelfde wijn van `rows`.",
        "Volg één wijn van `rows` naar `X` en naar de labels: verandert de volgorde ergens?",
        _ROW_FOR_ROW,
    ),
    Fault(
        "labels",
        "not_quality",
        "`quality` bevat niet de scores van de wijnen, maar getallen van {low} tot {high}.",
        "Vergelijk `quality` met de kolom van dezelfde naam in `rows`.",
        "`quality` is de score in punten, zoals in het bestand; herschaal ze niet.",
    ),
    Fault(
        "labels",
        "wrong_threshold",
        "`good` begint bij een score van {found}; daardoor zijn {wrong} van de {total} labels fout.",
        "Kijk bij welke score een wijn voor de opgave goed is, en of die score zelf meetelt.",
        _GOOD,
    ),
    Fault(
        "labels",
        "inverted",
        "`good` is omgekeerd: alle {total} labels zijn verwisseld.",
        "Neem een wijn met een hoge score en kijk welk label ze krijgt.",
        _GOOD,
    ),
    Fault(
        "labels",
        "not_good",
        "`good` klopt bij {wrong} van de {total} wijnen niet met hun score.",
        "Leg `good` naast de kolom `quality` van dezelfde rijen.",
        _GOOD,
    ),
    Fault(
        "normalisation",
        "all_rows",
        "In {columns} van de {total} kolommen van `X` zitten statistieken van meer rijen dan `train`.",
        "Verander in gedachten één wijn van het testdeel: welke getallen van de andere wijnen veranderen mee?",
        _TRAIN_ONLY,
    ),
    Fault(
        "normalisation",
        "own_statistics",
        "{columns} van de {total} kolommen van `X` zijn genormaliseerd met de statistieken van `rows` zelf, niet "
        "met die van `train`.",
        "Krijgt eenzelfde wijn dezelfde `X` als ze tussen andere rijen staat? Kijk waaruit je de statistieken haalt.",
        _TRAIN_ONLY,
    ),
    Fault(
        "normalisation",
        "not_normalised",
        "In `X` is niet alles genormaliseerd: {columns}.",
        "Bekijk gemiddelde en spreiding van elke kolom van `X`.",
        "Na het normaliseren hebben alle kolommen van `X` een vergelijkbare schaal",
    ),
    Fault(
        "normalisation",
        "ignores_train",
        "`X` blijft dezelfde wanneer `train` andere waarden bevat: de statistieken komen ergens anders vandaan.",
        "Zoek in `prepare` elke naam die niet in de functie zelf ontstaat.",
        _TRAIN_ONLY,
    ),
    Fault(
        "leakage",
        "target_in_features",
        "{columns} van de {total} kolommen van `X` hangen af van de labels van de rijen zelf.",
        "Ga na welke kolommen van `rows` in `X` terechtkomen.",
        "De labels zitten niet bij de kenmerken",
    ),
    Fault(
        "leakage",
        "lookup",
        "`X` van de verborgen wijnen verraadt hun echte scores, beter dan metingen dat kunnen.",
        "`X` hoort alleen te berusten op de metingen van de wijn zelf en op de statistieken van `train`.",
        "De labels zitten niet bij de kenmerken",
    ),
)
