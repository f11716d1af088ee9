"""The page docs/scale.md, filled with what the simulation says."""

from dataclasses import replace

from jinja2 import Environment

from autograder.batch.progress import duration
from autograder.batch.simulate import MACHINE, MACHINES, MEASURED, SIZES, Costs, Machine, forecast, limit

TEMPLATE = """\
<!-- Made by `python -m autograder.batch.simulate` from the numbers in autograder/batch/simulate.py: edit there. -->
# Scale

What grading costs, what sets its pace, and what that means for 10,000 and for 1,000,000 submissions.

## What one submission costs

| | |
|---|---|
| notebooks of a submission | {{ costs.notebooks }} |
| processor time of one notebook on a worker | {{ costs.worker_seconds }} s |
| time of one submission in the writer | {{ costs.writer_seconds }} s |
| memory of a worker, judges and warm processes included, at its peak | {{ costs.worker_gigabytes }} GB |

Measured on a class of 16 students with two notebooks each, on 2 quick cores that did nothing else; older, shared ones
took two to three times as long, and all times below with them. How, stands with the numbers in
`autograder/batch/simulate.py`. Measure on yours, while it does nothing else, with
`python -m autograder.batch.measure demo`, put the numbers there, and make this page anew with
`python -m autograder.batch.simulate`.

## How the work is divided

- **Workers** run notebooks and judge them. A task is one notebook with all that it takes: the sanitised text, the files
  next to it, the data, the course's settings. A worker needs this package, and neither the course folder nor the
  gradebook nor the seed. It sends the judged notebook back.
- **One writer**, the command itself, sanitises submissions, hands out tasks and records what comes back, through
  nbgrader's own converter: gradebook, folders, permissions and late penalties are nbgrader's work.
- No more than two tasks for each worker are under way, so that memory does not grow with the class.

On one machine: `autograder grade ASSIGNMENT --workers N`. N notebooks run their cells at a time; half as many
processes again start kernels, judge and shut down meanwhile, so that no core waits. On several machines, with
the extra `dask` installed everywhere:

```
dask scheduler                                              # on one machine
dask worker tcp://SCHEDULER:8786 --nthreads 1 --nworkers 8  # on each machine, as many as it has cores
autograder grade ASSIGNMENT --scheduler tcp://SCHEDULER:8786 # where the course is
```

Tasks hold the hidden rows with their labels: keep the scheduler on a network of your own, or give Dask certificates.
Every machine needs the very same version of this package; a worker with another one stops the run and says so.

## What stops it, and what does not

| | |
|---|---|
| a worker dies | its notebook is run again |
| a notebook kills its worker three times, twice of them alone (with Dask: once more, alone) | it gets no points, \
the reason, and waits for a person; the others are graded |
| Ctrl-C, `kill -9`, a power cut | the same command grades what was not finished; nothing is half done |
| a submission is handed in again | the same command grades it again, and only it |
| the sandbox, the data, another version of the code, limits in which no kernel or judge starts | the run stops with \
one line; nobody is marked down |

Nothing but the graded notebook itself says that a submission is done: it holds the SHA-256 of what was submitted, has
nbgrader's permissions, which are set last, and shows the same points as the gradebook.

## What bounds it

One writer takes in {{ "%.0f"|format(limit) }} submissions a minute. {{ enough }} workers keep it busy; more are of no
use. Of its time about a third goes to sanitising and two thirds to nbgrader's conversion, in which every gradebook
that nbgrader opens prepares its questions to the database anew. It commits some 47 times for a submission: 0.02 s on
the disk of this machine, half a second more where a commit takes 10 ms, as on a network share.

A machine below has {{ machine.cores }} cores and {{ machine.gigabytes }} GB: {{ per_machine }} workers.

| submissions | machines | workers | time | a minute | writer busy |
|---|---|---|---|---|---|
{% for class in classes %}
{% for f in class %}
| {{ "{:,}".format(f.submissions) }} | {{ f.machines }} | {{ f.workers }} | {{ duration(f.seconds) }} | \
{{ "%.0f"|format(f.per_minute) }} | {{ "%.0f"|format(100 * f.writer_busy) }} % |
{% endfor %}
{% endfor %}

Beyond that, the writer has to become cheaper or to be divided. With half its cost, {{ half.machines }} machines would
grade {{ "{:,}".format(half.submissions) }} submissions in {{ duration(half.seconds) }}. Divided means several courses,
each with a gradebook of its own (sections of a class, schools), all on the same scheduler: writers share nothing, so
that n of them take in n times as many.
"""


def page(costs: Costs = MEASURED, machine: Machine = MACHINE) -> str:
    """Return docs/scale.md."""
    environment = Environment(autoescape=False, trim_blocks=True, keep_trailing_newline=True)  # noqa: S701  (Markdown, of our own numbers)
    return environment.from_string(TEMPLATE).render(
        costs=costs,
        machine=machine,
        per_machine=machine.workers(costs),
        limit=limit(costs),
        enough=round(costs.notebooks * costs.worker_seconds / costs.writer_seconds),
        classes=[[forecast(costs, machine, machines, size) for machines in MACHINES] for size in SIZES],
        half=forecast(replace(costs, writer_seconds=costs.writer_seconds / 2), machine, MACHINES[-1], SIZES[-1]),
        duration=duration,
    )
