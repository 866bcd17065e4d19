"""States, problems and people of the desk in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from credit_site.domain.issues import Level
from credit_site.domain.states import SubmissionState
from credit_site.extensions import db
from credit_site.services import api_keys
from credit_site.services.accounts import people
from credit_site.services.desk_views import SubmissionView, Task
from credit_site.web.presenters.words import FAULT_DEEDS, spoken_moment

STATES = {
    SubmissionState.RECEIVED: ("正在检查", "plain"),
    SubmissionState.READ: ("等您处理", "pending"),
    SubmissionState.UNUSABLE: ("不能读取", "serious"),
    SubmissionState.SUBMITTED: ("等待审核", "pending"),
    SubmissionState.RETURNED: ("已退回", "serious"),
    SubmissionState.PUBLISHING: ("正在发布", "plain"),
    SubmissionState.CLOSED: ("已发布", "good"),
    SubmissionState.WITHDRAWN: ("已放弃", "plain"),
}
_ONLY_KEPT = {SubmissionState.PUBLISHING: "正在存档", SubmissionState.CLOSED: "已存档"}
DEEDS = {
    "signed_in": "登录",
    "signed_out": "退出",
    "files_forgotten": "清除没有用到的文件",
    "sign_in_failed": "登录失败",
    "password_changed": "修改密码",
    "second_factor_set": "设置动态验证码",
    "second_factor_dropped": "停用动态验证码",
    "recovery_codes_made": "生成恢复码",
    "recovery_code_used": "用一个恢复码登录",
    "account_added": "添加账号",
    "account_changed": "修改账号",
    "account_closed": "停用账号",
    "account_opened": "恢复账号",
    "access_renewed": "重新发放密码",
    "receive": "收到文件",
    "read": "检查完文件",
    "refuse": "文件不能读取",
    "stage": "暂存",
    "fix_row": "就地修改一行",
    "hand_in": "提交审核",
    "withdraw": "撤回",
    "reopen": "回到表单里改",
    "send_back": "退回",
    "hold_row": "一行暂不发布",
    "release_row": "恢复发布一行",
    "held_for_review": "可能重复的行没有直接发布，等待审核",
    "clear_row": "确认没有个人信息",
    "confirm_entries": "确认名单条目",
    "confirm_entry": "确认一条名单条目",
    "overrule_severity": "改失信程度",
    "mend_listed": "改正名单条目的失信程度、期限",
    "decide_to_publish": "决定发布",
    "publish": "发布",
    "correct": "更正",
    "correction_asked": "提出更正，等另一个人核对",
    "correction_refused": "不同意更正",
    "correction_taken_back": "收回更正",
    "dispute": "标注异议",
    "dispute_over": "异议办结",
    "end": "终止公示",
    "matter_opened": "收到异议、申请或者举报",
    "matter_accept": "受理",
    "matter_refuse": "不予受理",
    "matter_ask": "请补充或者核实",
    "matter_answer": "登记来源单位的答复",
    "matter_supply": "申请人补充",
    "matter_extend": "延长办理期限",
    "matter_exclude": "登记检验、鉴定",
    "matter_tested": "登记检验、鉴定结束",
    "matter_reroute": "转给别的部门",
    "matter_uphold": "同意",
    "matter_reject": "不同意",
    "matter_withdraw": "申请人撤回",
    "matter_lapse": "终止办理",
    "matter_closed": "异议或者申请办结",
    "matter_purged": "删除到期的联系方式",
    "look_up": "联合惩戒查询",
    "look_up_feedback": "反馈采取的措施",
    "restore": "恢复公示",
    "revoke": "撤回",
    "replaced": "变更后的决定另行公示",
    "replaces": "变更后公示，原决定已经撤回",
    "announce": "记下等待撤回",
    "dismiss": "取消等待撤回",
    "key_made": "建立接口密钥",
    "key_revoked": "停用接口密钥",
    "reader_key_made": "建立数据密钥",
    "reader_key_revoked": "停用数据密钥",
    "listing_opened": "开始审查是否列入名单",
    "listing_dismiss": "不列为候选",
    "listing_notice": "作出列入告知书",
    "listing_serve": "送达列入告知书",
    "listing_announce": "公示拟列入的主体",
    "listing_object": "登记对列入的异议",
    "listing_hear": "听取对列入的异议",
    "listing_decide": "决定列入名单",
    "listing_spare": "决定不列入名单",
    "listing_confirm": "上一级审核同意列入",
    "listing_return": "上一级退回列入决定",
    "listing_publish": "公示列入信息",
    "listing_extension_notice": "告知延长列入期限",
    "listing_extension_object": "登记对延长的异议",
    "listing_extension_hear": "听取对延长的异议",
    "listing_extension_drop": "不再延长列入期限",
    "listing_extend": "决定延长列入期限",
    "listing_extension_agree": "上一级审核同意延长",
    "listing_extension_return": "上一级退回延长决定",
    "listing_extension_serve": "送达延长决定，期限延长",
    "listing_extension_undo": "撤回延长",
    "listing_serve_decision": "送达列入决定书",
    "listing_remove_dishonest": "因失信移出名单",
    "listing_remove_early": "提前移出名单",
    "listing_remove_revoked": "列入决定被撤销，移出名单",
    "listing_remove_error": "列入有误，移出名单",
    "listing_expire": "列入信息终止，案件办结",
    "listing_restore": "恢复列入名单",
    "grant_direct": "准许接口直接发布",
    "take_back_direct": "取消接口直接发布",
    "hook_added": "添加推送接收方",
    "hook_changed": "修改推送接收方",
    "hook_paused": "暂停推送",
    "hook_resumed": "恢复推送",
    "hook_secret_exchanged": "更换推送密钥",
    "hook_revoked": "停用推送接收方",
    "hook_gone": "接收方取消推送",
    "hook_test": "发测试推送",
    "hook_again": "重发推送",
    "hook_retry": "马上再试推送",
    "exchange_channel_made": "建立交换通道",
    "exchange_channel_changed": "修改交换通道",
    "exchange_channel_paused": "暂停交换通道",
    "exchange_channel_resumed": "恢复交换通道",
    "exchange_cut": "交换成批",
    "exchange_delivered": "交换送达",
    "exchange_receipt": "读交换回执",
    "exchange_again": "安排重送平台",
    "assessment_begun": "起草考核通报",
    "assessment_written": "修改考核通报",
    "assessment_discarded": "放弃考核通报草稿",
    "assessment_published": "发布考核通报",
    "warning_noted": "登记预警处置",
}
"""What people do, by its name in the audit log."""
_NOBODY = {
    "system": "系统",
    "public": "访客",
    "unknown": "没有登录的人",
    "demonstration": "演示数据",
}


def state_tag(view: SubmissionView) -> dict[str, str]:
    """A submission's state as a tag."""
    text, tone = STATES[view.state]
    if view.nothing_new:
        text, tone = "没有变化", "plain"
    elif view.only_kept:
        text = _ONLY_KEPT.get(view.state, text)
    return {"text": text, "tone": tone}


def task_words(task: Task) -> str:
    """What is to be done, in a few words: 补填 3 行的“处罚依据”."""
    deed = FAULT_DEEDS.get(task.code, "改正" if task.level is Level.ERROR else "核对")
    where = f"“{task.column}”" if task.column else "整行内容"
    more = "以上" if task.more else ""
    return f"{deed}：{len(task.rows):,} 行{more}的{where}"


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Names by actor; who is neither an account nor a key is said in words."""
    wanted, session = set(actors) - {""}, db.session()
    keys = {actor: f"接口“{name}”" for actor, name in api_keys.names(session, wanted).items()}
    return {actor: _nobody(actor) for actor in wanted} | people(session, wanted) | keys


def done_first(who: str, at: datetime, what: str, facts: str) -> str:
    """For whoever came too late, in a sentence; ``facts`` are days and document, "" for none."""
    return f"{who}已经于{spoken_moment(at)}办理：{what}{f'（{facts}）' if facts else ''}。"


def _nobody(actor: str) -> str:
    """Who has no account: the worker, a visitor, somebody at the server's own command line."""
    typed = actor.removeprefix("cli:")
    return _NOBODY.get(actor) or (f"服务器命令行（{typed}）" if typed != actor else actor)
