"""Two mistakes with one cause: everything is made inside a tidy function, which returns nothing."""
# expect: statistics missing
# expect: histograms missing
# %% inspect
def explore(df: pd.DataFrame) -> None:
    """Descriptive statistics and both histograms."""
    statistics = df.agg(["mean", "std", "min", "max"])
    figure_quality, ax = plt.subplots()
    df["quality"].value_counts().sort_index().plot.bar(ax=ax, title="quality")
    figure_good, ax = plt.subplots()
    (df["quality"] >= 6).map({False: "bad", True: "good"}).value_counts().plot.bar(ax=ax, title="good")
    print(statistics.T)


explore(wines)
