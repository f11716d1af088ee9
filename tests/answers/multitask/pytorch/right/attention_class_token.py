"""Attention written out in the manner of a GPT tutorial: each feature is a token and a class token collects them."""
# expect: full marks
# %% inspect
def summarise(frame):
    return frame.agg(["count", "mean", "std", "min", "median", "max"])


statistics = summarise(wines)

fig1, figure_quality = plt.subplots(figsize=(6, 3))
scores, counts = np.unique(wines.quality, return_counts=True)
figure_quality.barh(scores, counts)
figure_quality.set(ylabel="quality", xlabel="# wines")
for score, count in zip(scores, counts):
    figure_quality.text(count, score, f" {count}", va="center")

fig2, figure_good = plt.subplots(figsize=(4, 3))
figure_good.hist((wines.quality >= 6).astype(int), bins=[-0.5, 0.5, 1.5], rwidth=0.8, color="darkred")
figure_good.set_xticks([0, 1], ["bad", "good"])
statistics
# %% model
class SelfAttention(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.n_head = n_head
        self.c_attn = nn.Linear(n_embd, 3 * n_embd, bias=False)
        self.c_proj = nn.Linear(n_embd, n_embd)

    def forward(self, x):
        B, T, C = x.size()
        q, k, v = self.c_attn(x).split(C, dim=2)
        q, k, v = (t.view(B, T, self.n_head, C // self.n_head).transpose(1, 2) for t in (q, k, v))
        att = (q @ k.transpose(-2, -1)) * (C // self.n_head) ** -0.5
        y = att.softmax(dim=-1) @ v                       # no mask: columns have no order
        return self.c_proj(y.transpose(1, 2).reshape(B, T, C))


class Block(nn.Module):
    def __init__(self, n_embd, n_head):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(n_embd), nn.LayerNorm(n_embd)
        self.attn = SelfAttention(n_embd, n_head)
        self.mlp = nn.Sequential(nn.Linear(n_embd, 2 * n_embd), nn.GELU(), nn.Linear(2 * n_embd, n_embd))

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class WineFormer(nn.Module):
    def __init__(self, n_columns, n_embd=24, n_head=3, n_layer=2):
        super().__init__()
        self.wte = nn.Parameter(torch.randn(n_columns, n_embd) * 0.4)   # direction of a column
        self.wpe = nn.Parameter(torch.randn(n_columns, n_embd) * 0.4)   # which column
        self.cls = nn.Parameter(torch.zeros(1, 1, n_embd))
        self.h = nn.ModuleList(Block(n_embd, n_head) for _ in range(n_layer))
        self.ln_f = nn.LayerNorm(n_embd)
        self.lm_heads = nn.ModuleList([nn.Linear(n_embd, 1), nn.Linear(n_embd, 1)])
        nn.init.constant_(self.lm_heads[0].bias, 5.6)

    def forward(self, idx):
        tok = idx.unsqueeze(2) * self.wte + self.wpe
        x = torch.cat([self.cls.expand(idx.size(0), -1, -1), tok], dim=1)
        for block in self.h:
            x = block(x)
        x = self.ln_f(x)[:, 0]
        return [head(x).squeeze(1) for head in self.lm_heads]


model = WineFormer(n_columns=len(FEATURES))
print(f"{sum(p.numel() for p in model.parameters()):,} parameters")
# %% train
max_epochs, max_lr = 25, 4e-3
opt = torch.optim.AdamW(model.parameters(), lr=max_lr, betas=(0.9, 0.95), weight_decay=0.1)
sched = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr, total_steps=max_epochs * len(train_data), pct_start=0.2)
lossi = []
model.train()
bar = tqdm(range(max_epochs))
for epoch in bar:
    running = torch.zeros(2)
    for xb, yq, yg in train_data:
        out = model(xb)
        loss = multitask_loss(out, yq, yg)
        opt.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
        sched.step()
        with torch.no_grad():
            running += torch.stack([F.mse_loss(out[0], yq), F.binary_cross_entropy_with_logits(out[1], yg)])
    lossi.append((running / len(train_data)).tolist())
    bar.set_postfix(mse=f"{lossi[-1][0]:.3f}", bce=f"{lossi[-1][1]:.3f}")

plt.figure()
plt.plot(lossi, label=["mse", "bce"])
plt.legend()
plt.show()
# %% evaluate
@torch.no_grad()
def estimate(loader):
    model.eval()
    abs_err, hits, n = 0.0, 0, 0
    for xb, yq, yg in loader:
        q, logit = model(xb)
        abs_err += (q - yq).abs().sum().item()
        hits += ((logit >= 0).float() == yg).sum().item()
        n += len(xb)
    model.train()
    return abs_err / n, hits / n


mae, accuracy = estimate(test_data)
print(f"{mae=:.3f} {accuracy=:.3f}")
