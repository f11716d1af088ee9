"""quality is a sigmoid stretched from 3 to 7, so an 8 cannot be predicted."""
# expect: outputs squashed_quality
# may fail: learns mae
# %% model
# begrens de kwaliteit tot de scores die voorkomen: 3, 4, 5, 6, 7
LAAG, HOOG = 3.0, 7.0

invoer = keras.layers.Input(shape=[11])
romp = keras.layers.Dense(64, activation="elu")(invoer)
romp = keras.layers.Dense(32, activation="elu")(romp)
ruw = keras.layers.Dense(1, activation="sigmoid")(romp)
kwaliteit = keras.layers.Rescaling(HOOG - LAAG, offset=LAAG, name="quality")(ruw)
goed = keras.layers.Dense(1, activation="sigmoid", name="good")(romp)
model = keras.Model(invoer, {"quality": kwaliteit, "good": goed})
