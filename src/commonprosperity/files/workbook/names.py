"""What the sheets and the columns of our own workbooks are called, in English and in Chinese."""

from commonprosperity.files.table_schema import FILES
from commonprosperity.wording import known_locale

_IN_CHINESE = {
    "sources": "来源", "companies": "公司", "initiatives": "项目", "pledges": "承诺",
    "figures": "数据",
}  # fmt: skip
_EXPLANATION = {"en": "about the columns", "zh": "列说明"}


def language_of(locale: str) -> str:
    """Return the language of what we write for readers of a locale: ``zh``, or else ``en``.

    >>> language_of("zh_TW"), language_of("de")
    ('zh', 'en')

    Raises `LocaleError` for an unknown locale.
    """
    return "zh" if known_locale(locale).language == "zh" else "en"


def sheet_name(name: str, language: str) -> str:
    """Return what the sheet of a kind of records is called in a language.

    >>> sheet_name("pledges", "zh"), sheet_name("pledges", "en")
    ('承诺', 'pledges')
    """
    return _IN_CHINESE[name] if language == "zh" else name


def file_of(sheet: str) -> str | None:
    """Return the name of the file of a package that a sheet stands for, whatever its language.

    >>> file_of("承诺"), file_of("Pledges"), file_of("Sheet1")
    ('pledges', 'pledges', None)
    """
    text = sheet.strip().casefold()
    return next((name for name in FILES if text in {name, _IN_CHINESE[name]}), None)


def explanation(language: str) -> str:
    """Return what the sheet that explains the columns of a template is called."""
    return _EXPLANATION[language]


def is_explanation(sheet: str) -> bool:
    """Whether a sheet explains the columns of a template, and has no pledges."""
    return sheet.strip().casefold() in _EXPLANATION.values()
