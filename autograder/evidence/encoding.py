"""Arrays and records as JSON text, because nothing that is unpickled may come from a student's kernel."""

import base64
import binascii
import json
from typing import Annotated, Any, Self

import numpy as np
import numpy.typing as npt
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, ValidationError

from autograder.exceptions import EvidenceError

MAX_TEXT = 32_000_000
"""Characters that one reply may have; a notebook of the course needs well under a million."""

MAX_ELEMENTS = 2_000_000
"""Numbers that one array may hold."""

DTYPES = frozenset({"<f2", "<f4", "<f8", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8", "|b1"})
"""The only dtypes that travel: plain numbers in little-endian order."""


def array_to_wire(array: npt.NDArray[Any]) -> dict[str, Any]:
    """Describe an array as dtype, shape and base64 text of its bytes in C order.

    Raises TypeError when the array does not hold plain numbers.
    """
    plain = np.ascontiguousarray(array).reshape(np.shape(array))
    plain = plain.astype(plain.dtype.newbyteorder("<"), copy=False)
    if plain.dtype.str not in DTYPES:
        raise TypeError(f"an array of {array.dtype} cannot travel, only plain numbers can")
    return {"dtype": plain.dtype.str, "shape": list(plain.shape), "data": base64.b64encode(plain.tobytes()).decode()}


def array_from_wire(wire: object) -> npt.NDArray[Any]:
    """Rebuild an array from `array_to_wire`'s description, checking everything that it claims.

    Raises ValueError when the description is not of that form, too large, or contradicts its own bytes.
    """
    if isinstance(wire, (np.ndarray, np.generic)):
        return np.asarray(wire)
    if not isinstance(wire, dict) or set(wire) != {"dtype", "shape", "data"}:
        raise ValueError("an array needs exactly dtype, shape and data")
    dtype, shape, data = wire["dtype"], wire["shape"], wire["data"]
    if not isinstance(dtype, str) or dtype not in DTYPES:
        raise ValueError(f"dtype {str(dtype)[:20]!r} is not allowed")
    if not isinstance(shape, list) or len(shape) > 8 or not all(type(n) is int and n >= 0 for n in shape):
        raise ValueError("a shape is a list of at most 8 sizes")
    count = 1
    for size in shape:
        count *= size
        if count > MAX_ELEMENTS:
            raise ValueError(f"an array holds at most {MAX_ELEMENTS} numbers")
    if not isinstance(data, str):
        raise ValueError("the data of an array is base64 text")
    try:
        raw = base64.b64decode(data, validate=True)
    except binascii.Error as error:
        raise ValueError(f"the data of an array is not base64: {error}") from None
    if len(raw) != count * np.dtype(dtype).itemsize:
        raise ValueError("an array's bytes do not fill its shape")
    return np.frombuffer(raw, dtype=dtype).reshape(shape).copy()


Array = Annotated[np.ndarray, BeforeValidator(array_from_wire), PlainSerializer(array_to_wire)]
"""A numpy array of plain numbers that travels as JSON."""


def _of_rank(rank: int) -> AfterValidator:
    def check(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
        if array.ndim != rank:
            raise ValueError(f"an array with {rank} axes is expected, not with {array.ndim}")
        return array

    return AfterValidator(check)


Vector = Annotated[Array, _of_rank(1)]
Matrix = Annotated[Array, _of_rank(2)]

Count = Annotated[int, Field(ge=0, le=2**31)]
"""How many there are of something."""


def _without_half_characters(text: str) -> Any:
    """Read JSON.  Raises ValueError, also for half of a surrogate pair, which no text that travels on can hold."""
    found = json.loads(text)
    for written in (text, json.dumps(found, ensure_ascii=False) if "\\u" in text else ""):
        written.encode()
    return found


class Record(BaseModel):
    """Base of everything that travels: immutable, validated, without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, ser_json_inf_nan="constants")

    def to_wire(self) -> str:
        """Return this record as JSON text."""
        return self.model_dump_json()

    @classmethod
    def from_wire(cls, text: str) -> Self:
        """Read a record back.  Raises EvidenceError, in one line, for anything that is not one."""
        if len(text) > MAX_TEXT:
            raise EvidenceError(f"evidence of {len(text)} characters is too long, at most {MAX_TEXT} are read")
        try:
            return cls.model_validate(_without_half_characters(text))
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            steps = [str(step) for step in first["loc"] if not str(step).startswith("function-")]
            place = ".".join(steps[:6])
            raise EvidenceError(f"not a valid {cls.__name__}: {place}: {first['msg']}"[:300]) from None
        except (ValueError, RecursionError) as error:
            raise EvidenceError(f"not a valid {cls.__name__}: {error}"[:300]) from None
