"""The judge on `split` and `prepare` of two inputs with text and missing values."""

from collections.abc import Callable
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd
import pytest
from other_problems import PASSENGERS, passengers
from sklearn.compose import ColumnTransformer
from sklearn.feature_extraction.text import CountVectorizer, HashingVectorizer, TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from autograder.evidence.frames import to_frame, to_table
from autograder.evidence.records import DataEvidence, HiddenEvidence, NotebookEvidence
from autograder.evidence.requests import DataChallenge, Frame
from autograder.judge.case import Case, Context
from autograder.judge.data import CRITERIA, judge
from autograder.judge.data_challenge import make_challenge
from autograder.judge.verdicts import Verdict
from autograder.probe.data import data

NUMBERS = ["age", "sibsp", "parch", "fare"]
CLASSES = ["pclass", "sex", "embarked"]
Prepare = Callable[[pd.DataFrame, pd.DataFrame], Any]


@cache
def students() -> Frame:
    return to_frame(passengers())


@cache
def challenge(seed: int = 5) -> DataChallenge:
    return make_challenge(students(), PASSENGERS, seed)


def verdicts(split: Any, prepare: Any, seed: int = 5, **more: Any) -> dict[str, Verdict]:
    evidence = DataEvidence.from_wire(data(split, prepare, challenge(seed), PASSENGERS).to_wire())
    labels = more.pop("hidden_labels", None)
    context = Context(seed=seed, students=students(), data=challenge(seed), problem=PASSENGERS, hidden_labels=labels)
    case = Case(NotebookEvidence(framework="pytorch", data=evidence, **more), context)
    judge(case)
    assert set(case.verdicts) == set(CRITERIA)
    return case.verdicts


def outcome(found: dict[str, Verdict]) -> dict[str, str]:
    return {name: v.fault or v.status for name, v in found.items() if v.status != "pass"}


# ---------------------------------------- right ways


def split(passengers: pd.DataFrame) -> Any:
    return train_test_split(passengers, test_size=0.2, random_state=3, stratify=passengers["survived"])


def _filled(train: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    usual = {"age": train["age"].median(), "fare": train["fare"].median(), "embarked": train["embarked"].mode()[0]}
    return rows.fillna(usual)


def by_hand(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    train, rows = _filled(train, train), _filled(train, rows)
    numbers = (rows[NUMBERS] - train[NUMBERS].mean()) / train[NUMBERS].std()
    classes = [(rows[name] == value).to_numpy(float) for name in CLASSES for value in sorted(train[name].unique())]
    return np.column_stack([numbers, *classes]).astype("float32")


def with_sklearn(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), NUMBERS),
            ("classes", make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder()), CLASSES),
        ]
    )
    return columns.fit(train).transform(rows)


def with_a_mark_for_missing(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    numbers = (rows[NUMBERS] - train[NUMBERS].mean()) / train[NUMBERS].std()
    coded = [rows["sex"].eq("male"), rows["pclass"] / 3, rows["embarked"].map({"S": 0, "C": 1, "Q": 2}).fillna(3) / 3]
    return np.column_stack([numbers.fillna(0), rows["age"].isna(), *coded])


def ordinal(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    filled = _filled(train, rows)
    scaled = [(filled[name] - train[name].mean()) / train[name].std() for name in ("age", "fare")]
    return np.column_stack([*scaled, filled["pclass"], filled["sibsp"], filled["parch"], filled["sex"] == "male"])


def words(text: str) -> list[str]:
    return [word.strip(".,()\"'").lower() for word in text.split()]


def tokens(train: pd.DataFrame, rows: pd.DataFrame, length: int = 12) -> Any:
    counts = pd.Series([word for name in train["name"] for word in words(name)]).value_counts()
    number = {word: place + 2 for place, word in enumerate(counts.index[:500])}
    ids = np.zeros((len(rows), length), dtype=np.int64)
    for row, name in enumerate(rows["name"]):
        found = [number.get(word, 1) for word in words(name)][:length]
        ids[row, : len(found)] = found
    return ids


def characters(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return np.array([[min(ord(sign), 255) for sign in name[:40].ljust(40)] for name in rows["name"]])


def cut_at_signs(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    """What every tutorial does; a name without comma or full stop would raise."""

    def title(name: str) -> str:
        return name[: name.index(".")].split(",")[1].strip()

    usual = pd.Series([title(name) for name in train["name"]]).value_counts().index[:6]
    return np.array([[title(name) == one for one in usual] for name in rows["name"]], dtype=float)


STRUCTURED: dict[str, Prepare] = {
    "by hand": by_hand,
    "sklearn": with_sklearn,
    "a mark for missing": with_a_mark_for_missing,
    "ordinal": ordinal,
}
NAMES: dict[str, Prepare] = {
    "tokens": tokens,
    "bag of words": lambda train, rows: CountVectorizer(max_features=300).fit(train["name"]).transform(rows["name"]),
    "n-grams": lambda train, rows: (
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 3), max_features=400)
        .fit(train["name"])
        .transform(rows["name"])
        .toarray()
    ),
    "all words": lambda train, rows: CountVectorizer().fit(train["name"]).transform(rows["name"]).toarray(),
    "hashing": lambda train, rows: HashingVectorizer(n_features=64).transform(rows["name"]).toarray(),
    "characters": characters,
    "cut at signs": cut_at_signs,
    "hashed words": lambda train, rows: np.array(
        [[crc32(w.encode()) % 300 for w in n.split()[:3]] for n in rows["name"]]
    ),
    "words and lengths": lambda train, rows: np.column_stack([tokens(train, rows), rows["name"].str.len()]),
    "n-grams of signs": lambda train, rows: (
        CountVectorizer(analyzer="char", ngram_range=(1, 2), max_features=300)
        .fit(train["name"])
        .transform(rows["name"])
    ),
    "title": lambda train, rows: np.column_stack([rows["name"].str.contains(t) for t in ("Mr\\.", "Miss", "Mrs")]),
}


def prepares(structured: Prepare = by_hand, names: Prepare = tokens) -> Prepare:
    return lambda train, rows: (structured(train, rows), names(train, rows), rows["survived"].to_numpy())


@pytest.mark.parametrize("structured", STRUCTURED)
def test_any_structured_input_is_right(structured: str) -> None:
    assert outcome(verdicts(split, prepares(STRUCTURED[structured]))) == {}


@pytest.mark.parametrize("names", NAMES)
def test_any_input_of_names_is_right(names: str) -> None:
    assert outcome(verdicts(split, prepares(names=NAMES[names]))) == {}


FORMS: dict[str, Callable[[Any, Any, Any], Any]] = {
    "pair": lambda s, n, y: ((s, n), y),
    "list": lambda s, n, y: [[s, n], y],
    "column": lambda s, n, y: (s, n, np.reshape(y, (-1, 1)).astype(bool)),
    "inputs by name": lambda s, n, y: ({"names": n, "structured": s}, y),
    "labels by name": lambda s, n, y: ((s, n), {"survived": y}),
    "all by name": lambda s, n, y: {"survived": y, "structured": s, "names": n},
    "frames": lambda s, n, y: (pd.DataFrame(s), pd.DataFrame(n), pd.Series(y)),
}


@pytest.mark.parametrize("form", FORMS)
def test_any_form_is_right(form: str) -> None:
    assert outcome(verdicts(split, lambda train, rows: FORMS[form](*prepares()(train, rows)))) == {}


def _filled_first(passengers: pd.DataFrame) -> Any:
    train, test = split(passengers)
    return _filled(train, train), _filled(train, test)


def _recoded_first(passengers: pd.DataFrame) -> Any:
    return split(passengers.assign(sex=(passengers["sex"] == "male").astype(int), name=passengers["name"].str.lower()))


def _recoded(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    filled = _filled(train, rows)
    scaled = (filled[NUMBERS] - train[NUMBERS].mean()) / train[NUMBERS].std()
    return np.column_stack([scaled, filled[["pclass", "sex"]]]), tokens(train, rows), rows["survived"]


def test_split_may_fill_in_and_recode() -> None:
    assert outcome(verdicts(_filled_first, prepares())) == {}
    assert outcome(verdicts(_recoded_first, _recoded)) == {}


@pytest.mark.parametrize("seed", range(3))
def test_no_seed_accuses_right_work(seed: int) -> None:
    assert outcome(verdicts(split, prepares(with_sklearn), seed=seed)) == {}


# ---------------------------------------- wrong ways


def _own(make: Prepare) -> Prepare:
    return lambda train, rows: make(rows, rows)


def _together(make: Prepare) -> Prepare:
    return lambda train, rows: make(pd.concat([train, rows]), rows)


def _elsewhere(make: Prepare) -> Prepare:
    table = split(passengers())[0]
    return lambda train, rows: make(table, rows)


def _dummies(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    numbers = (rows[NUMBERS] - train[NUMBERS].mean()) / train[NUMBERS].std()
    return np.column_stack([numbers.fillna(0), pd.get_dummies(rows[["sex", "embarked"]])])


def _unfilled(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    numbers = (rows[NUMBERS] - train[NUMBERS].mean()) / train[NUMBERS].std()
    return np.column_stack([numbers, rows["sex"] == "male"])


def _filled_where_train_is(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    some = [name for name in NUMBERS if train[name].isna().any() or name == "fare"]
    filled = rows.fillna({name: train[name].median() for name in some})
    return np.column_stack([(filled[NUMBERS] - train[NUMBERS].mean()) / train[NUMBERS].std(), rows["sex"] == "male"])


def _filled_by_rows(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    filled = rows[NUMBERS].fillna(rows[NUMBERS].mean())
    return (filled - train[NUMBERS].mean()) / train[NUMBERS].std()


def _raw(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    filled = _filled(train, rows)
    return np.column_stack([filled[NUMBERS], filled["sex"] == "male"])


def _with_title(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return np.column_stack([by_hand(train, rows), rows["name"].str.contains("Mrs")])


def _with_label(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return np.column_stack([by_hand(train, rows), rows["survived"]])


def _padded_to_longest(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return tokens(train, rows, max(len(words(name)) for name in rows["name"]))


def _of_sex(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return CountVectorizer().fit(train["sex"]).transform(rows["sex"])


def _scaled_by_rows(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    filled = _filled(train, rows)
    return StandardScaler().fit_transform(filled[[*NUMBERS, "pclass"]])


def _of_all_passengers(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return tokens(passengers(), rows)


def _usual_words_of_all_passengers(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return CountVectorizer(max_features=100, binary=True).fit(passengers()["name"]).transform(rows["name"])


def _frequencies_of_words_of_all_passengers(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    known = CountVectorizer(min_df=3).fit(passengers()["name"]).get_feature_names_out()
    return TfidfVectorizer(vocabulary=known).fit(train["name"]).transform(rows["name"]).toarray()


def _sorted_usual_words(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    known = CountVectorizer(min_df=5).fit(train["name"])
    found = [
        [known.vocabulary_.get(word, -1) + 2 for word in known.build_analyzer()(name)]
        for name in rows["name"].sort_values()
    ]
    return np.array([[*ids, *[0] * 12][:12] for ids in found])


def _sorted_names(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    return tokens(train, rows.sort_values("name"))


WRONG: dict[str, tuple[Prepare, dict[str, str]]] = {
    "own statistics": (prepares(_own(by_hand)), {"normalisation": "own_statistics"}),
    "own statistics, sklearn": (prepares(_own(with_sklearn)), {"normalisation": "own_statistics"}),
    "filled by train, scaled by rows": (prepares(_scaled_by_rows), {"normalisation": "own_statistics"}),
    "names in another order": (prepares(names=_sorted_names), {"labels": "misaligned"}),
    "usual words in another order": (prepares(names=_sorted_usual_words), {"labels": "misaligned"}),
    "words of all passengers": (prepares(names=_of_all_passengers), {"normalisation": "ignores_train"}),
    "usual words of all passengers": (
        prepares(names=_usual_words_of_all_passengers),
        {"normalisation": "ignores_train"},
    ),
    "frequencies of words of all passengers": (
        prepares(names=_frequencies_of_words_of_all_passengers),
        {"normalisation": "ignores_train"},
    ),
    "all rows": (prepares(_together(by_hand)), {"normalisation": "all_rows"}),
    "statistics from elsewhere": (prepares(_elsewhere(by_hand)), {"normalisation": "ignores_train"}),
    "filled by the rows": (prepares(_filled_by_rows), {"normalisation": "own_statistics"}),
    "dummies of the rows": (prepares(_dummies), {"normalisation": "own_statistics"}),
    "raw": (prepares(_raw), {"normalisation": "not_normalised"}),
    "own words": (prepares(names=_own(tokens)), {"normalisation": "own_statistics"}),
    "words of all rows": (prepares(names=_together(tokens)), {"normalisation": "all_rows"}),
    "own bag of words": (prepares(names=_own(NAMES["all words"])), {"normalisation": "own_statistics"}),
    "bag of words of all rows": (prepares(names=_together(NAMES["all words"])), {"normalisation": "all_rows"}),
    "own frequencies": (prepares(names=_own(NAMES["n-grams"])), {"normalisation": "own_statistics"}),
    "padded to the longest": (prepares(names=_padded_to_longest), {"normalisation": "own_statistics"}),
    "missing values": (prepares(_unfilled), {"missing_values": "not_numbers"}),
    "a title among the numbers": (prepares(_with_title), {"modalities": "other_columns"}),
    "swapped": (prepares(tokens, by_hand), {"modalities": "swapped"}),
    "names of something else": (prepares(names=_of_sex), {"modalities": "other_columns"}),
    "names without names": (
        prepares(names=lambda train, rows: np.ones((len(rows), 3))),
        {"modalities": "own_columns_unused"},
    ),
    "lengths of names": (
        prepares(names=lambda train, rows: np.array([[len(one), len(one.split())] for one in rows["name"]])),
        {"modalities": "own_columns_unused"},
    ),
    "gaps of train only": (prepares(_filled_where_train_is), {"missing_values": "not_numbers"}),
    "the label": (prepares(_with_label), {"leakage": "target_in_features"}),
    "dead": (lambda train, rows: (*prepares()(train, rows)[:2], 1 - rows["survived"]), {"labels": "inverted"}),
    "two of three": (lambda train, rows: prepares()(train, rows)[:2], {"labels": "not_three"}),
    "only structured": (lambda train, rows: (by_hand(train, rows), rows["survived"]), {"labels": "not_three"}),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_prepare_gets_its_name(name: str) -> None:
    prepare, expected = WRONG[name]
    found = outcome(verdicts(split, prepare))
    assert {criterion: found.get(criterion) for criterion in expected} == expected
    assert {fault for criterion, fault in found.items() if criterion not in expected} <= {"not_judged"}


@pytest.mark.parametrize("seed", range(4))
def test_names_in_another_order_get_their_name_whatever_rows_are_drawn(seed: int) -> None:
    found = verdicts(
        lambda passengers: train_test_split(passengers, test_size=0.2, random_state=seed),
        prepares(names=_sorted_usual_words),
        seed=seed,
    )
    assert found["labels"].fault == "misaligned"


def test_an_input_without_some_rows_gets_its_name() -> None:
    found = outcome(verdicts(split, lambda train, rows: prepares()(train, rows.dropna())))
    assert found == {
        "labels": "row_count",
        "missing_values": "rows_dropped",
        **dict.fromkeys(("modalities", "normalisation", "leakage"), "not_judged"),
    }


@pytest.mark.parametrize("columns", [["age"], ["embarked"], None])
def test_a_split_that_drops_what_is_incomplete_gets_its_name(columns: Any) -> None:
    found = verdicts(lambda passengers: split(passengers.dropna(subset=columns)), prepares())
    assert outcome(found) == {"missing_values": "rows_dropped"}
    assert "passagiers" in found["missing_values"].message


def test_rows_that_are_lost_by_chance_are_no_second_accusation() -> None:
    for seed in range(4):
        found = verdicts(
            lambda passengers, seed=seed: split(passengers.sample(frac=0.6, random_state=seed)), prepares()
        )
        assert outcome(found) == {"split": "rows_lost"}


@pytest.mark.parametrize(("column", "named"), [("embarked", False), ("age", True)])
def test_few_incomplete_rows_among_others_that_are_lost_are_no_accusation(column: str, named: bool) -> None:
    found = verdicts(
        lambda passengers: split(passengers.dropna(subset=[column]).sample(frac=0.9, random_state=1)), prepares()
    )
    assert outcome(found) == ({"missing_values": "rows_dropped"} if named else {})


def test_sorted_passengers_get_their_name() -> None:
    def by_label(passengers: pd.DataFrame) -> Any:
        return train_test_split(passengers.sort_values("survived"), test_size=0.2, shuffle=False)

    assert outcome(verdicts(by_label, prepares())) == {"split": "sorted_parts"}


def test_passengers_sorted_by_class_get_their_name() -> None:
    def by_class(passengers: pd.DataFrame) -> Any:
        return train_test_split(passengers.sort_values(["pclass", "name"]), test_size=0.2, shuffle=False)

    found = verdicts(by_class, prepares())
    assert found["split"].fault == "sorted_parts"
    assert "`pclass`" in found["split"].message


def test_hidden_features_that_know_the_hidden_labels_are_leakage() -> None:
    truth = to_table(students())["survived"].to_numpy(float)
    x = np.column_stack([np.random.default_rng(0).normal(size=(len(truth), 9)), truth])
    more = {"hidden": HiddenEvidence(x=x, train_found=True), "hidden_labels": (truth,)}
    assert outcome(verdicts(split, prepares(), **more)) == {"leakage": "lookup"}


def test_messages_speak_of_passengers_and_of_the_input() -> None:
    message = verdicts(split, prepares(names=_own(tokens)))["normalisation"].message
    assert "`names`" in message


def test_the_challenge_tells_all_rows_apart_and_changes_no_text() -> None:
    table = to_table(challenge().rows)
    assert not table.drop(columns="survived").duplicated().any()
    assert set(table["name"]) == set(passengers()["name"])
    assert (table["age"].isna().mean() - passengers()["age"].isna().mean()) == pytest.approx(0, abs=0.01)
    assert table["pclass"].dtype.kind == "i"


def _age_by_title(train: pd.DataFrame, rows: pd.DataFrame) -> Any:
    """Most lack their age under the title of which the median is that of everyone, so few rows show it."""

    def titled(part: pd.DataFrame) -> pd.DataFrame:
        title = part["name"].str.extract(r" ([A-Za-z]+)\.", expand=False)
        return part.assign(title=title.replace({"Mlle": "Miss", "Ms": "Miss", "Mme": "Mrs"}))

    train, rows = titled(train), titled(rows)
    usual = train.groupby("title")["age"].median().dropna()
    known = train["age"].fillna(train["title"].map(usual)).fillna(train["age"].median())
    age = rows["age"].fillna(rows["title"].map(usual)).fillna(known.median())
    return np.column_stack([(age - known.mean()) / known.std(), rows["sex"] == "male"])


@pytest.mark.parametrize("seed", [5, 57])
def test_an_age_that_comes_from_the_name_is_always_seen(seed: int) -> None:
    assert outcome(verdicts(split, prepares(_age_by_title), seed))["modalities"] == "other_columns"


@pytest.mark.parametrize("state", range(8))
def test_a_fifth_for_validation_is_always_lost(state: int) -> None:
    """Of the rows without a gap chance leaves a few more or less."""

    def three_ways(passengers: pd.DataFrame) -> Any:
        return split(passengers.drop(passengers.sample(frac=0.2, random_state=state).index))

    assert outcome(verdicts(three_ways, prepares()))["split"] == "rows_lost"


def test_outliers_may_be_lost() -> None:
    def without_outliers(passengers: pd.DataFrame) -> Any:
        return split(passengers[~(passengers["fare"] > passengers["fare"].quantile(0.85))])

    assert "split" not in outcome(verdicts(without_outliers, prepares()))
