"""The statistics are computed on the first 500 rows instead of all of them."""
# expect: statistics incomplete
# %% inspect
statistics = wines.head(500).describe().T

figure_quality, ax = plt.subplots()
ax.hist(wines["quality"], bins=[2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5])
figure_good, ax = plt.subplots()
ax.bar(["slecht", "goed"], [(wines.quality < 6).sum(), (wines.quality >= 6).sum()])
