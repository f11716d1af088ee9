"""plt.show() closes the figure before plt.gcf() takes it, so both names hold a new, empty one."""
# expect: histograms empty
# %% inspect
statistics = wines.describe()
display(statistics)

plt.figure()
plt.hist(wines.quality, bins=[2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5], edgecolor="white")
plt.xlabel("quality")
plt.show()
figure_quality = plt.gcf()

plt.figure()
plt.bar(["slecht", "goed"], [sum(wines.quality < 6), sum(wines.quality >= 6)])
plt.show()
figure_good = plt.gcf()
