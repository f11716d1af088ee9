"""A scikit-learn pipeline of MinMaxScaler, PolynomialFeatures and PCA, so that X is wider than eleven columns."""
# expect: full marks
# %% prepare
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures


def split(wines):
    return train_test_split(wines, test_size=0.2, random_state=3, stratify=wines.quality >= 6)


def prepare(train, rows):
    pipe = make_pipeline(
        MinMaxScaler(feature_range=(-1, 1)),
        PolynomialFeatures(degree=2, include_bias=False),
        PCA(n_components=20, whiten=True, random_state=0),
    )
    pipe.fit(train.drop(columns="quality"))
    X = pipe.transform(rows.drop(columns="quality"))
    return X.astype("float32"), rows["quality"].values.astype("float32"), (rows["quality"].values >= 6).astype("float32")
# %% model
inputs = keras.Input(shape=(next(iter(train_data))[0].shape[1],))
x = layers.Dense(32, activation="tanh", kernel_regularizer=keras.regularizers.l2(1e-3))(inputs)
x = layers.Dense(32, activation="tanh", kernel_regularizer=keras.regularizers.l2(1e-3))(x)
model = keras.Model(
    inputs,
    {"quality": layers.Dense(1, name="quality")(x), "good": layers.Dense(1, activation="sigmoid", name="good")(x)},
)
# %% loss
model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": "binary_crossentropy"},
    loss_weights={"quality": 1.0, "good": 1.0},
)
