"""In an own loop model(x) runs without training=True, so the dropout never does anything."""
# expect: learns evaluation_mode
# may fail: classification_term (an eager loop has no step that can be repeated)
# %% model
s, n, _ = prepare(train, train)
inputs_s = keras.Input((s.shape[1],), name="structured")
inputs_n = keras.Input((n.shape[1],), name="names")
feat_s = layers.Dropout(0.4)(layers.Dense(48, activation="relu")(inputs_s))
feat_n = layers.Dropout(0.4)(layers.Dense(24, activation="relu")(inputs_n))
joint = layers.Dense(16, activation="relu")(layers.Concatenate()([feat_s, feat_n]))
model = keras.Model({"structured": inputs_s, "names": inputs_n}, layers.Dense(1)(joint))
fusion = "intermediate"
# %% loss
criterion = keras.losses.BinaryCrossentropy(from_logits=True)
optimizer = keras.optimizers.Adam(learning_rate=2e-3)
# %% train
def train_one_epoch(loader):
    running_loss = 0.0
    for inputs, target in loader:
        with tf.GradientTape() as tape:
            output = model(inputs)
            loss = criterion(tf.expand_dims(target, 1), output)
        grads = tape.gradient(loss, model.trainable_weights)
        optimizer.apply_gradients(zip(grads, model.trainable_weights))
        running_loss += loss.numpy()
    return running_loss / len(loader)


losses = [train_one_epoch(train_data) for _ in tqdm(range(12))]
plt.plot(losses)
# %% evaluate
structured, names, survived = prepare(train, test)
logits = model.predict({"structured": structured, "names": names}, verbose=0)[:, 0]
auc = roc_auc_score(survived, logits)
accuracy = np.mean((logits >= 0) == (survived == 1))
