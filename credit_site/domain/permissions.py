"""Who may do what: roles of people who sign in, and what each role is for.

Entering and reviewing are in two hands, and those who rule over accounts have none in the
records (不相容岗位分离, 行政事业单位内部控制规范（试行）第14条; 三员分立).
"""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    """What a page or an action needs."""

    DESK = "desk"
    READ = "read"
    SUBMIT = "submit"
    REVIEW = "review"
    CHANGE = "change"
    LISTINGS = "listings"
    CONFIRM_LISTINGS = "confirm_listings"
    KEYS = "keys"
    KEYS_READ = "keys_read"
    LOOK_UP = "look_up"
    GRANT = "grant"
    HOOKS = "hooks"
    HOOKS_READ = "hooks_read"
    READER_KEYS = "reader_keys"
    READER_KEYS_READ = "reader_keys_read"
    EXCHANGE = "exchange"
    ASSESS = "assess"
    ASSESS_READ = "assess_read"
    ACCOUNTS = "accounts"
    ACCOUNTS_READ = "accounts_read"
    AUDIT = "audit"


class Role(StrEnum):
    """What somebody is here to do; one to an account."""

    CLERK = "clerk"
    REVIEWER = "reviewer"
    CREDIT_OFFICE = "credit_office"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"

    @property
    def label(self) -> str:
        """The role in Chinese."""
        return _TITLES[self]

    @property
    def task(self) -> str:
        """What the role is for, in a Chinese sentence."""
        return _TASKS[self]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may do."""
        return _PERMISSIONS[self]

    @property
    def of_a_bureau(self) -> bool:
        """Whether the role is held in one bureau; the others reach over all of them."""
        return self in (Role.CLERK, Role.REVIEWER)

    @property
    def needs_second_factor(self) -> bool:
        """Whether a password alone is too little: whoever can publish or rule over accounts."""
        return self in (Role.REVIEWER, Role.CREDIT_OFFICE, Role.ADMINISTRATOR)


_TITLES = {
    Role.CLERK: "报送员",
    Role.REVIEWER: "审核员",
    Role.CREDIT_OFFICE: "信用管理部门",
    Role.ADMINISTRATOR: "系统管理员",
    Role.AUDITOR: "审计员",
}
_TASKS = {
    Role.CLERK: "上传和填报本部门的决定，修改问题，提交审核。",
    Role.REVIEWER: "审核本部门报送的内容，发布、退回；更正、终止已公示的信息；办理列入名单的案件。",
    Role.CREDIT_OFFICE: (
        "面向全市各部门：审核、发布、更正、终止，办理和审核列入名单的案件，管理接口直接发布、"
        "数据推送、数据接口的密钥和平台交换，发布考核通报，处置监测预警。"
    ),
    Role.ADMINISTRATOR: "管理账号、角色；查看审计日志。不接触报送内容。",
    Role.AUDITOR: "查看公示、报送的内容和审计日志，不能改动；看不到异议、举报的内容和联系方式。",
}
_PERMISSIONS = {
    Role.CLERK: frozenset(
        {Permission.DESK, Permission.READ, Permission.SUBMIT, Permission.LOOK_UP}
    ),
    Role.REVIEWER: frozenset(
        {
            Permission.DESK,
            Permission.READ,
            Permission.SUBMIT,
            Permission.REVIEW,
            Permission.CHANGE,
            Permission.LISTINGS,
            Permission.KEYS,
            Permission.KEYS_READ,
            Permission.LOOK_UP,
        }
    ),
    Role.CREDIT_OFFICE: frozenset(
        {
            Permission.DESK,
            Permission.READ,
            Permission.SUBMIT,
            Permission.REVIEW,
            Permission.CHANGE,
            Permission.LISTINGS,
            Permission.CONFIRM_LISTINGS,
            Permission.KEYS,
            Permission.KEYS_READ,
            Permission.LOOK_UP,
            Permission.GRANT,
            Permission.HOOKS,
            Permission.HOOKS_READ,
            Permission.READER_KEYS,
            Permission.READER_KEYS_READ,
            Permission.EXCHANGE,
            Permission.ASSESS,
            Permission.ASSESS_READ,
        }
    ),
    Role.ADMINISTRATOR: frozenset(
        {Permission.DESK, Permission.ACCOUNTS, Permission.ACCOUNTS_READ, Permission.AUDIT}
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.DESK,
            Permission.READ,
            Permission.KEYS_READ,
            Permission.HOOKS_READ,
            Permission.READER_KEYS_READ,
            Permission.ASSESS_READ,
            Permission.ACCOUNTS_READ,
            Permission.AUDIT,
        }
    ),
}
