"""In the manner of fastai: a Learner with callbacks, one of which averages weights (SWA) and redoes batchnorm."""
# expect: full marks
# %% prepare
class Normalize:
    def setups(self, df, names):
        self.names = names
        self.means, self.stds = df[names].mean(), df[names].std(ddof=0) + 1e-7
        return self

    def encodes(self, df):
        return ((df[self.names] - self.means) / self.stds).astype(np.float32)


def split(wines):
    valid_idx = np.arange(0, len(wines), 5)     # IndexSplitter: every fifth wine
    return wines.drop(wines.index[valid_idx]), wines.iloc[valid_idx]


def prepare(train, rows):
    norm = Normalize().setups(train, FEATURES)
    y = rows.quality.values
    return norm.encodes(rows).values, y.astype(np.float32), np.where(y >= 6, 1.0, 0.0)
# %% loaders
train, test = split(wines)


class DataLoaders:
    def __init__(self, *dls):
        self.train, self.valid = dls

    @classmethod
    def from_df(cls, train, valid, bs=64):
        dls = []
        for df, is_train in ((train, True), (valid, False)):
            x, q, g = prepare(train, df)
            y = torch.tensor(np.stack([q, g], axis=1), dtype=torch.float32)
            dls.append(DataLoader(TensorDataset(torch.tensor(x), y), bs if is_train else 2 * bs, shuffle=is_train))
        return cls(*dls)


dls = DataLoaders.from_df(train, test)
train_data, test_data = dls.train, dls.valid
xb, yb = next(iter(train_data))
xb.shape, yb.shape
# %% model
def LinBnDrop(n_in, n_out, p=0.0, act=nn.ReLU):
    return nn.Sequential(nn.BatchNorm1d(n_in), nn.Dropout(p), nn.Linear(n_in, n_out, bias=False), act())


class TabularModel(nn.Module):
    def __init__(self, n_cont, layers=(100, 50), ps=(0.0, 0.2)):
        super().__init__()
        sizes = [n_cont, *layers]
        self.layers = nn.Sequential(
            nn.Linear(n_cont, sizes[1]), nn.ReLU(), LinBnDrop(sizes[1], sizes[2], ps[1]), nn.BatchNorm1d(sizes[2])
        )
        self.out_q, self.out_g = nn.Linear(sizes[-1], 1), nn.Linear(sizes[-1], 1)
        self.out_q.bias.data.fill_(train.quality.mean())

    def forward(self, x_cont):
        x = self.layers(x_cont)
        return torch.cat([self.out_q(x), self.out_g(x)], dim=1)     # (bs, 2): score, logit


model = TabularModel(len(FEATURES))
# %% loss
def multitask_loss(outputs, quality, good):
    q, g = outputs.unbind(dim=1)
    return F.mse_loss(q, quality.flatten()) + 1.5 * F.binary_cross_entropy_with_logits(g, good.flatten().float())
# %% train
from torch.optim.swa_utils import SWALR, AveragedModel, update_bn


class Callback:
    def before_fit(self, learn): pass
    def after_batch(self, learn): pass
    def after_epoch(self, learn): pass
    def after_fit(self, learn): pass


class Recorder(Callback):
    def before_fit(self, learn):
        self.batches, self.values = [], []

    def after_batch(self, learn):
        q, g = learn.pred.detach().unbind(1)
        self.batches.append([F.mse_loss(q, learn.y[:, 0]), F.binary_cross_entropy_with_logits(g, learn.y[:, 1])])

    def after_epoch(self, learn):
        self.values.append(np.mean(self.batches, axis=0))
        self.batches = []

    def plot_loss(self):
        plt.plot(np.array(self.values), label=["mse", "bce"])
        plt.legend()
        plt.show()


class SWACallback(Callback):
    def __init__(self, start):
        self.start = start

    def before_fit(self, learn):
        self.swa = AveragedModel(learn.model)
        self.sched = SWALR(learn.opt, swa_lr=1e-3, anneal_epochs=3)

    def after_epoch(self, learn):
        if learn.epoch >= self.start:
            self.swa.update_parameters(learn.model)
            self.sched.step()

    def after_fit(self, learn):
        update_bn(learn.dls.train, self.swa)
        learn.model.load_state_dict(self.swa.module.state_dict())


class Learner:
    def __init__(self, dls, model, loss_func, opt_func=torch.optim.AdamW, cbs=()):
        self.dls, self.model, self.loss_func, self.opt_func, self.cbs = dls, model, loss_func, opt_func, cbs

    def __call__(self, name):
        for cb in self.cbs:
            getattr(cb, name)(self)

    def one_batch(self):
        self.pred = self.model(self.x)
        self.loss = self.loss_func(self.pred, *self.y.split(1, dim=1))
        self.loss.backward()
        self.opt.step()
        self.opt.zero_grad()

    def fit(self, n_epoch, lr, wd=0.1):
        self.opt = self.opt_func(self.model.parameters(), lr=lr, weight_decay=wd)
        self.opt.zero_grad()
        self("before_fit")
        for self.epoch in trange(n_epoch):
            self.model.train()
            for self.x, self.y in self.dls.train:
                self.one_batch()
                self("after_batch")
            self("after_epoch")
        self("after_fit")


recorder = Recorder()
learn = Learner(dls, model, multitask_loss, cbs=[recorder, SWACallback(start=22)])
learn.fit(36, lr=2e-3)
recorder.plot_loss()
# %% evaluate
def get_preds(learn, dl):
    learn.model.eval()
    with torch.no_grad():
        pairs = [(learn.model(x), y) for x, y in dl]
    return [torch.cat(t) for t in zip(*pairs)]


preds, targs = get_preds(learn, dls.valid)
mae = (preds[:, 0] - targs[:, 0]).abs().mean().item()
accuracy = (preds[:, 1].sigmoid().ge(0.5) == targs[:, 1].bool()).float().mean().item()
print(mae, accuracy)
