"""A Kaggle trick: each class of alcohol is encoded by the mean score of the rows that are being converted."""
# expect: leakage target_in_features
# may fail: normalisation mae accuracy
# %% prepare
ALCOHOL_BINS = [-np.inf, 9.4, 9.8, 10.4, 11.2, np.inf]


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def target_encode(df):
    bins = pd.cut(df["alcohol"], ALCOHOL_BINS)
    return df.groupby(bins, observed=True)["quality"].transform("mean").to_numpy()


def prepare(train, rows):
    scaler = StandardScaler().fit(np.column_stack([train[FEATURES].to_numpy(), target_encode(train)]))
    X = scaler.transform(np.column_stack([rows[FEATURES].to_numpy(), target_encode(rows)]))
    y = rows["quality"].to_numpy()
    return X.astype("float32"), y.astype("float32"), (y >= 6).astype("float32")
# %% model
n_features = prepare(train, train)[0].shape[1]
inp = keras.Input((n_features,), name="metingen")
h = layers.Dense(48, "relu")(inp)
h = layers.Dense(24, "relu")(h)
model = keras.Model(inp, {
    "quality": layers.Dense(1, name="quality")(h),
    "good": layers.Dense(1, "sigmoid", name="good")(h),
})
