"""Two mistakes: what F.relu returns is not kept, and mae is a mean_squared_error of scikit-learn."""
# expect: non_linear linear_trunk
# expect: reported other_measure
# may fail: mae accuracy
# %% model
class Net(nn.Module):
    def __init__(self):
        super(Net, self).__init__()
        self.fc1 = nn.Linear(11, 64)
        self.fc2 = nn.Linear(64, 32)
        self.fc_q = nn.Linear(32, 1)
        self.fc_g = nn.Linear(32, 1)

    def forward(self, x):
        x = self.fc1(x)
        F.relu(x)
        x = self.fc2(x)
        F.relu(x)
        return self.fc_q(x), self.fc_g(x)


model = Net()
# %% evaluate
from sklearn.metrics import accuracy_score, mean_squared_error

y_true, y_pred, c_true, c_pred = [], [], [], []
model.eval()
with torch.no_grad():
    for X, quality, good in test_data:
        q, g = model(X)
        y_true.extend(quality.tolist())
        y_pred.extend(q.view(-1).tolist())
        c_true.extend(good.int().tolist())
        c_pred.extend((torch.sigmoid(g.view(-1)) >= 0.5).int().tolist())

mae = mean_squared_error(y_true, y_pred)
accuracy = accuracy_score(c_true, c_pred)
print("MAE:", mae, "Accuracy:", accuracy)
