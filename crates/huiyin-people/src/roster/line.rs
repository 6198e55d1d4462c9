//! One line of a roster: a person with their duties, or what is wrong with it.

use super::RosterTrouble;
use super::sheet::Row;
use crate::identity::{PersonEntry, PersonKind};
use huiyin_domain::access::{Duty, Role};
use huiyin_domain::ids::UnitId;
use huiyin_domain::policy::Policy;
use huiyin_foundation::passwords;
use huiyin_foundation::say;

/// What a column can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// 学工号
    Number,
    /// 姓名
    Name,
    /// 身份: 学生 or 教职工.
    Kind,
    /// 单位 or college.
    Department,
    /// 职责: one or several, as 承办员、单位负责人（后勤管理处）.
    Duties,
    /// 邮箱
    Email,
    /// 手机
    Phone,
    /// 初始密码
    FirstPassword,
}

/// Names under which a column is known; the first is the one shown, the last the one for `--map`.
const NAMES: [(Field, &[&str]); 8] = [
    (Field::Number, &["学工号", "学号", "工号", "学号/工号", "职工号", "number"]),
    (Field::Name, &["姓名", "名字", "name"]),
    (Field::Kind, &["身份", "类别", "人员类别", "kind"]),
    (Field::Department, &["单位", "部门", "学院", "院系", "所在单位", "department"]),
    (Field::Duties, &["职责", "角色", "岗位", "duties"]),
    (Field::Email, &["邮箱", "电子邮箱", "email"]),
    (Field::Phone, &["手机", "手机号", "电话", "联系电话", "phone"]),
    (Field::FirstPassword, &["初始密码", "密码", "password"]),
];

const NUMBER_CHARS_MAX: usize = 32;
const WORDS_CHARS_MAX: usize = 60;

impl Field {
    fn from_name(name: &str) -> Option<Field> {
        let name = name.trim().to_lowercase();
        NAMES.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(field, _)| *field)
    }

    /// The names of all columns, for messages.
    pub fn known_names() -> String {
        let shown: Vec<&str> = NAMES.iter().filter_map(|(_, names)| names.first().copied()).collect();
        shown.join("、")
    }
}

/// Which column holds what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Columns(Vec<(Field, usize)>);

impl Columns {
    /// Columns by their names, the caller's map first.
    pub(super) fn of(header: &[String], map: &[(String, String)]) -> Result<Columns, RosterTrouble> {
        let mut columns = Vec::new();
        for (column, field) in map {
            let place = header.iter().position(|name| name == column);
            let place = place.ok_or_else(|| RosterTrouble::WrongMap(format!("表头里没有“{column}”一列")))?;
            let known = Field::from_name(field).ok_or_else(|| {
                RosterTrouble::WrongMap(format!("没有“{field}”这个字段；认得：{}", Field::known_names()))
            })?;
            columns.push((known, place));
        }
        for (place, name) in header.iter().enumerate() {
            if let Some(field) = Field::from_name(name)
                && columns.iter().all(|(taken, at)| *taken != field && *at != place)
            {
                columns.push((field, place));
            }
        }
        let columns = Columns(columns);
        for (field, name) in [(Field::Number, "学工号"), (Field::Name, "姓名")] {
            if !columns.has(field) {
                return Err(RosterTrouble::MissingColumn(name));
            }
        }
        Ok(columns)
    }

    fn has(&self, field: Field) -> bool {
        self.0.iter().any(|(known, _)| *known == field)
    }

    fn cell<'r>(&self, row: &'r Row, field: Field) -> &'r str {
        let place = self.0.iter().find(|(known, _)| *known == field).map(|(_, place)| *place);
        place.and_then(|place| row.cells.get(place)).map_or("", String::as_str)
    }
}

/// A line that can be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) person: PersonEntry,
    /// None where the file has no column of duties.
    pub(super) duties: Option<Vec<Duty>>,
    pub(super) first_password: Option<String>,
}

/// Reads a line, or says what is wrong with it.
pub(super) fn read(row: &Row, columns: &Columns, policy: &Policy) -> Result<Entry, String> {
    let cell = |field| columns.cell(row, field);
    let (number, name) = (cell(Field::Number), cell(Field::Name));
    if number.is_empty() {
        return Err("没有学工号".to_owned());
    }
    if number.chars().count() > NUMBER_CHARS_MAX || number.chars().any(char::is_whitespace) {
        return Err(format!("学工号“{number}”太长或中间有空格"));
    }
    if name.is_empty() {
        return Err(format!("{number} 没有姓名"));
    }
    for (field, words) in [("姓名", name), ("单位", cell(Field::Department))] {
        if words.chars().count() > WORDS_CHARS_MAX {
            return Err(format!("{field}超过 {WORDS_CHARS_MAX} 字"));
        }
    }
    let department = cell(Field::Department);
    let duties = duties(cell(Field::Duties), department, policy)?;
    let kind = kind(cell(Field::Kind), &duties)?;
    let email = cell(Field::Email);
    if !email.is_empty() && !email.contains('@') {
        return Err(format!("邮箱“{email}”里没有 @"));
    }
    let phone = cell(Field::Phone);
    if phone.chars().any(|c| !(c.is_ascii_digit() || "+-() ".contains(c))) || phone.len() > NUMBER_CHARS_MAX {
        return Err(format!("手机“{phone}”不像电话号码"));
    }
    let first_password = cell(Field::FirstPassword);
    let length = first_password.chars().count();
    if length > 0 && !(passwords::LENGTH_MIN..=passwords::LENGTH_MAX).contains(&length) {
        return Err(format!("初始密码至少 {} 个字", passwords::LENGTH_MIN));
    }
    let person = PersonEntry {
        number: number.to_owned(),
        name: name.to_owned(),
        kind,
        department: department.to_owned(),
        email: email.to_owned(),
        phone: phone.to_owned(),
    };
    let first_password = (length > 0).then(|| first_password.to_owned());
    Ok(Entry { person, duties: columns.has(Field::Duties).then_some(duties), first_password })
}

fn kind(word: &str, duties: &[Duty]) -> Result<PersonKind, String> {
    match word {
        "学生" | "本科生" | "研究生" | "硕士生" | "博士生" | "student" => {
            Ok(PersonKind::Student)
        }
        "教职工" | "教师" | "职工" | "教工" | "staff" => Ok(PersonKind::Staff),
        "" if duties.iter().all(|duty| duty.role == Role::Volunteer) => Ok(PersonKind::Student),
        "" => Ok(PersonKind::Staff),
        other => Err(format!("身份“{other}”认不出来，请写学生或教职工")),
    }
}

/// Duties as people write them: 承办员、单位负责人（后勤管理处）；校领导（校长）.
fn duties(words: &str, department: &str, policy: &Policy) -> Result<Vec<Duty>, String> {
    let parts =
        words.split(['、', '，', ',', '；', ';', '/', '|']).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| duty(part, department, policy)).collect()
}

fn duty(part: &str, department: &str, policy: &Policy) -> Result<Duty, String> {
    let (word, place) = match part.split_once(['（', '(', '@']) {
        Some((word, place)) => (word.trim(), place.trim_end_matches(['）', ')']).trim()),
        None => (part, ""),
    };
    let role = role(word).ok_or_else(|| format!("职责“{word}”认不出来，可以写：{}", role_names()))?;
    let (mut unit, mut post) = (None, None);
    match role {
        Role::Officer | Role::UnitHead => {
            let name = if place.is_empty() { department } else { place };
            unit = Some(unit_named(name, policy).ok_or_else(|| match name {
                "" => format!("{word}要写明单位"),
                name => format!("单位“{name}”在设置里没有，{word}要写设置里的单位名"),
            })?);
        }
        Role::Leader => {
            let name = if place.is_empty() { department } else { place };
            let leader = policy.leaders.iter().find(|leader| leader.name == name || leader.id == name);
            let leader =
                leader.ok_or_else(|| format!("校领导要写明岗位，如 校领导（{}）", example_post(policy)))?;
            post = Some(leader.id.clone());
        }
        Role::Volunteer => {
            let squad = policy.squads.iter().find(|squad| squad.name == place || squad.id.as_str() == place);
            let squad = squad.ok_or_else(|| match policy.squads.first() {
                Some(squad) => format!("服务队队员要写明队名，如 服务队队员（{}）", squad.name),
                None => "设置里还没有服务队".to_owned(),
            })?;
            post = Some(squad.id.0.clone());
        }
        Role::Clerk | Role::Supervisor | Role::Publisher | Role::Auditor | Role::Admin => {}
    }
    Ok(Duty { role, unit, post })
}

fn role(word: &str) -> Option<Role> {
    let known = Role::ALL.into_iter().find(|role| say::role(*role) == word || role.word() == word);
    known.or(match word {
        "经办人" | "办件员" | "单位管理员" => Some(Role::Officer),
        "负责人" | "部门负责人" => Some(Role::UnitHead),
        "专班" | "转办员" => Some(Role::Clerk),
        "督办" | "督办员" => Some(Role::Supervisor),
        "志愿者" | "队员" => Some(Role::Volunteer),
        "管理员" | "系统管理员" => Some(Role::Admin),
        _ => None,
    })
}

fn role_names() -> String {
    Role::ALL.map(say::role).join("、")
}

fn example_post(policy: &Policy) -> &str {
    policy.leaders.first().map_or("岗位名", |leader| &leader.name)
}

/// The open unit of this name, id or other name.
fn unit_named(name: &str, policy: &Policy) -> Option<UnitId> {
    let fits = |unit: &&huiyin_domain::policy::Unit| {
        !unit.closed
            && (unit.name == name
                || unit.id.as_str() == name
                || unit.aliases.iter().any(|alias| alias == name))
    };
    policy.units.iter().find(fits).map(|unit| unit.id.clone())
}
