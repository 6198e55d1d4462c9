//! Bad presets: each fault is named with its line, all of them at once, in words an administrator understands.

use huiyin_domain::Complaint;
use huiyin_domain::policy;
use huiyin_domain::shipped;

fn complaints(text: &str) -> Vec<Complaint> {
    policy::parse(text, "mine.toml").err().unwrap_or_default()
}

/// One slip of the pen in the default preset: what stood there, what stands there now, at which of the new words the
/// complaint points, and what it says.
struct Slip {
    was: &'static str,
    is: &'static str,
    points_at: &'static str,
    says: &'static str,
}

const fn slip(was: &'static str, is: &'static str, points_at: &'static str, says: &'static str) -> Slip {
    Slip { was, is, points_at, says }
}

const SLIPS: &[Slip] = &[
    // Not TOML.
    slip("office.opens = \"08:00\"", "office.opens = \"08:00", "office.opens", "不是正确的 TOML 写法"),
    slip("hours = 48\n", "hours = 48\nhours = 24\n", "hours = 48\nhours = 24", "同一个键写了两次"),
    slip("[urging]", "[urging", "[urging", "不是正确的 TOML 写法"),
    // Keys.
    slip(
        "every_hours = 24",
        "every_hour = 24",
        "every_hour =",
        "不认识的键 urging.every_hour，是不是 every_hours",
    ),
    slip("[board]", "[bored]", "[bored]", "不认识的键 bored，是不是 board"),
    slip("sample_min = 5\n", "", "[board]", "缺少 board.sample_min"),
    slip("aliases = [", "alaises = [", "alaises = [", "不认识的键 units.alaises，是不是 aliases"),
    // Who grants what a law gives.
    slip(
        "extension_by = \"school\"",
        "extension_by = \"council\"",
        "\"council\"",
        "没有「council」，可以写：head、school",
    ),
    slip(
        "days = 30\nfiling_days = 30",
        "days = 30\nextension_by = \"school\"\nfiling_days = 30",
        "extension_by = \"school\"\nfiling_days = 30",
        "教职工复核没有写可以延长几天（extension_days），不用写由谁批",
    ),
    slip("follow_up_calls = 3", "follow_up_calls = 30", "follow_up_calls = 30", "应在 0 到 10 之间"),
    // Types and bounds.
    slip("hours = 48", "hours = \"48\"", "hours = \"48\"", "limits.hours 应是整数"),
    slip("hours = 48", "hours = 0", "hours = 0", "limits.hours 应在 1 到 2160 之间，写的是 0"),
    slip("working_days = 3", "working_days = 300", "working_days = 300", "应在 1 到 90 之间，写的是 300"),
    slip(
        "[rating]\ndays = 7",
        "[rating]\ndays = -7",
        "[rating]\ndays = -7",
        "rating.days 应在 1 到 90 之间，写的是 -7",
    ),
    slip("count_max = 9", "count_max = 90", "count_max = 90", "应在 1 到 20 之间"),
    slip(
        "same_day = true",
        "same_day = \"yes\"",
        "same_day = \"yes\"",
        "limits.same_day 应是开关值（true 或 false）",
    ),
    slip("colour = 1", "colour = 6", "colour = 6", "kinds.colour 应在 1 到 5 之间，写的是 6"),
    slip(
        "identity = \"sealed\"",
        "identity = \"secret\"",
        "\"secret\"",
        "没有「secret」，可以写：open、sealed、anonymous",
    ),
    slip(
        "clock = \"first_reply\"",
        "clock = \"reply\"",
        "clock = \"reply\"",
        "没有「reply」，可以写：acknowledge、first_reply、result",
    ),
    slip(
        "[\"transfer\"]",
        "[\"transfer\", \"forward\"]",
        "\"forward\"",
        "没有「forward」，可以写：direct、transfer、refer",
    ),
    slip(
        "school.name = \"示范大学\"",
        "school.name = \" \"",
        "school.name = \" \"",
        "school.name 不能是空的",
    ),
    slip(
        "id = \"room-code\"",
        "id = \"Room Code\"",
        "\"Room Code\"",
        "channels.id 只能用小写字母、数字和连字符",
    ),
    slip(
        "office.closes = \"18:00\"",
        "office.closes = \"六点\"",
        "六点",
        "office.closes 应写成 18:00 的样子，写的是「六点」",
    ),
    slip("from = 2025-09-01", "from = \"去年九月\"", "去年九月", "terms.from 应是日期"),
    slip(
        "crisis_words = [",
        "crisis_words = []\nold_words = [",
        "crisis_words = []",
        "safety.crisis_words 至少要写一项",
    ),
    slip("\"断网\"", "\"网\"", "\"网\"", "「网」只有一个字"),
    slip("\"断网\"", "\"网络\"", "\"网络\", \"无线\", \"网络\"", "categories.words 里「网络」写了两次"),
    // Pointers.
    slip(
        "school.coordinator = \"office\"",
        "school.coordinator = \"offices\"",
        "\"offices\"",
        "coordinator 指向的单位「offices」不在",
    ),
    slip("unit = \"library\"", "unit = \"libary\"", "unit = \"libary\"", "unit 指向的单位「libary」不在"),
    slip(
        "assisting = [\"residence\", \"security\"]",
        "assisting = [\"construction\"]",
        "[\"construction\"]",
        "已是主办单位",
    ),
    slip("owner = \"publicity\"", "owner = \"press\"", "owner = \"press\"", "owner 指向的单位「press」不在"),
    slip(
        "leader = \"discipline-secretary\"",
        "leader = \"judge\"",
        "leader = \"judge\"",
        "leader 指向的岗位「judge」不在",
    ),
    slip(
        "parent = \"logistics\"",
        "parent = \"kitchen\"",
        "parent = \"kitchen\"",
        "parent 指向的单位「kitchen」不在",
    ),
    slip(
        "aliases = [\"后勤处\", \"后勤\"], leader = \"deputy-services\"",
        "aliases = [\"后勤处\", \"后勤\"], parent = \"catering\"",
        "parent = \"catering\"",
        "后勤管理处的上级绕了一圈",
    ),
    slip(
        "kinds = [\"repair\"]\nclause",
        "kinds = [\"repairs\"]\nclause",
        "[\"repairs\"]",
        "kinds 指向的类型「repairs」不在",
    ),
    slip(
        "name = \"图书馆\", leader",
        "name = \"图书馆\", closed = true, leader",
        "unit = \"library\"",
        "unit 指向的「图书馆」已停用",
    ),
    slip(
        "id = \"canteen-2\"",
        "id = \"canteen-1\"",
        "\"canteen-1\", name = \"第二食堂\"",
        "id「canteen-1」前面已经用过",
    ),
    slip(
        "aliases = [\"校工会\"]",
        "aliases = [\"团委\"]",
        "aliases = [\"团委\"]",
        "「团委」已是单位 youth-league 的名称",
    ),
    slip("name = \"校长\", head = true", "name = \"校长\"", "leaders = [\n", "要有一个写上 head = true"),
    slip(
        "id = \"secretary\", name = \"党委书记\"",
        "id = \"secretary\", name = \"党委书记\", head = true",
        "name = \"校长\", head",
        "主要负责人只能有一个岗位",
    ),
    // Orders that cannot hold.
    slip("office.closes = \"18:00\"", "office.closes = \"07:00\"", "office.closes", "下班时间要晚于上班时间"),
    slip(
        "hours = 48\n",
        "hours = 48\nworking_days = 2\n",
        "id = \"result-repair\"",
        "恰好写一个，现在写了 2 个",
    ),
    slip("hours = 48\n", "", "id = \"result-repair\"", "恰好写一个，现在写了 0 个"),
    slip(
        "routes = [\"refer\"]",
        "routes = [\"transfer\"]",
        "id = \"result-refer\"",
        "永远用不上：前面的 result-transfer",
    ),
    slip(
        "routes = [\"refer\"]",
        "routes = [\"transfer\"]",
        "id = \"acknowledge-critical\"",
        "缺少路线 refer 上对所有类型都适用的 result 时限",
    ),
    slip(
        "hours = 12\n",
        "hours = 12\nurgencies = [\"normal\"]\n",
        "id = \"acknowledge-critical\"",
        "缺少对所有类型都适用的 acknowledge 时限",
    ),
    slip(
        "hours = 12\n",
        "hours = 12\nroutes = [\"direct\"]\n",
        "routes = [\"direct\"]",
        "受理时还没有分路线",
    ),
    slip("[24, 4, 0]", "[4, 24, 0]", "[4, 24, 0]", "提醒要从早到晚写"),
    slip("level = \"coordinator\"", "level = \"unit_head\"", "[[supervision.ladder]]", "督办要逐级上升"),
    slip("hours_after = 72", "hours_after = 24", "[[supervision.ladder]]", "超时的小时数要更大"),
    slip("number = \"12356\"", "number = \"打总机\"", "[[safety.phones]]", "号码「打总机」拨不出去"),
    slip("until = 2026-01-18", "until = 2026-03-08", "id = \"2025-2026-2\"", "与前一个学期重叠"),
    slip("until = 2026-01-18", "until = 2025-08-18", "until = 2025-08-18", "最后一天要晚于第一天"),
    slip(
        "restricted = true\nnote = \"只有",
        "restricted = true\npublic = true\nnote = \"只有",
        "public = true\nnote = \"只有",
        "举报是受限类型，不能提议公开",
    ),
    slip(
        "restricted = true\nnote = \"转交",
        "restricted = true\ndispatches_itself = true\nnote = \"转交",
        "dispatches_itself = true\nnote = \"转交",
        "申诉是受限类型，不能自动派单",
    ),
    // How long what is kept.
    slip(
        "contact_days = 1095\n",
        "contact_days = 30\n",
        "[[retention.rules]]",
        "35 天内本人还可以评价、回答效果或要求重办",
    ),
    slip("contact_days = 1095\n", "contact_days = 4000\n", "[[retention.rules]]", "保存期限要从短到长"),
    slip(
        "kinds = [\"report\", \"appeal\"]\ncontact",
        "kinds = [\"rumour\"]\ncontact",
        "[[retention.rules]]",
        "类型「rumour」不在",
    ),
    slip("notice_days = 14", "notice_days = 0", "notice_days = 0", "应在 1 到 90 之间"),
];

/// The line on which the last line of the words stands.
fn line_of(text: &str, words: &str) -> usize {
    let at = text.find(words).unwrap_or_else(|| panic!("“{words}” does not stand in the text"));
    text[..at + words.len()].matches('\n').count() + 1
}

#[test]
fn every_slip_of_the_pen_is_named_with_its_line() {
    let good = shipped::preset_text("campus").unwrap();
    let mut unnamed = Vec::new();
    for Slip { was, is, points_at, says } in SLIPS {
        assert!(good.contains(was), "“{was}” does not stand in the preset");
        let bad = good.replacen(was, is, 1);
        let complaints = complaints(&bad);
        let line = line_of(&bad, points_at);
        // A table written as a block begins one line above its first key.
        let heading = line.saturating_sub(1);
        let is_named = |one: &Complaint| {
            one.file == "mine.toml" && (one.line == line || one.line == heading) && one.reason.contains(says)
        };
        if !complaints.iter().any(is_named) {
            unnamed.push(format!("“{was}” → “{is}”: line {line}: {says}\n{complaints:#?}"));
        }
    }
    assert!(unnamed.is_empty(), "{}", unnamed.join("\n\n"));
}

#[test]
fn all_faults_of_a_preset_are_said_at_once_in_the_order_of_their_lines() {
    let good = shipped::preset_text("campus").unwrap();
    let bad = good
        .replacen("colour = 3", "colour = 30", 1)
        .replacen("owner = \"publicity\"", "owner = \"press\"", 1)
        .replacen("every_hours = 24", "every_hours = true", 1)
        .replacen("school.promise", "school.promises", 1);
    let complaints = complaints(&bad);
    assert_eq!(complaints.len(), 5, "{complaints:#?}");
    assert!(complaints.is_sorted_by_key(|one| one.line), "{complaints:#?}");
    let shown = complaints[0].to_string();
    assert!(
        shown.starts_with("mine.toml 第 5 行：缺少 school.promise")
            || shown.starts_with("mine.toml 第 6 行："),
        "{shown}"
    );
}

#[test]
fn a_preset_on_a_base_is_complained_of_in_the_file_that_has_the_fault() {
    let unknown = complaints("based_on = \"campuss\"\n");
    assert_eq!(unknown[0].to_string(), "mine.toml 第 1 行：没有名为「campuss」的预设可以作底本");
    let on_a_stack = complaints("based_on = \"echo-wall\"\n");
    assert!(on_a_stack[0].reason.contains("底本自己也有底本"), "{on_a_stack:?}");
    let own = complaints("based_on = \"campus\"\nboard.sample_min = 0\ncolour = 1\n");
    assert_eq!(
        own.iter().map(|one| (one.file.as_str(), one.line)).collect::<Vec<_>>(),
        [("mine.toml", 2), ("mine.toml", 3)]
    );
    // Leaving a unit out breaks what points at it, and the pointer stands in the base.
    let orphans = complaints("based_on = \"campus\"\nunits = [{ id = \"office\", name = \"办公室\" }]\n");
    assert!(
        orphans.iter().any(|one| one.file == "presets/campus.toml" && one.reason.contains("「logistics」"))
    );
}

#[test]
fn an_empty_file_is_told_every_section_it_lacks() {
    let reasons: Vec<String> = complaints("").into_iter().map(|one| one.reason).collect();
    for section in ["school", "office", "kinds", "units", "limits", "supervision", "rating", "safety"] {
        assert!(reasons.iter().any(|reason| reason.contains(section)), "{section}: {reasons:#?}");
    }
}

#[test]
fn no_text_whatever_makes_reading_panic() {
    let good = shipped::preset_text("campus").unwrap();
    // From the first procedure of the law on a school may have as many as it likes: cut there it may still be whole.
    let needed = good.find("[[statutory]]").expect("campus has procedures of the law");
    for end in (0..good.len()).step_by(503).filter(|end| good.is_char_boundary(*end)) {
        let is_read = policy::parse(&good[..end], "cut.toml").is_ok();
        assert!(!is_read || end > needed, "cut at {end} of {needed}");
    }
    for nonsense in
        ["\u{0}", "[", "a = 99999999999999999999", "units = 1", "units = [1]", "school = []", "kinds = [{}]"]
    {
        assert!(policy::parse(nonsense, "nonsense.toml").is_err(), "{nonsense}");
    }
}
