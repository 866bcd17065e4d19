"""The forms, by WTForms; what they say of a mistake is Chinese and says what to do."""

from __future__ import annotations

import re

from wtforms import (
    BooleanField,
    Field,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, Optional

from credit_site.domain.identifiers import (
    find_personal_numbers,
    find_possible_numbers,
    mask_personal_numbers,
    mask_possible_numbers,
)
from credit_site.domain.rulebook import load_rulebook

AGENT = "agent"
"""The role of those who act for another and must show that they may."""
_LONGEST = 2_000
_DIGITS = 18
ONLINE = "online"
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{6,19}")


def needed(message: str) -> InputRequired:
    """A field that must be filled in."""
    return InputRequired(message)


def at_most(most: int) -> Length:
    """No longer than so many characters."""
    return Length(max=most, message=f"最多 {most} 个字。")


_NUMBER_FOUND = "请删去身份证、护照等证件号码：办理不需要，也请不要写在这里。"


def without_numbers(_form: Form, field: StringField) -> None:
    """Numbers of ID cards and passports are not needed and not taken."""
    if find_personal_numbers(field.data or ""):
        raise ValidationError(_NUMBER_FOUND)


def no_place_for_numbers(_form: Form, field: StringField) -> None:
    """The same for a short answer: what only may be such a number is not taken either."""
    if find_possible_numbers(field.data or ""):
        raise ValidationError(_NUMBER_FOUND)


def hide_numbers(form: Form) -> None:
    """Before a form is shown again: nobody's number stands in it, whatever field it came in."""
    for field in form:
        checks = set(field.validators)
        mask = mask_personal_numbers if without_numbers in checks else mask_possible_numbers
        if isinstance(field.data, str):
            field.data = mask(field.data)
        field.raw_data = [
            mask(one) if isinstance(one, str) else one for one in field.raw_data or ()
        ]


class RecordNumber(IntegerField):
    """The number of a record; what is none is said in Chinese."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Up to 18 digits: any number of the database."""
        text = "".join(valuelist[:1]).strip()
        plain = text.isascii() and text.isdigit() and len(text) <= _DIGITS
        self.data = int(text) if plain and not find_possible_numbers(text) else None
        if text and self.data is None:
            raise ValueError("公示编号是一个数字，在公示页的“公示经过”里。请不要填证件号码。")


def telephone(_form: Form, field: StringField) -> None:
    """Something that can be dialled."""
    if field.data and not _TELEPHONE.fullmatch(field.data.strip()):
        raise ValidationError("请填写能打通的电话，例如 0371-00000000。")


def _topics() -> list[tuple[str, str]]:
    topics = load_rulebook().tip_topics
    return [("", "请选择"), *((slug, topic.name) for slug, topic in topics.items())]


def _places() -> list[tuple[str, str]]:
    divisions = load_rulebook().divisions
    places = [(code, one.name) for code, one in divisions.items()]
    return [("", "请选择"), *places, (ONLINE, "只在网上，地点不明")]


_CONTACT = ("name", "role", "phone", "email", "commitment")
_AT_THE_END = {name: place for place, name in enumerate(_CONTACT, 1)}


class PublicForm(Form):
    """A form for everybody: what the library says of a mistake is Chinese as well."""

    class Meta:
        """The library's switch."""

        locales = ("zh",)

    def mistaken(self) -> list[Field]:
        """The fields that are wrong, in the order in which the page shows them."""
        wrong = [field for field in self if field.errors]
        return sorted(wrong, key=lambda field: _AT_THE_END.get(field.short_name, 0))


class AboutRecord(PublicForm):
    """What every application about a record asks for."""

    record = RecordNumber("公示编号", [needed("请填写公示编号，在公示页的“公示经过”里。")])
    name = StringField("联系人姓名", [needed("请填写联系人。"), at_most(60), no_place_for_numbers])
    role = RadioField(
        "您是",
        choices=[
            ("representative", "法定代表人或者负责人"),
            (AGENT, "受委托的代理人"),
            ("self", "被公示的本人"),
        ],
        validators=[needed("请选择您和这条信息的关系。")],
        validate_choice=True,
    )
    phone = StringField("联系电话", [needed("请填写联系电话。"), no_place_for_numbers, telephone])
    email = StringField("电子邮箱（可以不填）", [Optional(), at_most(120), no_place_for_numbers])


class ObjectionForm(AboutRecord):
    """认为公示内容有误."""

    wish = RadioField(
        "您认为",
        choices=[
            ("wrong", "内容有误，应当更正"),
            ("remove", "不应当公示，应当删除"),
            ("not_us", "不是我单位的信息"),
            ("overdue", "期限已过，或者已经修复，仍在公示"),
        ],
        validators=[needed("请选择哪里有误。")],
        validate_choice=True,
    )
    statement = TextAreaField(
        "哪里有误，应当是什么", [needed("请写明哪里有误。"), at_most(_LONGEST), without_numbers]
    )


class AnnouncedForm(PublicForm):
    """任何单位和个人对拟列入守信名单的主体提出异议."""

    statement = TextAreaField(
        "为什么不应列入，有什么事实和依据",
        [needed("请写明为什么不应列入。"), at_most(_LONGEST), without_numbers],
    )
    name = StringField("联系人姓名", [needed("请填写联系人。"), at_most(60), no_place_for_numbers])
    phone = StringField("联系电话", [needed("请填写联系电话。"), no_place_for_numbers, telephone])
    email = StringField("电子邮箱（可以不填）", [Optional(), at_most(120), no_place_for_numbers])


class RepairForm(AboutRecord):
    """申请提前终止公示或者移出名单."""

    statement = TextAreaField(
        "怎样纠正和履行的", [needed("请写明怎样纠正和履行的。"), at_most(_LONGEST), without_numbers]
    )
    commitment = BooleanField("承诺", [needed("申请信用修复必须作出承诺，请勾选。")])


class ScreeningForm(AboutRecord):
    """法院裁定批准重整计划的, 申请暂时屏蔽."""

    court = StringField(
        "作出裁定的法院", [needed("请填写法院名称。"), at_most(100), no_place_for_numbers]
    )
    case = StringField("裁定书案号", [needed("请填写案号。"), at_most(100), no_place_for_numbers])
    statement = TextAreaField("说明（可以不填）", [Optional(), at_most(_LONGEST), without_numbers])


class TipForm(PublicForm):
    """侵权假冒线索."""

    topic = SelectField("是什么商品或者服务", choices=_topics, validators=[needed("请选择一类。")])
    division = SelectField("在哪里", choices=_places, validators=[needed("请选择地点。")])
    place = StringField("详细地点，或者网店、直播间的名称和网址", [at_most(300), without_numbers])
    subject = StringField("卖家或者厂家（知道的话）", [at_most(200), without_numbers])
    statement = TextAreaField(
        "您看到了什么", [needed("请写明看到了什么。"), at_most(_LONGEST), without_numbers]
    )
    name = StringField("怎样称呼您（可以不填）", [at_most(60), no_place_for_numbers])
    phone = StringField("联系电话（可以不填）", [Optional(), no_place_for_numbers, telephone])
