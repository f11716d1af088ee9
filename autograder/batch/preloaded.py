"""All that a worker imports for its first task, imported once in the process that workers are forked from."""

import gc
import importlib

gc.disable()  # collections in between take a fourth of the time and find next to nothing

for name in (
    "autograder.batch.worker",
    "autograder.judge.notebook",
    "autograder.kernel.process",
    "autograder.kernel.program",
    "autograder.kernel.provisioner",
):
    importlib.import_module(name)

gc.freeze()  # a collection in a worker would write to, and so copy, all that is shared
gc.enable()
