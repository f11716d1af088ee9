"""The histogram of the scores is a density: its bars add up to one instead of to the number of wines."""
# expect: full marks
# %% inspect
pd.set_option("display.max_columns", None)
statistics = wines.agg(["count", "mean", "std", "min", "median", "max"])

plt.style.use("ggplot")
grenzen = [s - 0.5 for s in range(3, 10)]
figure_quality = plt.figure()
plt.hist(wines.quality, bins=grenzen, density=True, alpha=0.7, edgecolor="k")
plt.xlabel("quality")
plt.ylabel("density")
plt.title("Distribution of quality")

figure_good = plt.figure()
aantallen = wines.quality.ge(6).map({False: "slecht", True: "goed"}).value_counts()
plt.bar(aantallen.index, aantallen.values)
plt.title("Goede en slechte wijnen")
