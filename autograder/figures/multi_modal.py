"""How several modalities come together in one network."""

from autograder.figures.diagram import Box, Diagram

FIGURES: dict[str, Diagram] = {
    "modality_encoders": Diagram(
        "Elke modaliteit haar eigen encoder",
        "Links staan vier modaliteiten onder elkaar: een tabel, een beeld, een tekst en geluid. Naast elke modaliteit "
        "staat een encoder die erbij past. Elke encoder geeft hetzelfde soort uitvoer: een rij getallen. "
        "Die rijen getallen kan een volgende laag samen lezen.",
        (
            Box("table", "Tabel\nkolommen", 0, 0, "data"),
            Box("image", "Beeld\npixels", 0, 1, "data"),
            Box("text", "Tekst\nwoorden op een rij", 0, 2, "data"),
            Box("audio", "Geluid\ngolf in de tijd", 0, 3, "data"),
            Box("dense", "Encoder\nlineaire lagen", 1, 0, "encoder"),
            Box("convolution", "Encoder\nCNN of ViT", 1, 1, "encoder"),
            Box("transformer", "Encoder\ntransformer", 1, 2, "encoder"),
            Box("spectrogram", "Encoder\nspectrogram en CNN", 1, 3, "encoder"),
            Box("features_table", "Kenmerken\neen rij getallen", 2, 0, "fusion"),
            Box("features_image", "Kenmerken\neen rij getallen", 2, 1, "fusion"),
            Box("features_text", "Kenmerken\neen rij getallen", 2, 2, "fusion"),
            Box("features_audio", "Kenmerken\neen rij getallen", 2, 3, "fusion"),
            Box("rest", "Netwerk\nleest alle kenmerken", 3, 1.5, "trunk"),
        ),
        (
            ("table", "dense"),
            ("image", "convolution"),
            ("text", "transformer"),
            ("audio", "spectrogram"),
            ("dense", "features_table"),
            ("convolution", "features_image"),
            ("transformer", "features_text"),
            ("spectrogram", "features_audio"),
            ("features_table", "rest"),
            ("features_image", "rest"),
            ("features_text", "rest"),
            ("features_audio", "rest"),
        ),
    ),
    "early_fusion": Diagram(
        "Vroege fusie",
        "Twee soorten gegevens, de tabel en de woorden uit de naam, worden eerst tot één rij getallen samengevoegd. "
        "Die rij gaat door één netwerk, dat één kans geeft.",
        (
            Box("table", "Tabel\nklasse, leeftijd, ...", 0, 0, "data"),
            Box("name", "Naam\nwelke woorden?", 0, 1, "data"),
            Box("join", "Samenvoegen\nvóór het netwerk", 1, 0.5, "fusion"),
            Box("trunk", "Netwerk\nlineair + ReLU", 2, 0.5, "trunk"),
            Box("output", "Kans\nop overleven", 3, 0.5, "output"),
        ),
        (("table", "join"), ("name", "join"), ("join", "trunk"), ("trunk", "output")),
    ),
    "intermediate_fusion": Diagram(
        "Fusie halverwege",
        "De tabel en de naam gaan elk door een eigen encoder. De kenmerken die beide encoders geven, worden halverwege "
        "het netwerk samengevoegd. Een gezamenlijk stuk netwerk maakt daar één kans van. Alles wordt samen getraind.",
        (
            Box("table", "Tabel\nklasse, leeftijd, ...", 0, 0, "data"),
            Box("name", "Naam\nwelke woorden?", 0, 1, "data"),
            Box("table_encoder", "Encoder\nvoor de tabel", 1, 0, "encoder"),
            Box("name_encoder", "Encoder\nvoor de naam", 1, 1, "encoder"),
            Box("join", "Samenvoegen\nhalverwege", 2, 0.5, "fusion"),
            Box("trunk", "Netwerk\nlineair + ReLU", 3, 0.5, "trunk"),
            Box("output", "Kans\nop overleven", 4, 0.5, "output"),
        ),
        (
            ("table", "table_encoder"),
            ("name", "name_encoder"),
            ("table_encoder", "join"),
            ("name_encoder", "join"),
            ("join", "trunk"),
            ("trunk", "output"),
        ),
    ),
    "late_fusion": Diagram(
        "Late fusie",
        "De tabel en de naam hebben elk een volledig eigen netwerk, dat apart getraind is en zelf een kans geeft. "
        "Pas daarna worden beide kansen tot één kans samengevoegd, bijvoorbeeld met hun gemiddelde.",
        (
            Box("table", "Tabel\nklasse, leeftijd, ...", 0, 0, "data"),
            Box("name", "Naam\nwelke woorden?", 0, 1, "data"),
            Box("table_network", "Netwerk\nvoor de tabel", 1, 0, "encoder"),
            Box("name_network", "Netwerk\nvoor de naam", 1, 1, "encoder"),
            Box("table_output", "Kans\nvolgens de tabel", 2, 0, "output"),
            Box("name_output", "Kans\nvolgens de naam", 2, 1, "output"),
            Box("join", "Samenvoegen\nna de netwerken", 3, 0.5, "fusion"),
            Box("output", "Kans\nop overleven", 4, 0.5, "output"),
        ),
        (
            ("table", "table_network"),
            ("name", "name_network"),
            ("table_network", "table_output"),
            ("name_network", "name_output"),
            ("table_output", "join"),
            ("name_output", "join"),
            ("join", "output"),
        ),
    ),
    "image_and_measurements": Diagram(
        "Half beeld en metingen",
        "De bovenste helft van een handgeschreven cijfer gaat door een encoder met convoluties. Vier metingen van het "
        "hele cijfer, de inkt per kwart, gaan door een encoder met lineaire lagen. De kenmerken van beide worden "
        "halverwege samengevoegd, en een kop kiest een van de tien cijfers.",
        (
            Box("image", "Half beeld\n4 bij 8 pixels", 0, 0, "data"),
            Box("measures", "Metingen\ninkt per kwart", 0, 1, "data"),
            Box("image_encoder", "Encoder\nconvoluties", 1, 0, "encoder"),
            Box("measures_encoder", "Encoder\nlineair + ReLU", 1, 1, "encoder"),
            Box("join", "Samenvoegen\nhalverwege", 2, 0.5, "fusion"),
            Box("head", "Kop\nlineair + ReLU", 3, 0.5, "head"),
            Box("output", "Cijfer\n0 tot en met 9", 4, 0.5, "output"),
        ),
        (
            ("image", "image_encoder"),
            ("measures", "measures_encoder"),
            ("image_encoder", "join"),
            ("measures_encoder", "join"),
            ("join", "head"),
            ("head", "output"),
        ),
    ),
}
