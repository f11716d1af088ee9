"""Plain arrays that were shuffled once, and a compiled tape loop that walks through them in that order every epoch."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)
volgorde = np.random.default_rng(3).permutation(len(train))
train_data = tuple(np.asarray(deel)[volgorde] for deel in prepare(train, train))
test_data = prepare(train, test)
# %% train
X, quality, good = train_data


@tf.function
def stap(x, q, g):
    with tf.GradientTape() as tape:
        uit = model(x, training=True)
        loss = model.compute_loss(x=x, y={"quality": q, "good": g}, y_pred=uit, training=True)
    gradienten = tape.gradient(loss, model.trainable_variables)
    model.optimizer.apply_gradients(zip(gradienten, model.trainable_variables))
    return loss


verloop = []
for epoch in range(60):
    for start in range(0, len(X), 64):
        deel = slice(start, start + 64)
        labels = [tf.reshape(tf.constant(y[deel], tf.float32), (-1, 1)) for y in (quality, good)]
        loss = stap(tf.constant(X[deel]), *labels)
    verloop.append(float(loss))
plt.plot(verloop);
