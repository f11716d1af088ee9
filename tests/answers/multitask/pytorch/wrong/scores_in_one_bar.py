"""Five bins for six scores: the scores 7 and 8 share a bar."""
# expect: histograms wrong_counts
# %% inspect
statistics = wines.describe()

figure_quality, ax = plt.subplots()
ax.hist(wines["quality"], bins=5, edgecolor="white")
ax.set_xlabel("quality")

figure_good, ax = plt.subplots()
ax.hist((wines["quality"] >= 6).astype(int), bins=2, edgecolor="white")
plt.show()
