"""Rows weigh by the rarity of their score, up to sixty to one, so quality is far off for the ordinary wines."""
# expect: mae above_threshold
# may fail: learns regression_term accuracy
# %% train
# gewicht van een wijn = 1 / aantal wijnen met die score (balanced)
aantallen = train["quality"].value_counts().sort_index()
tabel = np.zeros(11, dtype="float32")
tabel[aantallen.index] = 1.0 / aantallen
tabel = tf.constant(tabel * len(train) / len(aantallen), tf.float32)


def met_gewicht(X, y):
    gewicht = tf.gather(tabel, tf.cast(y["quality"], tf.int32))
    return X, y, {"quality": gewicht, "good": tf.ones_like(gewicht)}


verloop = model.fit(train_data.map(met_gewicht), epochs=45, verbose=0).history
plt.plot(verloop["quality_loss"], label="quality (gewogen)")
plt.plot(verloop["good_loss"], label="good")
plt.legend();
