"""Late fusion averages two probabilities, and the loss has from_logits=True."""
# expect: classification_term double_sigmoid (Keras takes back a sigmoid that comes last, but not one before a mean)
# may fail: learns, modalities_used
# %% model
def expert(name, width):
    given = keras.Input((width,), name=name)
    hidden = layers.Dense(24, activation="relu")(given)
    return given, layers.Dense(1, activation="sigmoid")(hidden)


structured, names, survived = prepare(train, train)
structured_input, structured_chance = expert("structured", structured.shape[1])
names_input, names_chance = expert("names", names.shape[1])
chance = layers.Average(name="survived")([structured_chance, names_chance])
model = keras.Model({"structured": structured_input, "names": names_input}, chance)
fusion = "late"
# %% loss
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=True))
