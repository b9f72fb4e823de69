"""Regular expressions that are compiled when they are first used: all of them together take a tenth of an opening."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")


class _Later:
    """Stands for a compiled pattern, but for functions of `re` that take one."""

    def __init__(self, pattern: str, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self.pattern, self._flags)
        # From now on these are found without coming here, at no cost.
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy_re(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern for the module that declares it; it is compiled at the first call of one of its methods."""
    return cast("re.Pattern[str]", _Later(pattern, flags))
