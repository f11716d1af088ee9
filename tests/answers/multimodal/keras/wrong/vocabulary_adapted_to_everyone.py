"""TextVectorization is adapted to the names of all passengers."""
# expect: normalisation ignores_train
# may fail: leakage
# %% prepare
vectorise = layers.TextVectorization(max_tokens=120, output_mode="multi_hot")
vectorise.adapt(passengers["name"].to_numpy(dtype="object"))


def split(passengers):
    return train_test_split(passengers, test_size=0.2, random_state=SEED)


def prepare(train, rows):
    num = ["age", "sibsp", "parch", "fare"]
    pipe = make_pipeline(SimpleImputer(strategy="median"), StandardScaler()).fit(train[num])
    s = np.c_[pipe.transform(rows[num]), rows["pclass"] - 2, rows["sex"] == "female"]
    names = vectorise(tf.constant(rows["name"].tolist())).numpy()
    return s.astype("float32"), names.astype("float32"), rows["survived"].to_numpy("float32")
