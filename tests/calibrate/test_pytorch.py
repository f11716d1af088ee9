"""Many networks trained at once are what each would have become alone, by ordinary PyTorch."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from problems import MULTITASK
from torch import nn
from torch.nn import functional as F

from autograder.calibrate.pytorch import MultiTaskNet, train
from autograder.calibrate.recipes import ADAM, RECIPES, REFERENCE, Recipe
from autograder.calibrate.sample import Sample, draw
from autograder.wines import load_wines

NAMED = {recipe.name: replace(recipe, epochs=3) for recipe in RECIPES}
SHORT = [
    *(NAMED["reference"], NAMED["momentum"], NAMED["deep_heads"]),
    # Not Adam: a bias before batch normalisation has no gradient but rounding, which Adam makes as large as any other.
    replace(NAMED["batch_norm"], optimizer="sgd", rate=1e-2),
]


def samples(recipe: Recipe, count: int) -> list[Sample]:
    """Samples with equally many training rows."""
    wines = load_wines()
    drawn = [draw(wines, MULTITASK, recipe, (seed, seed + 1, seed + 2)) for seed in range(3 * count)]
    return [one for one in drawn if len(one.train.x) == len(drawn[0].train.x)][:count]


def plainly_trained(recipe: Recipe, sample: Sample) -> nn.Module:
    """The loop of the reference solution."""
    torch.manual_seed(sample.seed)
    model = MultiTaskNet(recipe, sample.train.x.shape[1])
    kinds = {
        "adam": torch.optim.Adam,
        "adamw": torch.optim.AdamW,
        "sgd": lambda *a, **k: torch.optim.SGD(*a, momentum=0.9, **k),
    }
    optimizer = kinds[recipe.optimizer](model.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    x, quality, good = (torch.from_numpy(v) for v in (sample.train.x, sample.train.quality, sample.train.good))
    shuffle = torch.Generator().manual_seed(sample.seed)
    for _ in range(recipe.epochs):
        for index in torch.randperm(len(x), generator=shuffle).split(recipe.batch):
            optimizer.zero_grad()
            predicted, logit = model(x[index])
            mse = F.mse_loss(predicted, quality[index])
            bce = F.binary_cross_entropy_with_logits(logit, good[index])
            (recipe.weights[0] * mse + recipe.weights[1] * bce).backward()
            optimizer.step()
    return model.eval()


@pytest.mark.parametrize("recipe", SHORT, ids=lambda recipe: recipe.name)
def test_a_network_of_a_group_is_the_one_trained_alone(recipe: Recipe) -> None:
    group = samples(recipe, 3)
    for sample, (test, hidden) in zip(group, train(recipe, group), strict=True):
        model = plainly_trained(recipe, sample)
        for part, (quality, good) in ((sample.test, test), (sample.hidden, hidden)):
            with torch.no_grad():
                expected, logit = model(torch.from_numpy(part.x))
            np.testing.assert_allclose(quality, expected.numpy(), atol=1e-4)
            assert (good == (logit.numpy() > 0)).mean() > 0.99  # a logit of 0 falls on either side


def test_dropout_is_off_when_it_predicts() -> None:
    recipe = replace(ADAM, dropout=0.5, epochs=1)
    sample = samples(recipe, 1)[0]
    twice = replace(sample, hidden=sample.test)
    ((test, hidden),) = train(recipe, [twice])
    assert (test[0] == hidden[0]).all()


def test_early_stopping_keeps_the_weights_of_the_best_epoch() -> None:
    """Where the validation part wants scores far below the training part's, every epoch after the first is worse."""
    group = [_misled(sample) for sample in samples(replace(REFERENCE, patience=2), 2)]
    best = train(replace(REFERENCE, patience=2, epochs=30), group)
    first = train(replace(REFERENCE, epochs=1), group)
    whole = train(replace(REFERENCE, epochs=30), group)
    for (one, _), (other, _), (last, _) in zip(best, first, whole, strict=True):
        np.testing.assert_allclose(one[0], other[0], atol=1e-5)
        assert np.abs(one[0] - last[0]).max() > 0.1


def _misled(sample: Sample) -> Sample:
    assert sample.validation is not None
    return replace(sample, validation=replace(sample.validation, quality=sample.validation.quality - 100))


def test_another_start_gives_another_network() -> None:
    one, other = samples(ADAM, 2)
    same_wines = replace(one, seed=other.seed)
    first, second = train(replace(ADAM, epochs=1), [one, same_wines])
    assert (first[0][0] != second[0][0]).any()
