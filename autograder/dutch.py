"""Numbers the way a Flemish classroom writes them, and text that fits in one line of what it reads."""

MOST = 600
"""Characters of a message; the longest of the catalogue needs about half of it."""


def number(value: float, decimals: int = 2) -> str:
    """Return a number with a decimal comma."""
    return f"{value:.{decimals}f}".replace(".", ",")


def plain(value: float) -> str:
    """Return a number with a decimal comma, and with no more decimals than it needs."""
    return f"{value:.6g}".replace(".", ",")


def one_line(text: str, most: int = MOST) -> str:
    """Return text in one line of at most `most` characters, without any that cannot be printed."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text[: 4 * most]).split())
    return plain if len(plain) <= most else plain[: most - 4] + " ..."
