"""There is no figure of good and bad wines."""
# expect: histograms missing
# %% inspect
statistics = wines.describe()
figure_quality, ax = plt.subplots()
ax.hist(wines["quality"], bins=np.arange(3, 10) - 0.5)
plt.show()
