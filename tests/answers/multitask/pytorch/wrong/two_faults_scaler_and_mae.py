"""Two mistakes: the scaler is fitted on all wines, and the regression term is the mean absolute error."""
# expect: normalisation all_rows
# expect: regression_term mae
# may fail: mae accuracy learns
# %% prepare
schaler = StandardScaler().fit(wines[FEATURES])


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    X = schaler.transform(rows[FEATURES]).astype("float32")
    quality = rows["quality"].to_numpy(dtype="float32")
    return X, quality, (quality >= 6).astype("float32")
# %% loss
def multitask_loss(outputs, quality, good):
    q, g = outputs
    return nn.L1Loss()(q.view(-1), quality) + nn.BCEWithLogitsLoss()(g.view(-1), good)
