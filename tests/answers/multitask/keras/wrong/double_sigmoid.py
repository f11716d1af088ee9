"""good is a probability already, and the loss function applies the sigmoid once more."""
# expect: classification_term double_sigmoid
# may fail: learns accuracy reported
# %% loss
def bce(y_true, y_pred):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=y_true, logits=y_pred))


model.compile(
    optimizer=keras.optimizers.Adam(2e-3),
    loss={"quality": "mse", "good": bce},
    loss_weights={"quality": 0.5, "good": 1.0},
)
