"""Answers that are computed from the network or written in another way."""
# expect: full marks
# %% question_shared
shared_network = "c"
# %% question_trunk
trunk_parameters = np.int64(700 + 64)
# %% question_width
width_before_heads = len(range(14))
# %% question_frozen
frozen_layer = " layer_2 "
