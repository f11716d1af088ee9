"""The table describes the wines score by score (groupby), so there is no figure over all rows."""
# expect: statistics incomplete
# %% inspect
# gemiddelde, spreiding, minimum en maximum van elke meting, per score
statistics = wines.groupby("quality").agg(["mean", "std", "min", "max"]).T

_, (ax_links, ax_rechts) = plt.subplots(1, 2, figsize=(9, 3))
ax_links.hist(wines["quality"], bins=np.arange(2.5, 9), rwidth=0.8)
ax_links.set_title("aantal wijnen per score")
ax_rechts.bar([0, 1], np.bincount(wines["quality"] >= 6), tick_label=["slecht", "goed"])
figure_quality, figure_good = ax_links, ax_rechts
