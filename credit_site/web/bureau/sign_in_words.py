"""What signing in says, in Chinese.

What a wrong attempt is told does not say which part was wrong, whether the account is there, or
whether it is locked: it says the same in every case.
"""

from __future__ import annotations

NO_CODE = "请输入验证码。"
WRONG = "登录邮箱、密码或者验证码不对。连续错 5 次，账号会停用 15 分钟，请核对后再试。"
MESSAGES = {
    "GENERIC_AUTHN_FAILED": (WRONG, "error"),
    "INVALID_PASSWORD": (WRONG, "error"),
    "USER_DOES_NOT_EXIST": (WRONG, "error"),
    "DISABLED_ACCOUNT": (WRONG, "error"),
    "TWO_FACTOR_INVALID_TOKEN": (WRONG, "error"),
    "INVALID_RECOVERY_CODE": (WRONG, "error"),
    "INVALID_CODE": (WRONG, "error"),
    "EMAIL_NOT_PROVIDED": ("请填写登录邮箱。", "error"),
    "INVALID_EMAIL_ADDRESS": ("登录邮箱的格式不对。", "error"),
    "PASSWORD_NOT_PROVIDED": ("请填写密码。", "error"),
    "PASSWORD_INVALID_LENGTH": ("密码至少要 %(length)s 个字符。", "error"),
    "PASSWORD_TOO_SIMPLE": ("密码太简单，请换一个。", "error"),
    "PASSWORD_IS_THE_SAME": ("新密码不能和原来的一样。", "error"),
    "PASSWORD_MISMATCH": ("两次填写的新密码不一样。", "error"),
    "RETYPE_PASSWORD_MISMATCH": ("两次填写的新密码不一样。", "error"),
    "PASSWORD_CHANGE": ("密码已经修改。", "success"),
    "UNAUTHENTICATED": ("请先登录。", "info"),
    "LOGIN": ("请先登录。", "info"),
    "REFRESH": ("请再输入一次密码。", "info"),
    "REAUTHENTICATION_REQUIRED": ("为了安全，请再输入一次密码。", "info"),
    "REAUTHENTICATION_SUCCESSFUL": ("密码正确，请继续。", "success"),
    "ANONYMOUS_USER_REQUIRED": ("您已经登录了。", "info"),
    "TWO_FACTOR_LOGIN_SUCCESSFUL": ("登录成功。", "success"),
    "TWO_FACTOR_CHANGE_METHOD_SUCCESSFUL": ("动态验证码已经设置好。", "success"),
    "TWO_FACTOR_PERMISSION_DENIED": ("请从登录页重新开始。", "error"),
    "TWO_FACTOR_METHOD_NOT_AVAILABLE": ("请选择用验证器应用。", "error"),
    "TWO_FACTOR_SETUP_EXPIRED": ("设置超过了时间，请重新开始。", "error"),
    "TWO_FACTOR_DISABLED": ("动态验证码已经停用。", "success"),
    "NO_RECOVERY_CODES_SETUP": ("还没有生成恢复码。", "info"),
    "UNAUTHORIZED": ("您没有查看这一页的权限。", "error"),
    "API_ERROR": ("这个请求无法处理，请从登录页重新开始。", "error"),
    "INVALID_REDIRECT": ("这个请求无法处理，请从登录页重新开始。", "error"),
    "INVALID_INPUT": ("填写的内容不对，请核对。", "error"),
}
"""Everything Flask-Security may say here, in Chinese."""
