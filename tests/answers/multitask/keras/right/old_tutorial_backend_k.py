"""Code from an old Keras 2 tutorial that still runs: tensorflow.keras imports, K.mean losses, lists to fit."""
# expect: full marks
# %% inspect
statistics = wines.describe()
print(statistics)

f, ax1 = plt.subplots()
wines['quality'].plot.hist(bins=[2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5], ax=ax1)
figure_quality = f

f2 = plt.figure()
ax2 = f2.add_subplot(1, 1, 1)
(wines['quality'] >= 6).value_counts().sort_index().plot.bar(ax=ax2)
figure_good = f2
# %% prepare
def split(wines):
    msk = np.random.RandomState(7).rand(len(wines)) < 0.8
    return wines[msk], wines[~msk]


def norm(x, stats):
    return (x - stats['mean']) / stats['std']


def prepare(train, rows):
    train_stats = train.describe()
    train_stats.pop('quality')
    train_stats = train_stats.transpose()
    rows = rows.copy()
    labels = rows.pop('quality')
    rows = rows[train_stats.index]
    normed = norm(rows, train_stats)
    return np.array(normed, dtype='float32'), np.array(labels, dtype='float32'), np.array(labels >= 6, dtype='float32')
# %% loaders
train, test = split(wines)

norm_train_X, train_q, train_g = prepare(train, train)
norm_test_X, test_q, test_g = prepare(train, test)
train_data = (norm_train_X, train_q, train_g)
test_data = (norm_test_X, test_q, test_g)
# %% model
from tensorflow.keras.layers import Dense, Dropout, Input, add
from tensorflow.keras.models import Model


def base_model(inputs):
    x = Dense(units=64, activation='relu', kernel_initializer='he_normal')(inputs)
    y = Dense(units=64, activation='relu', kernel_initializer='he_normal')(x)
    y = Dropout(rate=0.1)(y)
    return add([x, y])


def final_model(inputs):
    x = base_model(inputs)
    q = Dense(units=1, name='q_output')(x)
    g = Dense(units=1, activation='sigmoid', name='g_output')(x)
    return Model(inputs=inputs, outputs=[q, g])


model = final_model(Input(shape=(11,)))
# %% loss
from tensorflow.keras import backend as K
from tensorflow.keras.optimizers import RMSprop


def my_mse(y_true, y_pred):
    return K.mean(K.square(y_pred - y_true), axis=-1)


def my_bce(y_true, y_pred):
    y_true = K.cast(y_true, 'float32')
    return K.mean(K.binary_crossentropy(y_true, y_pred), axis=-1)


model.compile(
    optimizer=RMSprop(learning_rate=0.001),
    loss={'q_output': my_mse, 'g_output': my_bce},
    loss_weights={'q_output': .4, 'g_output': .8},
    metrics={'q_output': 'mae', 'g_output': 'accuracy'},
)
# %% train
history = model.fit(
    x=norm_train_X, y=[train_q, train_g], epochs=60, batch_size=40, shuffle=True, verbose=0,
    validation_data=(norm_test_X, [test_q, test_g]),
)


def plot_metrics(metric_name, title):
    plt.figure()
    plt.title(title)
    plt.plot(history.history[metric_name], color='blue', label=metric_name)
    plt.plot(history.history['val_' + metric_name], color='green', label='val_' + metric_name)
    plt.legend()


plot_metrics('q_output_loss', 'MSE')
plot_metrics('g_output_loss', 'BCE')
# %% evaluate
predictions = model.predict(norm_test_X, verbose=0)
quality_pred = predictions[0]
good_pred = predictions[1]
mae = float(np.mean(np.abs(quality_pred[:, 0] - test_q)))
accuracy = float(np.mean(np.round(good_pred[:, 0]) == test_g))
print("MAE:", mae, "acc:", accuracy)
