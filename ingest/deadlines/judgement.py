"""Whether a date with its lead is a deadline of a task, or only tells of a plan, a target or the past."""

from __future__ import annotations

import re
from datetime import date

from ingest.deadlines import context, lexicon
from ingest.deadlines.context import Words
from ingest.deadlines.leads import Lead, in_field
from ingest.deadlines.moments import Moment
from ingest.deadlines.recurrences import Every

# Time that only counts or holds: "tính đến ngày", "có hiệu lực đến", "gia hạn đến".
_NOT_DUE = re.compile(
    r"""(?<!\w)(?: tính | l[ũu]y[ ]kế | luỹ[ ]kế | cộng[ ]dồn | số[ ]liệu | hiệu[ ]lực(?:[ ]thi[ ]hành)? | gia[ ]hạn
        | kéo[ ]dài | giá[ ]trị | sinh | (?<!định[ ])kỳ[ ]báo[ ]cáo | giai[ ]đoạn | thời[ ]kỳ | nhiệm[ ]kỳ | tầm[ ]nhìn
        | định[ ]hướng | tần[ ]suất )[ ]?:?[ ](?:\w+[ ]){0,2}$""",
    re.VERBOSE,
)
_HAPPENED = re.compile(r"(?<!\w)(?:đã|được|bị|vừa)(?: [^\W\d]+){0,3} $")
_NOT_DONE = re.compile(r"(?<!\w)(?:đã|vừa|chưa|không|không thể|việc chưa) $")
_MUST = re.compile(r"(?<!\w)(?:phải|cần|bảo đảm|đảm bảo) (?:được|bị)(?: [^\W\d]+){0,3} $")
_SENDS = re.compile(rf"(?<!\w)(?: báo[ ]cáo | gửi | nộp | {lexicon.SUBMIT} | hoàn[ ]thành | xong )(?!\w)", re.VERBOSE)
_SHARE = re.compile(r" (?:số|tổng|thành viên|đại biểu|diện tích|hộ|dân số|chỉ tiêu|đơn vị|tiêu chí)(?!\w)")
_TELLS = re.compile(
    r"""(?<!\w)(?: đã | đều | ước | mặc[ ]dù | tăng(?![ ]cường) | giảm(?![ ]nghèo|[ ]thiểu) | đạt | trường[ ]hợp | nếu
        | số[ ]vụ | số[ ]người | tỷ[ ]lệ | tỉ[ ]lệ | phấn[ ]đấu )(?!\w)""",
    re.VERBOSE,
)
_STATE = re.compile(r" ?,? ?(?:chưa|đã|còn|đang)(?!\w)")
_QUALIFIES = re.compile(r"[ ,)]*(?:của|bao gồm|gồm|tính từ|được|là|theo giai đoạn)(?!\w)|[ ,)]*(?:từ )?\d")
_ISSUES = re.compile(
    rf"(?<!\w)(?:ban[ ]hành|{lexicon.SUBMIT}|phê[ ]duyệt|xây[ ]dựng|hoàn[ ]thiện|lập)(?:[ ]\w+){{0,6}}"
    rf"[ ](?:{lexicon.PAPER})(?![ ](?:{lexicon.ORDER}))[^;]*$",
    re.VERBOSE,
)
_RATES = re.compile(r"(?:đánh giá|xếp loại|bình xét) ?$")
_LIFE = re.compile(r"(?:đời sống|cuộc sống|sinh hoạt|công việc|hoạt động) $")


def is_due(text: str, moment: Moment, tail: Every | None, lead: Lead, signed: date | None, *, whole: bool) -> bool:
    """Whether the moment, led by `lead`, is a deadline. `whole`: the text is this phrase and no more."""
    if whole or lead.field:
        return moment.worded or moment.dated or bool(lead.words)
    passed = _has_passed(moment, signed)
    if moment.open or lead.words.startswith(("tính từ", "kể từ")):
        return False
    if lead.bare:
        return not passed and tail is None and _stands_alone(text, moment, signed)
    if moment.unit == "year" and text[max(0, moment.start - 2) : moment.start].rstrip()[-1:].isdigit():
        return False  # "03 năm 2026 - 2028"
    sentence = context.before(text, lead.start)
    rest = context.after(text, tail.end if tail else moment.end)
    if _NOT_DUE.search(sentence[-60:]) or (not moment.worded and not _is_date(moment, lead, rest)):
        return False
    if tail is not None:
        return not _STATE.match(rest)
    if moment.rule == "this period":
        return lead.finish and "trong" in lead.words
    if lead.strong:
        return _after_head(sentence, rest, moment, lead)
    if lead.before:
        return _after_before(Words.of(sentence).last_phrase(), moment, passed=passed)
    if passed or (lead.fixed and not lead.words) or (lead.words.strip() == "từ" and moment.rule != "range"):
        return False
    return _is_governed(Words.of(sentence), Words.of(rest), moment, lead, signed)


def recurs(text: str, every: Every) -> bool:
    """Whether a task recurs; false where the words describe a plan, a fund, a rating or a target."""
    if in_field(text, every.start):
        return True
    sentence, rest = context.before(text, every.start), context.after(text, every.end)
    if context.is_opening(sentence):
        return not _TELLS.search(rest[:60])
    if _QUALIFIES.match(rest) or _LIFE.search(sentence):
        return False
    words = Words.of(sentence)
    if every.fixed:
        return not words.touched_by("paper", within=0)
    if words.last_phrase().sets_target or not words.touched_by("order", "finish", within=5):
        return False
    return not (_RATES.search(sentence[: words.heads[-1].end]) and context.is_purpose(sentence))


def _has_passed(moment: Moment, signed: date | None) -> bool:
    """Whether it lies before the signature. "9 tháng đầu năm" in November are those that have passed."""
    if signed is None or moment.last is None:
        return False
    return moment.last < signed or (moment.unit == "half-year" and not moment.dated and moment.last.year > signed.year)


def _is_date(moment: Moment, lead: Lead, rest: str) -> bool:
    """Whether bare figures are a date: "trước 15/10", and not "hoàn thành 10/12 chỉ tiêu"."""
    if _SHARE.match(rest):
        return False
    return moment.dated or lead.before or (lead.strong and not lead.finish)


def _stands_alone(text: str, moment: Moment, signed: date | None) -> bool:
    """Without a lead: "(quý IV/2025)" after an order, or "Tháng 12/2025: tổ chức ..." at the beginning."""
    if moment.unit not in ("day", "month", "quarter") or not moment.worded or not moment.dated:
        return False
    sentence = context.before(text, moment.start)
    if sentence.endswith("(") and text[moment.end : moment.end + 1] == ")" and moment.unit != "day":
        words = Words.of(sentence)
        return words.orders and not words.last_phrase().has("past")
    if not context.is_opening(sentence) or signed is None or not moment.first or moment.first <= signed:
        return False
    rest = Words.of(context.after(text, moment.end).lstrip(" ,:")[:40])
    if not rest.heads or rest.heads[0].kind not in ("order", "finish"):
        return False
    return len(rest.text[: rest.heads[0].end].split()) <= 3


def _after_head(sentence: str, rest: str, moment: Moment, lead: Lead) -> bool:
    """After "hoàn thành", "chậm nhất", "hạn": always, but for what was finished and what is a figure."""
    if lead.finish:
        return not _NOT_DONE.search(sentence)
    return moment.unit != "year" or not Words.of(rest).first_phrase().sets_target


def _after_before(phrase: Words, moment: Moment, *, passed: bool) -> bool:
    """After "trước": always, but for what happened ("được cấp trước ngày") and days that have passed."""
    if _HAPPENED.search(phrase.text) and not _MUST.search(phrase.text):
        return False
    sends = _SENDS.search(phrase.text) is not None
    if passed:
        return sends and not phrase.has("past")
    return moment.unit != "year" or sends or phrase.nearest == "order"


def _is_governed(sentence: Words, rest: Words, moment: Moment, lead: Lead, signed: date | None) -> bool:
    """After "trong", "vào", "đến", "từ ... đến": only when an order governs the date."""
    phrase, follow = sentence.last_phrase(), rest.first_phrase()
    finished = phrase.has("finish")
    may_be_past = signed is None or moment.first is None or moment.first <= signed
    if may_be_past and phrase.has("past"):
        return False
    if not finished and _aims(sentence, phrase, follow, moment, lead):
        return False
    long = moment.unit in ("year", "half-year")
    if long and lead.until and not lead.now:
        return finished or follow.until(30).has("finish")
    if context.is_opening(sentence.text):
        return rest.orders and not _TELLS.search(rest.text[:80])
    if long or lead.now:
        return _governs(sentence, rest, now=lead.now)
    described = sentence.touched_by("matter") and not lead.words.startswith(("vào", "dự kiến vào"))
    return not described or finished


def _aims(sentence: Words, phrase: Words, follow: Words, moment: Moment, lead: Lead) -> bool:
    """Whether the date belongs to a target. "100%" is one only with a year or "đến": else it is a scope."""
    scope = sentence.last_clause() if moment.unit == "year" else phrase
    if moment.unit == "year" or lead.until:
        return scope.sets_target or follow.sets_target
    return scope.has("target") or follow.has("target")


def _governs(sentence: Words, rest: Words, *, now: bool) -> bool:
    """Whether the nearest word that can govern a long stretch of time is an order."""
    if sentence.nearest == "matter":
        return sentence.has("finish") and not now
    if sentence.nearest == "paper":
        return not now and (sentence.has("finish") or _ISSUES.search(sentence.text) is not None)
    if sentence.nearest is None:
        return rest.orders and not _TELLS.search(rest.text[:60])
    return sentence.nearest in ("order", "finish")
