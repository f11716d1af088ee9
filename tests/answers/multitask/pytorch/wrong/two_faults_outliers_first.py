"""Two mistakes: outliers are removed first, so both the table and the histograms are those of fewer wines."""
# expect: statistics incomplete
# expect: histograms wrong_counts
# %% inspect
# stap 1: data cleaning met de IQR-regel
Q1 = wines.quantile(0.25)
Q3 = wines.quantile(0.75)
IQR = Q3 - Q1
is_outlier = ((wines < Q1 - 1.5 * IQR) | (wines > Q3 + 1.5 * IQR)).any(axis=1)
df = wines[~is_outlier].copy()
print(f"{is_outlier.sum()} outliers verwijderd, {len(df)} wijnen over")

# stap 2: EDA
statistics = df.describe()
df["good"] = (df["quality"] >= 6).astype(int)

figure_quality, ax = plt.subplots()
df["quality"].value_counts().sort_index().plot.bar(ax=ax, rot=0, title="quality")

figure_good, ax = plt.subplots()
df["good"].value_counts().sort_index().plot.bar(ax=ax, rot=0, title="good")
