"""Why a whole file cannot be used, in words that say what to do."""

from __future__ import annotations

from enum import Enum

from credit_site.domain.errors import UnusableFile

SAVE_AS = "请用 Excel 或 WPS 打开后另存为 .xlsx（Excel 工作簿）或 .csv，再上传。"


class Refusal(Enum):
    """One reason each; the lower-case name is the stable code, the value the message."""

    MISSING = "找不到要读取的文件，请重新上传。"
    EMPTY = "文件是空的，没有任何内容。请检查是否选错了文件，填写后再上传。"
    TOO_LARGE = "文件超过 {limit} MiB，无法接收。请按时间或批次拆成几个文件分别上传。"
    TOO_MANY_ROWS = "文件超过 {limit} 行，无法一次接收。请拆成几个文件分别上传。"
    TOO_MANY_COLUMNS = "表头超过 {limit} 列。请只保留模板中的列，再上传。"
    NO_ROWS = "表里没有任何文字。请把数据填在第一个工作表中，第一行写列名，再上传。"
    ONLY_HIDDEN_SHEETS = "工作簿里可见的工作表都是空的，数据在隐藏的工作表中。请取消隐藏，再上传。"

    HTML = "这个文件其实是网页(HTML)，只是扩展名像表格，无法可靠读取。" + SAVE_AS
    XML_SPREADSHEET = "这个文件是 XML 表格（2003 年格式），无法读取。" + SAVE_AS
    WEB_ARCHIVE = "这个文件其实是网页存档(MHT)。" + SAVE_AS
    RICH_TEXT = "这是 RTF 文档，不是表格。请把表格复制到 Excel 或 WPS 表格中，存为 .xlsx 再上传。"
    JSON_FILE = "这是 JSON 文件，不是表格。请上传 .xlsx、.xls 或 .csv 文件。"
    PDF = "这是 PDF 文档，无法从中读取表格。请上传原来的表格文件（.xlsx、.xls 或 .csv）。"
    IMAGE = "这是图片，无法从中读取表格。请上传原来的表格文件（.xlsx、.xls 或 .csv）。"
    COMPRESSED = "这是压缩包。请先解压，再上传里面的表格文件（.xlsx、.xls 或 .csv）。"
    WORD = (
        "这是文字处理文档（Word、WPS 文字），不是表格。请把表格复制到 Excel 中，存为 .xlsx 再上传。"
    )
    SLIDES = "这是演示文稿，不是表格。请上传表格文件（.xlsx、.xls 或 .csv）。"
    BINARY_WORKBOOK = "这是 Excel 二进制工作簿(.xlsb)，暂不支持。" + SAVE_AS
    OPEN_DOCUMENT = "这是 OpenDocument 文件（如 .ods），暂不支持。" + SAVE_AS
    OLD_EXCEL = "这是很旧的 Excel 文件（Excel 95 以前），暂不支持。" + SAVE_AS
    LOCKED = "文件设有打开密码，系统无法读取。请在 Excel 或 WPS 中取消密码并保存，再上传。"
    UNRECOGNISED = "认不出这个文件的格式。请上传 .xlsx、.xls 或 .csv 文件。"

    DAMAGED = "文件已损坏或不完整，无法读取。请用 Excel 或 WPS 打开检查，另存为新文件再上传。"
    TOO_HEAVY = (
        "工作簿过大或范围异常（例如最右或最下方有零散内容），系统读不下。"
        "请把要上报的数据复制到新的工作簿，或拆成几个文件，再上传。"
    )
    SUSPICIOUS_ZIP = "文件内部的压缩数据不正常，为安全起见不予读取。" + SAVE_AS
    EMBEDDED_FILE = "工作簿里嵌有其他文件或附件。请删除嵌入的对象，只保留表格数据，再上传。"

    UTF16_WITHOUT_MARK = "文件是没有标记的 UTF-16 编码。请存为 UTF-8 编码的 .csv 或 .xlsx 再上传。"
    BROKEN_BYTES = (
        "第 {row} 行有无法识别的字节，文件可能已损坏或混用了几种编码。"
        "请从原系统重新导出，存为 UTF-8 或 GB18030 编码，再上传。"
    )
    NUL_BYTES = "第 {row} 行有空字节，文件可能已损坏。请从原系统重新导出，再上传。"
    ENDLESS_LINE = "第 {row} 行过长，不像是表格的一行。请检查换行符，或存为 .xlsx 再上传。"
    FULL_WIDTH_COMMA = "列名之间用的是全角符号「{mark}」。请改用半角逗号，或存为 .xlsx 再上传。"
    UNPAIRED_QUOTE = (
        "从第 {row} 行开始双引号没有配对，后面的行无法分开。"
        "请检查这一行的双引号（单元格内的双引号要写成两个），或存为 .xlsx 再上传。"
    )

    NO_NAME_COLUMN = (
        "认不出哪一列写的是名称，第 {row} 行又没有统一社会信用代码：这样会漏查，所以整份没有查。"
        "文件的列名是：{titles}。请把写名称的那一列的列名改为“企业名称”，"
        "写代码的改为“统一社会信用代码”，再上传。"
    )
    TWO_NAME_COLUMNS = (
        "有不止一列像是名称：{titles}。不知道查哪一列，所以整份没有查。"
        "请只留下要查的一列，或者把每个名称单独写成一行，再上传。"
    )
    SHIFTED_ROW = (
        "第 {row} 行的列数比列名多，各列可能已经错位：这样会查错，所以整份没有查。"
        "请给含逗号的内容加英文双引号，或存为 .xlsx 再上传。"
    )

    def error(self, **facts: object) -> UnusableFile:
        """The exception to raise, its message filled with the facts."""
        return UnusableFile(self.name.lower(), self.value.format(**facts))
