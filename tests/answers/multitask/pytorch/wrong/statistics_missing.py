"""The table of statistics has another name."""
# expect: statistics missing
# %% inspect
stats = wines.describe()
print(stats)

figure_quality, ax = plt.subplots()
ax.hist(wines["quality"], bins=[2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5])
figure_good, ax = plt.subplots()
ax.hist((wines["quality"] >= 6).astype(int), bins=2)
plt.show()
