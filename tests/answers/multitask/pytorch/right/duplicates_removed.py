"""Duplicates and outliers are dropped in split; robust scaling; labels added there as a column."""
# expect: full marks
# %% prepare
def split(wines):
    df = wines.drop_duplicates()
    # extreme uitschieters in chlorides en sulphates weg
    df = df[(df["chlorides"] < df["chlorides"].quantile(0.995)) & (df["sulphates"] < df["sulphates"].quantile(0.995))].copy()
    df["good"] = (df["quality"] >= 6).astype(int)
    train, test = train_test_split(df, test_size=0.2, random_state=SEED, stratify=df["good"])
    return train, test


def prepare(train, rows):
    from sklearn.preprocessing import RobustScaler

    scaler = RobustScaler()
    scaler.fit(train[FEATURES])
    X = scaler.transform(rows[FEATURES]).astype(np.float32)
    quality = rows["quality"].astype(np.float32).values
    # de verborgen wijnen hebben geen kolom good, dus opnieuw berekenen
    good = (quality >= 6).astype(np.float32)
    return X, quality, good
