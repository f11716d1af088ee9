"""Someone who learned TensorFlow 1: weights and matmul by hand, a sum of two logits, AUC from ranks."""
# expect: full marks
# %% prepare
def split(passengers):
    np.random.seed(1912)
    idx = np.random.permutation(len(passengers))
    n_test = int(0.2 * len(passengers))
    return passengers.iloc[idx[n_test:]], passengers.iloc[idx[:n_test]]


def prepare(train, rows):
    # ---- table -> [-1, 1] ----
    cols = []
    for c in ['age', 'sibsp', 'parch', 'fare', 'pclass']:
        x, t = rows[c].values.astype(np.float32), train[c].values.astype(np.float32)
        x = np.where(np.isnan(x), np.nanmean(t), x)
        if c == 'fare':
            x, t = np.log1p(x), np.log1p(t)
        lo, hi = np.nanmin(t), np.nanmax(t)
        cols.append(2. * (x - lo) / max(hi - lo, 1e-6) - 1.)
    cols.append(np.where(rows['sex'].values == 'female', 1., -1.))
    port = train['embarked'].mode()[0]
    for p in 'CQS':
        cols.append(np.where(rows['embarked'].fillna(port).values == p, 1., 0.))
    X_tab = np.stack(cols, axis=1).astype(np.float32)

    # ---- bag of words ----
    word2id = {}
    freq = Counter(w.strip('.,()"') for s in train['name'] for w in s.split())
    for w, f in freq.most_common(40):
        word2id[w] = len(word2id)
    X_txt = np.zeros((len(rows), 40), np.float32)
    for i, s in enumerate(rows['name']):
        for w in s.split():
            j = word2id.get(w.strip('.,()"'))
            if j is not None:
                X_txt[i, j] += 1.
    return X_tab, X_txt, rows['survived'].values.astype(np.int32)
# %% model
N_TAB = train_data.element_spec[0]['structured'].shape[1]
N_TXT = train_data.element_spec[0]['names'].shape[1]
N_HIDDEN = 20


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        xavier = keras.initializers.GlorotNormal(seed=SEED)
        # branch 1
        self.W1 = self.add_weight(shape=(N_TAB, N_HIDDEN), initializer=xavier, name='W1')
        self.b1 = self.add_weight(shape=(N_HIDDEN,), initializer='zeros', name='b1')
        self.W2 = self.add_weight(shape=(N_HIDDEN, 1), initializer=xavier, name='W2')
        # branch 2
        self.V1 = self.add_weight(shape=(N_TXT, 8), initializer=xavier, name='V1')
        self.c1 = self.add_weight(shape=(8,), initializer='zeros', name='c1')
        self.V2 = self.add_weight(shape=(8, 1), initializer=xavier, name='V2')
        self.bias = self.add_weight(shape=(1,), initializer='zeros', name='bias')

    def call(self, feed):
        z_tab = tf.matmul(tf.nn.elu(tf.matmul(feed['structured'], self.W1) + self.b1), self.W2)
        z_txt = tf.matmul(tf.nn.elu(tf.matmul(feed['names'], self.V1) + self.c1), self.V2)
        return z_tab + z_txt + self.bias


model = Net()
_ = model(next(iter(train_data))[0])
fusion = 'late'
# %% loss
def cost(labels, logits):
    labels = tf.reshape(tf.cast(labels, tf.float32), tf.shape(logits))
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=logits))


model.compile(optimizer=keras.optimizers.Adam(5e-3), loss=cost)
# %% train
n_epochs = 25
costs = []
for epoch in tqdm(range(n_epochs)):
    h = model.fit(train_data, epochs=1, verbose=0)
    costs.append(h.history['loss'][0])
plt.plot(costs)
plt.ylabel('cost')
plt.show()
# %% evaluate
def auc_from_ranks(y, score):
    r = pd.Series(score).rank().values
    n1 = (y == 1).sum()
    n0 = (y == 0).sum()
    return (r[y == 1].sum() - n1 * (n1 + 1) / 2) / (n1 * n0)


X_tab, X_txt, y = prepare(train, test)
z = model({'structured': tf.constant(X_tab), 'names': tf.constant(X_txt)}, training=False).numpy()[:, 0]
auc = auc_from_ranks(y, z)
accuracy = np.equal(z > 0., y == 1).mean()
print('auc = %.3f, accuracy = %.3f' % (auc, accuracy))
