"""Numbers the way a Flemish classroom writes them."""


def number(value: float, decimals: int = 2) -> str:
    """Return a number with a decimal comma."""
    return f"{value:.{decimals}f}".replace(".", ",")
