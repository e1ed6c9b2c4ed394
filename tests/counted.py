"""What counts of a dataset, and what is wrong with the links of records."""

import pytest

from commonprosperity import Dataset, Pledge
from commonprosperity.errors import DatasetError, Fault
from strategies import dataset


def counts(ds: Dataset) -> dict[str, tuple[str, str]]:
    """What counts of each selected pledge, and why."""
    return {item.pledge.id: (str(item.counted), item.reason) for item in ds.total("CNY").items}


def faults_of(*pledges: Pledge) -> tuple[Fault, ...]:
    with pytest.raises(DatasetError) as caught:
        dataset(*pledges)
    return caught.value.faults
