"""Scikit-learn throughout: a ColumnTransformer with pandas output, and an estimator with fit, predict and score."""
# expect: full marks
# %% prepare
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, RobustScaler

SKEWED = ["residual_sugar", "chlorides", "free_sulfur_dioxide", "total_sulfur_dioxide", "sulphates"]


def split(wines):
    splitter = StratifiedShuffleSplit(n_splits=1, test_size=0.2, random_state=SEED)
    (train_rows, test_rows), = splitter.split(wines, wines["quality"])
    return wines.iloc[train_rows], wines.iloc[test_rows]


def make_preprocessor():
    log = FunctionTransformer(np.log1p, feature_names_out="one-to-one")
    return make_column_transformer(
        (make_pipeline(log, StandardScaler()), SKEWED),
        (RobustScaler(quantile_range=(10, 90), unit_variance=True), make_column_selector(r"acid|density|pH|alcohol")),
        remainder="drop",  # quality mag niet mee
        verbose_feature_names_out=False,
    ).set_output(transform="pandas")


def prepare(train, rows):
    preprocessor = make_preprocessor().fit(train)
    y = rows["quality"]
    return preprocessor.transform(rows), y, y >= 6
# %% loaders
train, test = split(wines)


def as_dataset(X, quality, good):
    return TensorDataset(*(torch.from_numpy(v.to_numpy(dtype=np.float32)) for v in (X, quality, good)))


train_data = DataLoader(as_dataset(*prepare(train, train)), batch_size=50, shuffle=True, drop_last=True)
test_data = DataLoader(as_dataset(*prepare(train, test)), batch_size=len(test))
# %% model
def selu_block(n_in, n_out):
    layer = nn.Linear(n_in, n_out)
    nn.init.kaiming_normal_(layer.weight, nonlinearity="linear")
    nn.init.zeros_(layer.bias)
    return [layer, nn.SELU()]


class SelfNormalizing(nn.Module):
    def __init__(self, n_features, hidden=(40, 40)):
        super().__init__()
        blocks = []
        for n_in, n_out in zip((n_features, *hidden), hidden):
            blocks += selu_block(n_in, n_out)
        self.trunk_ = nn.Sequential(*blocks, nn.AlphaDropout(0.02))
        self.regressor_ = nn.Linear(hidden[-1], 1)
        nn.init.constant_(self.regressor_.bias, train["quality"].mean())
        self.classifier_ = nn.Linear(hidden[-1], 1)

    def forward(self, X):
        Z = self.trunk_(X)
        return self.regressor_(Z).squeeze(1), self.classifier_(Z).squeeze(1)


model = SelfNormalizing(n_features=train_data.dataset.tensors[0].shape[1])
# %% loss
def multitask_loss(outputs, quality, good, alpha=0.35):
    reg, clf = outputs
    return alpha * F.mse_loss(reg, quality) + (1 - alpha) * F.binary_cross_entropy_with_logits(clf, good)
# %% train
from sklearn.base import BaseEstimator
from sklearn.metrics import accuracy_score, log_loss, mean_absolute_error, mean_squared_error


class MultiTaskEstimator(BaseEstimator):
    def __init__(self, module, loss, max_iter=60, learning_rate=2e-3, decay=0.1):
        self.module = module
        self.loss = loss
        self.max_iter = max_iter
        self.learning_rate = learning_rate
        self.decay = decay

    def fit(self, data):
        optimizer = torch.optim.AdamW(self.module.parameters(), lr=self.learning_rate, weight_decay=self.decay)
        self.history_ = []
        X, quality, good = data.dataset.tensors
        for _ in tqdm(range(self.max_iter)):
            self.module.train()
            for X_batch, *targets in data:
                optimizer.zero_grad()
                self.loss(self.module(X_batch), *targets).backward()
                optimizer.step()
            p = self.predict_proba(X)
            self.history_.append((mean_squared_error(quality, self.predict(X)), log_loss(good, p)))
        return self

    @torch.inference_mode()
    def _forward(self, X):
        self.module.eval()
        return self.module(X)

    def predict(self, X):
        return self._forward(X)[0].numpy()

    def predict_proba(self, X):
        return self._forward(X)[1].double().sigmoid().numpy()


estimator = MultiTaskEstimator(model, multitask_loss).fit(train_data)
plt.plot(estimator.history_, label=["MSE", "log loss"])
plt.legend();
# %% evaluate
X_test, y_quality, y_good = test_data.dataset.tensors
mae = mean_absolute_error(y_quality, estimator.predict(X_test))
accuracy = accuracy_score(y_good, (estimator.predict_proba(X_test) >= 0.5).astype(float))
print(mae, accuracy)
