"""A histogram with five bins, so that two of the six scores share a bar."""
# expect: histograms wrong_counts
# %% inspect
statistics = wines.describe()

figure_quality, ax = plt.subplots()
ax.hist(wines["quality"], bins=5)
ax.set_title("Kwaliteit")

figure_good, ax = plt.subplots()
ax.bar(["slecht", "goed"], [(wines.quality < 6).sum(), (wines.quality >= 6).sum()])
