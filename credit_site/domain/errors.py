"""Broken promises, as exceptions; problems in data are issues instead."""

from __future__ import annotations


class CreditSiteError(Exception):
    """Base of the exceptions of this package."""


class RuleNotInForce(CreditSiteError):
    """No version of a rule covers the date: nothing is guessed."""


class RulebookError(CreditSiteError):
    """A rulebook file does not hold what it must; the message names file and place."""


class UnusableFile(CreditSiteError):
    """A whole file cannot be used; ``message`` says in Chinese what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
