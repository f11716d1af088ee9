"""A generator behind both datasets shuffles by default, and for the test part nobody switched that off."""
# expect: shuffle test_shuffled
# %% loaders
train, test = split(wines)


def batches_of(rows, batch_size=64, shuffle=True):
    X, quality, good = prepare(train, rows)

    def generate():
        order = np.random.permutation(len(X)) if shuffle else np.arange(len(X))
        for start in range(0, len(X), batch_size):
            take = order[start:start + batch_size]
            yield X[take], {"quality": quality[take], "good": good[take]}

    column = tf.TensorSpec((None,), tf.float32)
    signature = (tf.TensorSpec((None, X.shape[1]), tf.float32), {"quality": column, "good": column})
    return tf.data.Dataset.from_generator(generate, output_signature=signature)


train_data = batches_of(train)
test_data = batches_of(test, batch_size=256)
