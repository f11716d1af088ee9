"""The baseline is a function around two tensors that were trained by hand, and no nn.Module."""
# expect: baseline not_a_model
# may fail: comparison   (consequence)
# %% baseline
X, _, y = train_data.dataset.tensors
w = torch.zeros(X.shape[1], requires_grad=True)
b = torch.zeros((), requires_grad=True)


def baseline(structured):
    """Logistic regression: one logit per passenger."""
    return structured @ w + b


for step in range(400):
    gw, gb = torch.autograd.grad(F.binary_cross_entropy_with_logits(baseline(X), y), (w, b))
    with torch.no_grad():
        w -= 0.3 * gw
        b -= 0.3 * gb

baseline_input = "structured"
X, _, y = test_data.dataset.tensors
baseline_auc = float(roc_auc_score(y, baseline(X).detach()))
