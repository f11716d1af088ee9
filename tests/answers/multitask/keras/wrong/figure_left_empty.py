"""The bars are drawn on another figure: `figure_quality` stays empty."""
# expect: histograms empty
# %% inspect
statistics = wines.describe()

figure_quality = plt.figure()
wines.hist(column="quality", bins=np.arange(2.5, 9.5))  # maakt zelf een nieuwe figuur

figure_good, ax = plt.subplots()
ax.bar(["slecht", "goed"], [(wines.quality < 6).sum(), (wines.quality >= 6).sum()])
