"""README's table holds every setting with its default and help, and no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from credit_site.settings import PREFIX, SettingHelp, setting_table
from tests.meta.sources import PACKAGES, ROOT, Source, python_sources, report, text_files
from tests.meta.sources import source_of as example

# Variables of tests and scripts, which no operator of a site sets.
NOT_SETTINGS = {"CREDIT_SITE_TEST_DATABASE_URL": "where the tests find PostgreSQL"}
# Who reads the environment beside the settings, and what for.
READS_ENVIRONMENT = {
    "credit_site.settings": "the settings themselves",
    "credit_site.cli.context": "who sits at the command line, for the audit log",
}
_ROW = re.compile(rf"^\|\s*`({PREFIX}[A-Z_]+)`\s*\|([^|]*)\|(.*)\|\s*$", re.MULTILINE)
_VARIABLE = re.compile(rf"\b{PREFIX}[A-Z][A-Z_]*[A-Z]\b")


def documented(readme: str) -> list[SettingHelp]:
    """The rows of README's settings table."""
    return [
        SettingHelp(name, default.strip().strip("`"), text.strip())
        for name, default, text in _ROW.findall(readme)
    ]


def differences(readme: str, settings: Iterable[SettingHelp]) -> list[str]:
    """What README's table lacks, says differently or says too much, as rows to write."""
    wanted = {setting.environment: setting for setting in settings}
    found = {row.environment: row for row in documented(readme)}
    lacking = [
        f"README's settings table needs: | `{row.environment}` | "
        f"{f'`{row.default}`' if row.default else ''} | {row.help} |"
        for name, row in wanted.items()
        if found.get(name) != row
    ]
    surplus = [f"README documents {name}, which is no setting" for name in found.keys() - wanted]
    return lacking + sorted(surplus)


def environment_readers(sources: Iterable[Source]) -> list[str]:
    """Modules that read the environment past the table of settings."""
    return [
        f"{source.path}:{node.lineno} reads the environment; make it a setting"
        for source in sources
        if source.module not in READS_ENVIRONMENT
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"}
        if ast.unparse(node.value) != "request"  # what came with a request is no setting
    ]


def unknown_variables(files: Iterable[tuple[str, str]], known: set[str]) -> list[str]:
    """Names that look like settings and are none."""
    return sorted(
        {
            f"{path}: {name} is no setting"
            for path, text in files
            for name in _VARIABLE.findall(text)
            if name not in known
        }
    )


def test_readme_documents_every_setting_and_no_other() -> None:
    problems = differences((ROOT / "README.md").read_text(encoding="utf-8"), setting_table())
    assert not problems, report(problems)


def test_every_setting_says_what_it_is_for() -> None:
    assert all(len(setting.help) >= 20 for setting in setting_table())


def test_only_the_settings_read_the_environment() -> None:
    problems = environment_readers(python_sources(*PACKAGES))
    assert not problems, report(problems)


def test_no_file_speaks_of_a_setting_that_is_none() -> None:
    known = {setting.environment for setting in setting_table()} | NOT_SETTINGS.keys()
    here = "tests/meta/test_settings_documented.py"
    files = (file for file in text_files() if file[0] != here)
    problems = unknown_variables(files, known)
    assert not problems, report(problems)


def test_a_setting_without_a_row_would_be_named_with_the_row_to_write() -> None:
    (problem,) = differences("", [SettingHelp("CREDIT_SITE_COLOUR", "blue", "The colour.")])
    assert problem.endswith("| `CREDIT_SITE_COLOUR` | `blue` | The colour. |")


def test_a_row_that_says_otherwise_or_too_much_would_be_named() -> None:
    readme = "| `CREDIT_SITE_COLOUR` | `red` | The colour. |\n"
    setting = SettingHelp("CREDIT_SITE_COLOUR", "blue", "The colour.")
    assert differences(readme, [setting])
    assert not differences(readme.replace("red", "blue"), [setting])
    assert differences(readme, []) == ["README documents CREDIT_SITE_COLOUR, which is no setting"]


def test_a_hidden_setting_would_be_named() -> None:
    assert environment_readers([example("import os\nx = os.environ['X']")])
    assert environment_readers([example("import os\nx = os.getenv('X')")])


def test_a_variable_that_is_no_setting_would_be_named() -> None:
    assert unknown_variables([("a.md", "CREDIT_SITE_COLOR=1")], {"CREDIT_SITE_COLOUR"}) == [
        "a.md: CREDIT_SITE_COLOR is no setting"
    ]
