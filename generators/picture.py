"""Draw the article's totals by company: docs/totals.svg, for the README.

    python generators/picture.py

It needs the extra `charts`. `tests/test_charts.py` holds the picture to what the code draws.
"""

from pathlib import Path

import commonprosperity as cp

TARGET = Path(__file__).parents[1] / "docs" / "totals.svg"

if __name__ == "__main__":
    cp.charts.bar(cp.load().totals("CNY", by="company")).save(TARGET)
