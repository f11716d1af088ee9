"""Faults of the split and of the preparation."""

from autograder.judge.catalogue.fault import MISSING_NAME, RUNS, Fault

_TWO_PARTS = "geeft twee DataFrames terug: eerst het trainingsdeel, dan het testdeel."
_ROW_FOR_ROW = "met één rij per rij van `rows` en in dezelfde volgorde."
_BINARY = "en anders 0 (of `False`)."
_MODALITIES = "Elke invoer komt enkel uit zijn eigen kolommen"
_MISSING = "Vul ontbrekende waarden in en behoud elke rij"
_TRAIN_ONLY = "Alle statistieken waarmee je normaliseert, komen alleen uit `train`, nooit uit `rows`."

FAULTS = (
    Fault(
        "split",
        "missing",
        "De functie `split` bestaat niet na de cel `prepare`.",
        "Kijk na of de cel zonder fout loopt en de functie deze naam heeft.",
        MISSING_NAME,
        told_by="The name is not there after its cell, nor later.",
    ),
    Fault(
        "split",
        "raised",
        "`split` geeft een fout: {error}",
        "Roep `split` op in een lege cel en lees de foutmelding.",
        RUNS,
        told_by="`split` raises on the student's own rows; one that raises on other rows only is unsure.",
        example={"error": "KeyError: 'kwaliteit'"},
    ),
    Fault(
        "split",
        "not_two_frames",
        "`split` geeft {found} terug in plaats van twee DataFrames.",
        "Kijk na wat er achter `return` staat.",
        _TWO_PARTS,
        told_by="It returns, but not a pair of DataFrames.",
        example={"found": "een tuple van 3"},
    ),
    Fault(
        "split",
        "overlap",
        "{count} rijen zitten zowel in het trainingsdeel als in het testdeel, dat {test} rijen telt.",
        "Neem van een paar rijen van het testdeel de index en zoek die in het trainingsdeel.",
        "komt zowel in het trainingsdeel als in het testdeel terecht.",
        told_by=(
            "On rows that all differ, rows of the test part are found in the training part by their "
            "features; identical rows of the real file play no part."
        ),
        example={"count": "196", "test": "258"},
    ),
    Fault(
        "split",
        "rows_lost",
        "{lost} % van de rijen zit in geen van beide delen.",
        "Tel de rijen van beide delen samen en vergelijk met die van de hele tabel.",
        "komt in een van beide delen terecht",
        told_by=(
            "Fewer than 80 % of the different rows that lack no value are in either part; removing duplicates or "
            "outliers loses less."
        ),
        example={"lost": "60"},
    ),
    Fault(
        "split",
        "test_too_small",
        "Het testdeel telt {count} rijen: {percent} % van de {rows}.",
        "Met hoeveel {rows} kan je een netwerk betrouwbaar testen? De opgave noemt een minimum.",
        "Het testdeel bevat minstens 10 % van de",
        told_by=("The parts are disjoint and complete, but the second holds less than a tenth of the kept rows."),
        example={"count": "64", "percent": "5,0", "rows": "wijnen"},
    ),
    Fault(
        "split",
        "swapped_parts",
        "Het eerste deel telt {train} rijen en het tweede {test}: het trainingsdeel is het kleinste.",
        "Kijk na in welke volgorde je de delen teruggeeft.",
        _TWO_PARTS,
        told_by="The first part is the smaller one; everything else about the split is in order.",
        example={"train": "258", "test": "1032"},
    ),
    Fault(
        "split",
        "sorted_parts",
        "In het testdeel is `{name}` bij alle {rows} {value} en loopt `{column}` van {low} tot {high}, in het "
        "trainingsdeel van {train_low} tot {train_high}: de {rows} zijn op volgorde verdeeld.",
        "In welke volgorde staan de {rows} op het moment dat je ze verdeelt?",
        "verdeel geen rijen die op hun",
        told_by=(
            "The test part holds only ones or only zeros of a binary label, on the judge's own shuffled rows or in "
            "the student's loaders, or only the lowest or highest class of a feature; the first rows of an "
            "unsorted table hold both."
        ),
        example={
            "name": "good",
            "rows": "wijnen",
            "value": "1",
            "column": "quality",
            "low": "6",
            "high": "8",
            "train_low": "3",
            "train_high": "6",
        },
    ),
    Fault(
        "labels",
        "missing",
        "De functie `prepare` bestaat niet na de cel `prepare`.",
        "Kijk na of de cel zonder fout loopt en de functie deze naam heeft.",
        MISSING_NAME,
        told_by="The name is not there after its cell, nor later; `split` is.",
    ),
    Fault(
        "labels",
        "raised",
        "`prepare(train, rows)` geeft een fout op de delen van je eigen `split`: {error}",
        "Roep `prepare` op met beide delen en lees de foutmelding.",
        RUNS,
        told_by=(
            "`prepare` raises on the parts of the student's own `split`; one that raises on other rows only is unsure."
        ),
        example={"error": "KeyError: 'quality'"},
    ),
    Fault(
        "labels",
        "not_three",
        "`prepare` geeft {found} terug in plaats van {names}.",
        "Kijk na wat er achter `return` staat.",
        "`prepare(train, rows)` geeft",
        told_by="It returns, but not the inputs and the label of every head.",
        example={"found": "een tuple van 2", "names": "`X`, `quality` en `good`"},
    ),
    Fault(
        "labels",
        "row_count",
        "`{name}` telt {found} rijen voor {expected} rijen in `rows`.",
        "Vergelijk `len(rows)` met de lengte van alles wat je teruggeeft. Waar verdwijnen of ontstaan er rijen?",
        _ROW_FOR_ROW,
        told_by=("X or a label has another length than `rows`; `misaligned` has the right length and another order."),
        example={"name": "X", "found": "251", "expected": "258"},
    ),
    Fault(
        "labels",
        "misaligned",
        "Bij {wrong} van de {total} rijen horen {inputs} en `{name}` niet bij dezelfde {row} van `rows`.",
        "Volg één {row} van `rows` naar de kenmerken en naar de labels: verandert de volgorde ergens?",
        _ROW_FOR_ROW,
        told_by=(
            "The labels are those of the rows in another order, or every second row was changed and other "
            "rows of X changed; the values themselves are right."
        ),
        example={"wrong": "243", "total": "258", "inputs": "`X`", "name": "quality", "row": "wijn"},
    ),
    Fault(
        "labels",
        "not_quality",
        "`{name}` bevat niet de waarden van de {rows}, maar getallen van {low} tot {high}.",
        "Vergelijk `{name}` met de kolom `{column}` in `rows`.",
        "zoals in het bestand; herschaal ze niet.",
        told_by=(
            "The labels of a regression head are not a permutation of the true values: they were rescaled or are "
            "another column."
        ),
        example={"name": "quality", "column": "quality", "rows": "wijnen", "low": "-2,11", "high": "2,42"},
    ),
    Fault(
        "labels",
        "wrong_threshold",
        "`{name}` begint bij een `{column}` van {found}; daardoor zijn {wrong} van de {total} labels fout.",
        "Kijk vanaf welke waarde van `{column}` het label voor de opgave 1 is, en of die waarde zelf meetelt.",
        _BINARY,
        told_by="A binary label is exactly what another threshold on its column gives.",
        example={"name": "good", "column": "quality", "found": "7", "wrong": "104", "total": "258"},
    ),
    Fault(
        "labels",
        "inverted",
        "`{name}` is omgekeerd: alle {total} labels zijn verwisseld.",
        "Neem een {row} die volgens de opgave label 1 heeft en kijk welk label je zelf geeft.",
        _BINARY,
        told_by="A binary label is exactly the opposite on every row.",
        example={"name": "good", "row": "wijn", "total": "258"},
    ),
    Fault(
        "labels",
        "not_good",
        "`{name}` klopt bij {wrong} van de {total} {rows} niet met `{column}`.",
        "Leg `{name}` naast de kolom `{column}` van dezelfde rijen.",
        _BINARY,
        told_by=(
            "A binary label is wrong on some rows, and neither another threshold, nor the opposite, nor another "
            "order explains it."
        ),
        example={"name": "good", "column": "quality", "rows": "wijnen", "wrong": "9", "total": "258"},
    ),
    Fault(
        "modalities",
        "swapped",
        "De invoer staat op elkaars plaats: {names} komen uit elkaars kolommen.",
        "Vergelijk de volgorde achter `return` met die in de opgave.",
        _MODALITIES,
        told_by="Changing the columns of one input moves another input only, and so for every input.",
        example={"names": "`structured` en `names`"},
    ),
    Fault(
        "modalities",
        "other_columns",
        "`{name}` verandert mee wanneer enkel {columns} verandert: dat hoort bij `{other}`.",
        "Ga na uit welke kolommen van `rows` elke invoer ontstaat.",
        _MODALITIES,
        told_by="Changing only the columns of another input moves this one.",
        example={"name": "structured", "other": "names", "columns": "`name`"},
    ),
    Fault(
        "modalities",
        "own_columns_unused",
        "`{name}` blijft hetzelfde wanneer {columns} verandert.",
        "Ga na uit welke kolommen van `rows` elke invoer ontstaat.",
        _MODALITIES,
        told_by=(
            "Changing its own columns does not move an input, and no other columns move it; or other letters of the "
            "same kind in a text do not."
        ),
        example={"name": "names", "columns": "`name`"},
    ),
    Fault(
        "missing_values",
        "not_numbers",
        "In {columns} kolom(men) van `{name}` staan bij {count} van de {total} rijen geen getallen (NaN of oneindig).",
        "Tel in elke kolom van `rows` de waarden die ontbreken. Wat wordt daarvan in de invoer?",
        _MISSING,
        told_by="An input holds NaN or an infinite number, also with only the rows of `train` that lack no value.",
        example={"name": "structured", "columns": "1", "count": "263", "total": "1309"},
    ),
    Fault(
        "missing_values",
        "rows_dropped",
        "`{place}` laat {count} {rows} weg waarvan `{column}` ontbreekt.",
        "Een netwerk moet ook met {rows} overweg kunnen waarvan niet alles bekend is. Kijk waar die verdwijnen.",
        _MISSING,
        told_by=(
            "No row that lacks a value of a column is in either part, or `prepare` returns fewer rows by exactly those "
            "that lack a value."
        ),
        example={"place": "split", "count": "263", "rows": "passagiers", "column": "age"},
    ),
    Fault(
        "normalisation",
        "all_rows",
        "In {columns} van de {total} kolommen van `{name}` zitten statistieken van meer rijen dan `train`.",
        "Verander in gedachten één {row} van het testdeel: welke getallen van de andere {rows} veranderen mee?",
        _TRAIN_ONLY,
        told_by=(
            "Changing half of the rows moves X of the unchanged ones, and so does changing `train`; or X "
            "of all rows together is exactly standardised."
        ),
        example={"columns": "11", "total": "11", "name": "X", "row": "wijn", "rows": "wijnen"},
    ),
    Fault(
        "normalisation",
        "own_statistics",
        "Bij {columns} van de {total} kolommen van `{name}` komen de statistieken uit `rows` zelf, niet uit `train`.",
        "Krijgt eenzelfde {row} dezelfde kenmerken tussen andere rijen? Kijk waaruit je de statistieken haalt.",
        _TRAIN_ONLY,
        told_by=(
            "Changing half of the rows moves X of the unchanged ones, and changing `train` does not; or X of some rows "
            "without the others has other columns, as with the words and classes of `rows` itself."
        ),
        example={"columns": "11", "total": "11", "name": "X", "row": "wijn"},
    ),
    Fault(
        "normalisation",
        "not_normalised",
        "In `{name}` is niet alles genormaliseerd: {columns}.",
        "Bekijk gemiddelde en spreiding van elke kolom van `{name}`.",
        "een vergelijkbare schaal",
        told_by=(
            "A feature stands in X as it is, or the spreads of the columns differ by more than a thousand "
            "times; statistics play no part."
        ),
        example={"name": "X", "columns": "ongewijzigd zijn `alcohol`, `density`, `pH`"},
    ),
    Fault(
        "normalisation",
        "ignores_train",
        "`{name}` blijft hetzelfde wanneer `train` andere waarden bevat: de statistieken komen ergens anders vandaan.",
        "Zoek in `prepare` elke naam die niet in de functie zelf ontstaat.",
        _TRAIN_ONLY,
        told_by=(
            "X is normalised, but changing every number of `train` changes nothing, and X of all rows is "
            "not exactly standardised; or an input tells apart many words of the table that `train` lacks, and not as "
            "many invented ones."
        ),
        example={"name": "X"},
    ),
    Fault(
        "leakage",
        "target_in_features",
        "In {columns} van de {total} kolommen van `{name}` zitten de labels van de rijen zelf verwerkt.",
        "Ga na welke kolommen van `rows` in `{name}` terechtkomen.",
        "De labels zitten niet bij de kenmerken",
        told_by=(
            "X moves when only the labels of the rows change, or a column follows a label almost "
            "perfectly on the student's own test rows."
        ),
        example={"columns": "1", "total": "12", "name": "X"},
    ),
    Fault(
        "leakage",
        "lookup",
        "`{name}` van de verborgen {rows} verraadt hun echte labels, beter dan kenmerken dat kunnen.",
        "`{name}` hoort alleen te berusten op de kenmerken van de {row} zelf en op de statistieken van `train`.",
        "De labels zitten niet bij de kenmerken",
        told_by=(
            "X of hidden rows, whose labels in the kernel are invented, tells their true labels far "
            "better than features can; labels in `rows` do not matter here."
        ),
        example={"name": "X", "row": "wijn", "rows": "wijnen"},
    ),
)
