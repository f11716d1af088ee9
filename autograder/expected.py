"""What a question with one right answer expects."""

from pydantic import BaseModel, ConfigDict


class Expected(BaseModel):
    """The right answer, and the mistakes that are worth a word of their own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: int | float | str
    mistakes: dict[str, str] = {}
    """What to say, in Dutch, by the wrong answer as text; a hint, never the answer."""
