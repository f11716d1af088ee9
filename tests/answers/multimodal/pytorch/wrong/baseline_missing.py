"""There is no baseline, only the figure of a model from scikit-learn."""
# expect: baseline missing
# may fail: comparison
# %% baseline
from sklearn.linear_model import LogisticRegression

S, _, y = prepare(train, train)
S_test, _, y_test = prepare(train, test)
logreg = LogisticRegression(max_iter=1000).fit(S, y)
baseline_input = "structured"
baseline_auc = roc_auc_score(y_test, logreg.predict_proba(S_test)[:, 1])
