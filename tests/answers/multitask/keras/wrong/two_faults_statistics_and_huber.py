"""Two mistakes: every part is scaled with its own statistics, and the regression term is Huber."""
# expect: normalisation own_statistics
# expect: regression_term huber
# may fail: mae accuracy
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    X = StandardScaler().fit_transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    return X, quality, (quality >= 6).astype("float32")
# %% loss
model.compile(
    optimizer=keras.optimizers.AdamW(3e-3, weight_decay=0.3),
    loss={"quality": keras.losses.Huber(), "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
