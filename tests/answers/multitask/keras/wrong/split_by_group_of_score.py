"""split binds the groups of a groupby on the score together and then cuts at 80 %: the test part is the best wines."""
# expect: split sorted_parts
# may fail: mae accuracy batches learns reported
# %% prepare
def split(wines):
    # eerst per score groeperen, dan zijn alle scores zeker aanwezig
    groepen = [groep for _, groep in wines.groupby("quality")]
    samen = pd.concat(groepen)
    grens = round(0.8 * len(samen))
    return samen.iloc[:grens], samen.iloc[grens:]


def prepare(train, rows):
    mu, sigma = train[FEATURES].mean(), train[FEATURES].std()
    X = ((rows[FEATURES] - mu) / sigma).to_numpy("float32")
    quality = rows["quality"].to_numpy("float32")
    good = np.where(quality >= 6, 1, 0).astype("float32")
    return X, quality, good
