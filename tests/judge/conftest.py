"""Let the tests here import the zoos of networks that stand next to them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
