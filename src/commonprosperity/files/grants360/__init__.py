"""The JSON of the 360Giving Data Standard 1.4: grants, and what is paid of them.

The standard is described at https://standard.threesixtygiving.org.
"""

from commonprosperity.files.grants360.reading import is_package, plain_records
from commonprosperity.files.grants360.writing import write

__all__ = ["is_package", "plain_records", "write"]
