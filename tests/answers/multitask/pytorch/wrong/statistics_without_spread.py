"""The table has minimum, quartiles, mean and maximum as R's summary() does, so there is no standard deviation."""
# expect: statistics incomplete
# %% inspect
# zoals summary(wines) in R
statistics = pd.DataFrame({
    "Min.": wines.min(),
    "1st Qu.": wines.quantile(0.25),
    "Median": wines.median(),
    "Mean": wines.mean(),
    "3rd Qu.": wines.quantile(0.75),
    "Max.": wines.max(),
}).T
print(statistics.round(3))

figure_quality, ax = plt.subplots(figsize=(6, 4))
ax.hist(wines["quality"], bins=np.arange(2.5, 9), rwidth=0.9, color="darkred")
ax.set_xlabel("quality")
ax.set_ylabel("aantal")

figure_good, ax = plt.subplots(figsize=(4, 4))
tabel = pd.crosstab(index=wines["quality"] >= 6, columns="n")
ax.bar(["bad", "good"], tabel["n"], color=["grey", "darkred"])
ax.set_title("good: quality >= 6")
