"""The bad wines are put under the good ones after a groupby, and the last fifth of that is the test part."""
# expect: split sorted_parts
# may fail: batches mae accuracy learns
# %% prepare
def split(wines):
    goed = wines[wines["quality"] >= 6].sample(frac=1, random_state=0)
    slecht = wines[wines["quality"] < 6].sample(frac=1, random_state=0)
    alles = pd.concat([goed, slecht])  # beide klassen apart geschud
    grens = round(len(alles) * 0.8)
    return alles[:grens], alles[grens:]


def prepare(train, rows):
    kleinste, grootste = train[FEATURES].min(), train[FEATURES].max()
    X = (rows[FEATURES] - kleinste) / (grootste - kleinste) * 2 - 1
    quality = rows["quality"]
    return X.values.astype("float32"), quality.values.astype("float32"), quality.ge(6).values.astype("float32")
