"""The statistics leave out the column quality."""
# expect: statistics incomplete
# %% inspect
statistics = wines[FEATURES].describe()  # enkel de kenmerken

figure_quality, ax = plt.subplots()
wines["quality"].value_counts().plot.bar(ax=ax)
figure_good, ax = plt.subplots()
wines["quality"].ge(6).value_counts().plot.bar(ax=ax)
statistics
