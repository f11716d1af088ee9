"""Two mistakes: the shuffled loader is turned into a list once, and mae and accuracy only exist inside a function."""
# expect: shuffle train_not_shuffled
# expect: reported missing
# %% loaders
train, test = split(wines)
ds_train = TensorDataset(*(torch.from_numpy(v) for v in prepare(train, train)))
ds_test = TensorDataset(*(torch.from_numpy(v) for v in prepare(train, test)))
# list: dan moeten de batches niet telkens opnieuw gemaakt worden (sneller)
train_data = list(DataLoader(ds_train, batch_size=64, shuffle=True))
test_data = list(DataLoader(ds_test, batch_size=64))
# %% train
def train_one_epoch(opt):
    model.train()
    for xb, qb, gb in train_data:
        opt.zero_grad()
        multitask_loss(model(xb), qb, gb).backward()
        opt.step()


opt = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.3)
for _ in tqdm(range(60)):
    train_one_epoch(opt)
# %% evaluate
def evaluate():
    model.eval()
    with torch.no_grad():
        out = [(model(xb), qb, gb) for xb, qb, gb in test_data]
    q_hat = torch.cat([o[0].flatten() for o, _, _ in out])
    g_hat = torch.cat([o[1].flatten() for o, _, _ in out])
    q, g = torch.cat([q for _, q, _ in out]), torch.cat([g for _, _, g in out])
    mae = (q_hat - q).abs().mean().item()
    accuracy = ((g_hat > 0).float() == g).float().mean().item()
    print(f"mae = {mae:.3f}, accuracy = {accuracy:.3f}")
    return mae, accuracy


evaluate()
