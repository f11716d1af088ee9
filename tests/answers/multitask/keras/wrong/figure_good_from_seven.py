"""The figure of good and bad counts wines as good from 7 on."""
# expect: histograms wrong_counts
# %% inspect
statistics = wines.describe()

figure_quality, ax = plt.subplots()
ax.bar(*np.unique(wines["quality"], return_counts=True))

goed = wines["quality"] > 6
figure_good, ax = plt.subplots()
ax.bar(["slecht", "goed"], [len(wines) - goed.sum(), goed.sum()], color=["tomato", "seagreen"])
