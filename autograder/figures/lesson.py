"""The lesson at a glance."""

from autograder.figures.diagram import Box, Diagram

FIGURES: dict[str, Diagram] = {
    "lesson_map": Diagram(
        "De les in één beeld",
        "Links staan twee modaliteiten, een tabel en een tekst, elk met een eigen encoder. Wat beide encoders geven, "
        "wordt samengevoegd: dat is deel 1, multi-modaal. Daarna komt een gedeelde romp met twee koppen, een voor een "
        "getal en een voor een klasse: dat is deel 2, multi-task.",
        (
            Box("table", "Tabel\ngetallen, klassen", 0, 0, "data"),
            Box("text", "Tekst\nof beeld, of geluid", 0, 1, "data"),
            Box("first", "Encoder\nvoor de tabel", 1, 0, "encoder"),
            Box("second", "Encoder\nvoor de tekst", 1, 1, "encoder"),
            Box("join", "Samenvoegen\ndeel 1: multi-modaal", 2, 0.5, "fusion"),
            Box("trunk", "Romp\ngedeeld", 3, 0.5, "trunk"),
            Box("number", "Kop\neen getal", 4, 0, "head"),
            Box("group", "Kop\neen klasse", 4, 1, "head"),
            Box("note", "deel 2: multi-task", 3, 1.2, "note"),
        ),
        (
            ("table", "first"),
            ("text", "second"),
            ("first", "join"),
            ("second", "join"),
            ("join", "trunk"),
            ("trunk", "number"),
            ("trunk", "group"),
        ),
    ),
}
