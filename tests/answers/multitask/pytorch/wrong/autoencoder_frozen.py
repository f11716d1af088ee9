"""Transfer learning: the trunk is the encoder of an autoencoder, and requires_grad_(False) keeps it as it is."""
# expect: shared_trunk frozen_trunk
# may fail: learns mae accuracy
# %% model
encoder = nn.Sequential(nn.Linear(11, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
decoder = nn.Linear(32, 11)
ae_optimizer = torch.optim.Adam([*encoder.parameters(), *decoder.parameters()], lr=1e-3)
for _ in range(20):
    for X, _quality, _good in train_data:
        ae_optimizer.zero_grad()
        F.mse_loss(decoder(encoder(X)), X).backward()
        ae_optimizer.step()


class TransferModel(nn.Module):
    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone.requires_grad_(False)  # feature extractor
        self.quality_head = nn.Sequential(nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))
        self.good_head = nn.Sequential(nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))

    def forward(self, x):
        features = self.backbone(x)
        return self.quality_head(features), self.good_head(features)


model = TransferModel(encoder)
# %% train
trainable = filter(lambda p: p.requires_grad, model.parameters())
optimizer = torch.optim.AdamW(trainable, lr=3e-3, weight_decay=0.2)
for epoch in trange(50):
    model.train()
    for X, quality, good in train_data:
        optimizer.zero_grad()
        multitask_loss(model(X), quality, good).backward()
        optimizer.step()
