"""Weight tying: one and the same Dense layer is applied four times in the trunk; own loop with the compiled loss."""
# expect: full marks
# %% loaders
train, test = split(wines)

X_tr, q_tr, g_tr = prepare(train, train)
X_te, q_te, g_te = prepare(train, test)
# gewoon arrays, de trainingslus trekt zelf elke epoch een nieuwe volgorde
train_data = (X_tr, q_tr, g_tr)
test_data = (X_te, q_te, g_te)
# %% model
STEPS = 4

x_in = keras.Input(shape=(11,))
lift = layers.Dense(40, activation="tanh", name="lift")(x_in)
cell = layers.Dense(40, activation="tanh", name="tied_cell")
norm = layers.LayerNormalization(name="tied_norm")
state = lift
for _ in range(STEPS):  # zelfde gewichten, vier keer: een RNN zonder tijd
    state = norm(layers.add([state, cell(state)]))

q_hat = layers.Dense(1, name="quality")(state)
g_hat = layers.Dense(1, name="good")(state)
model = keras.Model(x_in, (q_hat, g_hat))
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(learning_rate=2e-3),
    loss=[keras.losses.MeanSquaredError(), keras.losses.BinaryCrossentropy(from_logits=True)],
    loss_weights=[0.6, 1.2],
)
# %% train
@tf.function
def one_step(xb, qb, gb):
    targets = (qb[:, None], gb[:, None])
    with tf.GradientTape() as tape:
        outputs = model(xb, training=True)
        total = model.compute_loss(x=xb, y=targets, y_pred=outputs, training=True)
    grads = tape.gradient(total, model.trainable_weights)
    grads, _ = tf.clip_by_global_norm(grads, 5.0)
    model.optimizer.apply_gradients(zip(grads, model.trainable_weights))
    # only for the curve
    term_q = tf.reduce_mean(keras.losses.mean_squared_error(targets[0], outputs[0]))
    term_g = tf.reduce_mean(keras.losses.binary_crossentropy(targets[1], outputs[1], from_logits=True))
    return term_q, term_g


rng = np.random.default_rng(0)
curve_q, curve_g = [], []
N, B = len(X_tr), 32
for epoch in tqdm(range(45)):
    order = rng.permutation(N)
    sq = sg = 0.0
    for k in range(0, N, B):
        idx = order[k : k + B]
        a, b = one_step(tf.constant(X_tr[idx]), tf.constant(q_tr[idx]), tf.constant(g_tr[idx]))
        sq += float(a) * len(idx)
        sg += float(b) * len(idx)
    curve_q.append(sq / N)
    curve_g.append(sg / N)

plt.semilogy(curve_q, label="MSE")
plt.semilogy(curve_g, label="BCE")
plt.legend();
# %% evaluate
q_out, g_out = model(tf.constant(X_te), training=False)
mae = np.abs(q_out.numpy()[:, 0] - q_te).mean()
accuracy = ((g_out.numpy()[:, 0] > 0) == (g_te > 0)).mean()
print("mae", mae, "acc", accuracy)
