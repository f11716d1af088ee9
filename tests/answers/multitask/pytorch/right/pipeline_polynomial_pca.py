"""MinMax, interactions and PCA in a scikit-learn pipeline, so X is wider than eleven columns."""
# expect: full marks
# %% inspect
statistics = pd.DataFrame({
    "gemiddelde": wines.mean(),
    "std": wines.std(ddof=0),
    "min": wines.min(),
    "max": wines.max(),
    "mediaan": wines.median(),
})
figure_quality = wines["quality"].value_counts().sort_index().plot(kind="bar", title="quality")
plt.show()
figure_good = (wines["quality"] >= 6).map({False: "slecht", True: "goed"}).value_counts().plot.barh()
plt.show()
# %% prepare
from sklearn.decomposition import PCA
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MinMaxScaler, PolynomialFeatures


def split(wines):
    train, test = train_test_split(wines, test_size=0.2, stratify=wines["quality"] >= 6, random_state=123)
    return train.reset_index(drop=True), test.reset_index(drop=True)


def prepare(train, rows):
    pipeline = make_pipeline(
        MinMaxScaler(),
        PolynomialFeatures(degree=2, interaction_only=True, include_bias=False),
        StandardScaler(),
        PCA(n_components=20, whiten=True),
    )
    pipeline.fit(train.drop(columns=["quality"]))
    X = pipeline.transform(rows.drop(columns=["quality"]))
    y_quality = rows["quality"].values.reshape(-1, 1)
    y_good = (y_quality >= 6).astype(int)
    return X, y_quality, y_good
# %% loaders
train, test = split(wines)


def maak_loader(frame, shuffle):
    X, quality, good = prepare(train, frame)
    dataset = TensorDataset(torch.FloatTensor(X), torch.FloatTensor(quality), torch.FloatTensor(good))
    return DataLoader(dataset, batch_size=32, shuffle=shuffle)


train_data = maak_loader(train, True)
test_data = maak_loader(test, False)
# %% model
class Net(nn.Module):
    def __init__(self, n_in):
        super().__init__()
        self.fc = nn.Linear(n_in, 32)
        self.fc2 = nn.Linear(32, 16)
        self.drop = nn.Dropout(0.1)
        self.out_quality = nn.Linear(16, 1)
        self.out_good = nn.Linear(16, 1)

    def forward(self, x):
        x = self.drop(F.leaky_relu(self.fc(x)))
        x = F.leaky_relu(self.fc2(x))
        return self.out_quality(x), self.out_good(x)


model = Net(next(iter(train_data))[0].shape[1])
# %% train
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, weight_decay=1e-2)
lijst = []
model.train()
for epoch in trange(60):
    for X, quality, good in train_data:
        optimizer.zero_grad()
        out = model(X)
        loss = multitask_loss(out, quality, good)
        loss.backward()
        optimizer.step()
    lijst.append((F.mse_loss(out[0], quality).item(), F.binary_cross_entropy_with_logits(out[1], good).item()))
plt.plot(lijst)
plt.show()
# %% evaluate
X, quality, good = test_data.dataset.tensors
model.eval()
with torch.inference_mode():
    pred_q, pred_g = model(X)
mae = (pred_q - quality).abs().mean().item()
accuracy = (pred_g.sigmoid().round() == good).float().mean().item()
print(mae, accuracy)
