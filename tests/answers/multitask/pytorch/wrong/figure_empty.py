"""The histogram is drawn on another figure than the one that got the name."""
# expect: histograms empty
# %% inspect
statistics = wines.describe()

figure_quality = plt.figure()
fig, ax = plt.subplots()
ax.bar(*np.unique(wines["quality"], return_counts=True))
ax.set_title("quality")

figure_good, ax = plt.subplots()
ax.bar(*np.unique(wines["quality"] >= 6, return_counts=True))
plt.show()
