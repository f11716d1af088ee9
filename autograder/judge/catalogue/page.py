"""The page docs/faults.md: every fault as a student reads it, and what tells it from its neighbours."""

from itertools import groupby
from pathlib import Path

from jinja2 import Environment

from autograder.judge.catalogue import BY_TOPIC, Fault

PAGE = Path("docs") / "faults.md"

TEMPLATE = """\
<!-- Made by `python -m autograder.judge.catalogue.page` from autograder/judge/catalogue/: edit there. -->
# Faults

The {{ count }} faults that the judge can name. Of each: the rule of the task text that it breaks, what a student reads
(an example, with the numbers of one student), where the student is told to look, and which measurement decides.

What is not here ends in *unsure*, for a person, or in *not judged*, where an earlier fault makes it undecidable.

| topic | criteria |
|---|---|
{% for topic, criteria in topics %}
| [{{ topic }}](#{{ topic }}) | {% for criterion, faults in criteria %}`{{ criterion }}` ({{ faults|length }})\
{{ ", " if not loop.last }}{% endfor %} |
{% endfor %}
{% for topic, criteria in topics %}

## {{ topic }}
{% for criterion, faults in criteria %}

### `{{ criterion }}`
{% for fault in faults %}

**`{{ fault.identifier }}`**

- *message*: {{ fault.message.format(**fault.example) }}
- *hint*: {{ fault.hint.format(**fault.example) }}
- *rule*: {{ fault.rule }}
- *told by*: {{ fault.told_by }}
{% endfor %}
{% endfor %}
{% endfor %}
"""


def page() -> str:
    """Return docs/faults.md."""
    environment = Environment(autoescape=False, trim_blocks=True, keep_trailing_newline=True)  # noqa: S701  (Markdown)
    topics = [(topic, _by_criterion(faults)) for topic, faults in BY_TOPIC.items()]
    count = sum(map(len, BY_TOPIC.values()))
    return environment.from_string(TEMPLATE).render(topics=topics, count=count)


def _by_criterion(faults: tuple[Fault, ...]) -> list[tuple[str, list[Fault]]]:
    """Faults of one topic by criterion, in the order of the catalogue."""
    return [(criterion, list(found)) for criterion, found in groupby(faults, key=lambda fault: fault.criterion)]


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
