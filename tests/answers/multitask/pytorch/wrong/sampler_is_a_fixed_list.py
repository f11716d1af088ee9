"""The sampler is a list of shuffled row numbers, drawn once, so every pass gives the wines in the same order."""
# expect: shuffle train_not_shuffled
# %% loaders
train, test = split(wines)

train_set = TensorDataset(*[torch.as_tensor(a) for a in prepare(train, train)])
test_set = TensorDataset(*[torch.as_tensor(a) for a in prepare(train, test)])

# shuffle=True gaat niet samen met een sampler, dus schud ik de indices zelf
train_indices = torch.randperm(len(train_set)).tolist()
test_indices = list(range(len(test_set)))

train_data = DataLoader(train_set, batch_size=64, sampler=train_indices)
test_data = DataLoader(test_set, batch_size=64, sampler=test_indices)
