"""A trainer class that compiles a whole epoch to one graph and has an optimizer for the trunk and one for the heads."""
# expect: full marks
# %% loaders
train, test = split(wines)
BS = 48


def ds(rows, shuffle):
    X, quality, good = prepare(train, rows)
    out = tf.data.Dataset.zip(tuple(map(tf.data.Dataset.from_tensor_slices, (X, quality, good))))
    out = out.shuffle(10 * BS * 4) if shuffle else out
    return out.batch(BS)


train_data = ds(train, shuffle=True)
test_data = ds(test, shuffle=False)
# %% model
class Trunk(keras.Model):
    def __init__(self, d=56, depth=2):
        super().__init__()
        self.stem = layers.Dense(d)
        self.norms = [layers.RMSNormalization() for _ in range(depth)]
        self.ups = [layers.Dense(2 * d, activation="gelu") for _ in range(depth)]
        self.downs = [layers.Dense(d) for _ in range(depth)]

    def call(self, x):
        x = self.stem(x)
        for norm, up, down in zip(self.norms, self.ups, self.downs):
            x = x + down(up(norm(x)))
        return x


class WineModel(keras.Model):
    def __init__(self):
        super().__init__()
        self.trunk = Trunk()
        self.quality_head = layers.Dense(1)
        self.good_head = layers.Dense(1)

    def call(self, x):
        h = self.trunk(x)
        return tf.squeeze(self.quality_head(h), -1), tf.squeeze(self.good_head(h), -1)


model = WineModel()
_ = model(tf.zeros([1, len(FEATURES)]))
# %% loss
class Trainer:
    def __init__(self, net, weight_quality, weight_good):
        self.net = net
        self.weight_quality = weight_quality
        self.weight_good = weight_good
        self.opt_trunk = keras.optimizers.AdamW(1e-3, weight_decay=0.05)
        self.opt_heads = keras.optimizers.AdamW(2e-3, weight_decay=0.05)
        self.trunk_vars = net.trunk.trainable_variables
        self.head_vars = net.quality_head.trainable_variables + net.good_head.trainable_variables
        self.opt_trunk.build(self.trunk_vars)
        self.opt_heads.build(self.head_vars)

    def losses(self, X, quality, good, training):
        score, logit = self.net(X, training=training)
        mse = tf.reduce_mean(tf.math.squared_difference(score, quality))
        bce = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(good, logit))
        return mse, bce

    @tf.function
    def epoch(self, dataset):
        sums = tf.zeros(3)
        for X, quality, good in dataset:  # autograph makes a while loop of this
            with tf.GradientTape(persistent=True) as tape:
                mse, bce = self.losses(X, quality, good, training=True)
                total = self.weight_quality * mse + self.weight_good * bce
            self.opt_trunk.apply_gradients(zip(tape.gradient(total, self.trunk_vars), self.trunk_vars))
            self.opt_heads.apply_gradients(zip(tape.gradient(total, self.head_vars), self.head_vars))
            del tape
            n = tf.cast(tf.shape(X)[0], tf.float32)
            sums += tf.stack([n * mse, n * bce, n])
        return sums[:2] / sums[2]


trainer = Trainer(model, weight_quality=0.8, weight_good=1.0)
# %% train
N_EPOCHS = 30
curve = np.array([trainer.epoch(train_data).numpy() for _ in tqdm(range(N_EPOCHS))])
fig, (l, r) = plt.subplots(1, 2, figsize=(9, 3))
l.plot(curve[:, 0]), l.set_title("mse")
r.plot(curve[:, 1]), r.set_title("bce");
# %% evaluate
abs_error = hits = count = 0
for X, quality, good in test_data:
    score, logit = model(X, training=False)
    abs_error += tf.reduce_sum(tf.abs(score - quality))
    hits += tf.math.count_nonzero((logit >= 0) == (good == 1))
    count += len(X)
mae = float(abs_error) / count
accuracy = int(hits) / count
print("mae", mae, "accuracy", accuracy)
