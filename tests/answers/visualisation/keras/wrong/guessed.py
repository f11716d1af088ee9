"""Numbers that no visualisation shows, and a list."""
# expect: trunk_parameters wrong
# expect: width_before_heads not_one_value
# expect: second_head_parameters wrong
# expect: frozen_layer missing
# %% question_trunk
trunk_parameters = 5
# %% question_width
width_before_heads = [14]
# %% question_head
second_head_parameters = 1
# %% question_frozen
frozen = "layer_2"
