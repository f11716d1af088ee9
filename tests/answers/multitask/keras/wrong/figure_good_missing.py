"""One figure with two subplots, of which only the first name of the contract is defined."""
# expect: histograms missing
# %% inspect
statistics = wines.describe()
figure_quality, (links, rechts) = plt.subplots(1, 2)
links.bar(*np.unique(wines["quality"], return_counts=True))
rechts.bar(["slecht", "goed"], [(wines.quality < 6).sum(), (wines.quality >= 6).sum()])
