"""The figure of good wines counts from a score of 7."""
# expect: histograms wrong_counts
# %% inspect
statistics = wines.describe().T
figure_quality, ax = plt.subplots()
ax.bar(wines["quality"].value_counts().index, wines["quality"].value_counts().values)
figure_good, ax = plt.subplots()
goed = wines["quality"] > 6
ax.bar(["slecht", "goed"], [(~goed).sum(), goed.sum()])
plt.show()
