"""Habits from a course on large models: autocast to bfloat16, a gradient scaler, clipping, gradients set to None."""
# expect: full marks
# %% train
device_type = "cuda" if torch.cuda.is_available() else "cpu"
scaler = torch.amp.GradScaler(device_type, enabled=device_type == "cuda")
optimizer = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=1e-2)
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=50)
log = []
for epoch in range(50):
    model.train()
    running, seen = 0.0, 0
    for X, quality, good in train_data:
        optimizer.zero_grad(set_to_none=True)
        with torch.autocast(device_type=device_type, dtype=torch.bfloat16):
            outputs = model(X)
        outputs = tuple(output.float() for output in outputs)
        loss = multitask_loss(outputs, quality, good)
        scaler.scale(loss).backward()
        scaler.unscale_(optimizer)
        torch.nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
        scaler.step(optimizer)
        scaler.update()
        running, seen = running + loss.item() * len(X), seen + len(X)
    scheduler.step()
    log.append(running / seen)
plt.plot(log); plt.xlabel("epoch"); plt.ylabel("loss"); plt.show()
