"""Only mean and median, no standard deviation, minimum or maximum."""
# expect: statistics incomplete
# %% inspect
statistics = pd.DataFrame({"gemiddelde": wines.mean(), "mediaan": wines.median(), "modus": wines.mode().iloc[0], "n": wines.count()})

figure_quality, ax = plt.subplots()
wines["quality"].value_counts().sort_index().plot.bar(ax=ax)
figure_good, ax = plt.subplots()
(wines["quality"] >= 6).value_counts().plot.bar(ax=ax)
