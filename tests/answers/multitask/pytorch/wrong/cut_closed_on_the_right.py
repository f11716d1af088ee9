"""pd.cut closes its intervals on the right, so a score of 6 lands in the class of bad wines."""
# expect: labels wrong_threshold
# may fail: batches accuracy classification_term
# %% prepare
def split(wines):
    return train_test_split(wines, test_size=0.25, stratify=wines["quality"], random_state=1)


def prepare(train, rows):
    features = rows.loc[:, FEATURES]
    norm = (features - train.loc[:, FEATURES].mean()) / train.loc[:, FEATURES].std()
    good = pd.cut(rows["quality"], bins=[0, 6, 10], labels=[0, 1]).astype("int64")
    return (
        torch.from_numpy(norm.to_numpy()).float(),
        torch.from_numpy(rows["quality"].to_numpy()).float(),
        torch.from_numpy(good.to_numpy()).float(),
    )
# %% loaders
train, test = split(wines)
train_data = DataLoader(TensorDataset(*prepare(train, train)), batch_size=64, shuffle=True)
test_data = DataLoader(TensorDataset(*prepare(train, test)), batch_size=64, shuffle=False)
