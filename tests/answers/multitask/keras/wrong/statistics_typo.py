"""The table is called `statistieken`: the name of the contract is missing."""
# expect: statistics missing
# %% inspect
statistieken = wines.describe()

figure_quality, ax = plt.subplots()
ax.bar(*np.unique(wines["quality"], return_counts=True))
figure_good, ax = plt.subplots()
ax.bar(["slecht", "goed"], [(wines.quality < 6).sum(), (wines.quality >= 6).sum()])
statistieken
