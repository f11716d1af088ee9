"""The likeliest misreadings."""
# expect: shared_network misread
# expect: trunk_parameters misread
# expect: width_before_heads misread
# expect: second_head_parameters misread
# expect: frozen_layer misread
# %% question_shared
shared_network = "A"
# %% question_trunk
trunk_parameters = 1144
# %% question_width
width_before_heads = 9
# %% question_head
second_head_parameters = 10
# %% question_frozen
frozen_layer = "layer_3"
