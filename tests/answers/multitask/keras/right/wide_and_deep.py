"""A small linear skip past the trunk next to a shared trunk that carries most of both outputs."""
# expect: full marks
# %% model
inputs = keras.Input(shape=(len(FEATURES),))
diep = layers.Dense(64, activation="relu")(inputs)
diep = layers.Dense(32, activation="relu")(diep)

# breed: twee lineaire combinaties van de metingen rechtstreeks bij de koppen
breed = layers.Dense(2, kernel_initializer=keras.initializers.RandomNormal(stddev=0.01))(inputs)
alles = layers.Concatenate()([diep, breed])

quality = layers.Dense(1, name="quality")(alles)
good = layers.Dense(1, activation="sigmoid", name="good")(alles)
model = keras.Model(inputs, {"quality": quality, "good": good})
