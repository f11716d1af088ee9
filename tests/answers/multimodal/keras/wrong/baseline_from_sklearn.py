"""A logistic regression is the baseline, which is no network of Keras."""
# expect: baseline not_a_model
# may fail: comparison
# %% baseline
from sklearn.linear_model import LogisticRegression

s, _, y = prepare(train, train)
baseline = LogisticRegression().fit(s, y)
baseline_input = "structured"
s, _, y = prepare(train, test)
baseline_auc = roc_auc_score(y, baseline.predict_proba(s)[:, 1])
