"""Network and loss are written for one single wine, on a ParameterDict, and vmap makes batches of them."""
# expect: full marks
# %% model
# Ik schrijf het netwerk voor EEN wijn (een vector van 11); torch.vmap doet de rest.
def dense(n_in, n_out):
    bound = n_in ** -0.5
    return nn.ParameterDict({
        "w": nn.Parameter(torch.empty(n_out, n_in).uniform_(-bound, bound)),
        "b": nn.Parameter(torch.zeros(n_out)),
    })


def affine(layer, v):
    return layer["w"].mv(v) + layer["b"]


class PerWine(nn.Module):
    def __init__(self, sizes=(11, 48, 32)):
        super().__init__()
        self.shared = nn.ModuleList(dense(a, b) for a, b in zip(sizes, sizes[1:]))
        self.q_head = dense(sizes[-1], 1)
        self.g_head = dense(sizes[-1], 1)
        with torch.no_grad():
            self.q_head["b"].fill_(5.6)

    def single(self, wine):
        h = wine
        for layer in self.shared:
            h = torch.tanh(affine(layer, h))
        return affine(self.q_head, h)[0], affine(self.g_head, h)[0]

    def forward(self, X):
        return torch.vmap(self.single)(X)


model = PerWine()
q, g = model(next(iter(train_data))[0])
print(q.shape, g.shape)
# %% loss
def loss_of_one(q, g, quality, good):
    squared = (q - quality).square()
    # -[y log s(g) + (1-y) log s(-g)]
    entropy = -(good * F.logsigmoid(g) + (1 - good) * F.logsigmoid(-g))
    return 0.4 * squared + entropy


def multitask_loss(outputs, quality, good):
    q, g = outputs
    return torch.vmap(loss_of_one)(q, g, quality.reshape(-1), good.reshape(-1)).mean()
# %% train
opt = torch.optim.NAdam(model.parameters(), lr=4e-3, weight_decay=2e-3)
curve = {"mse": [], "bce": []}
model.train()
for _ in (bar := trange(60)):
    total = torch.zeros(3)
    for X, quality, good in train_data:
        out = model(X)
        loss = multitask_loss(out, quality, good)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        opt.step()
        with torch.no_grad():
            mse_sum = F.mse_loss(out[0], quality, reduction="sum")
            bce_sum = F.binary_cross_entropy_with_logits(out[1], good, reduction="sum")
            total += torch.stack([mse_sum, bce_sum, torch.tensor(float(len(X)))])
    curve["mse"].append((total[0] / total[2]).item())
    curve["bce"].append((total[1] / total[2]).item())
    bar.set_postfix(mse=curve["mse"][-1], bce=curve["bce"][-1])
pd.DataFrame(curve).plot(xlabel="epoch");
# %% evaluate
model.eval()
with torch.no_grad():
    rows = [(q - quality, (g > 0).float() - good)
            for X, quality, good in test_data for q, g in [model(X)]]
err, wrong = (torch.cat(column).abs() for column in zip(*rows))
mae, accuracy = err.mean(), 1 - wrong.mean()
print(f"{mae:.3f} {accuracy:.3f}")
