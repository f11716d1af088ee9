"""The statistics are those of the first hundred rows."""
# expect: statistics incomplete
# %% inspect
voorbeeld = wines.head(100)
statistics = voorbeeld.describe().transpose()

figure_quality = plt.figure()
plt.hist(wines.quality, bins=range(3, 10), align="left")
figure_good = plt.figure()
plt.bar([0, 1], [(wines.quality < 6).sum(), (wines.quality >= 6).sum()])
plt.show()
