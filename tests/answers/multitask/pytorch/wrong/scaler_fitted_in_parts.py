"""The scaler learns from the training rows with partial_fit, and then from the rows it converts as well."""
# expect: normalisation all_rows
# %% prepare
def split(wines: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    rng = np.random.default_rng(SEED)
    mask = rng.random(len(wines)) < 0.8
    return wines[mask], wines[~mask]


def prepare(train: pd.DataFrame, rows: pd.DataFrame):
    scaler = StandardScaler()
    for part in (train, rows):  # partial_fit werkt ook voor grote bestanden
        scaler.partial_fit(part[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype(np.float32)
    quality = rows["quality"].to_numpy().astype(np.float32)
    good = (quality >= 6).astype(np.float32)
    return X, quality, good
