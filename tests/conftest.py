"""Fixtures for everything: the project's root, and an environment that trains at a sane speed."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's own folder, which is a course."""
    return Path(__file__).resolve().parent.parent
