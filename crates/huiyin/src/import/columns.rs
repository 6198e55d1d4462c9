//! Which column holds what: known names need no map, others are named with `--map`.

use crate::stop::Stop;
use std::sync::Arc;

/// What a column of a file of cases may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The number it had before.
    Id,
    /// When it came in.
    Time,
    /// One sentence.
    Title,
    /// In detail.
    Body,
    /// The answer.
    Reply,
    /// When it was answered.
    ReplyTime,
    /// The category by id or name.
    Category,
    /// The kind by id or name.
    Kind,
    /// The unit that handled it, by id, name or alias.
    Unit,
    /// The place by id or name.
    Place,
    /// Floor and room.
    Room,
    /// The channel by id or name.
    Channel,
    /// Whether everybody could read title and text where it was before.
    Public,
}

/// Every field: its name in `--map`, and the column names that mean it without one.
const FIELDS: [(Field, &str, &[&str]); 13] = [
    (Field::Id, "id", &["编号", "序号", "留言编号"]),
    (Field::Time, "time", &["时间", "提交时间", "反映时间", "留言时间"]),
    (Field::Title, "title", &["标题", "主题", "留言主题", "反映问题"]),
    (Field::Body, "body", &["内容", "详情", "正文", "反映内容", "留言详情"]),
    (Field::Reply, "reply", &["答复", "回复", "答复意见", "办理情况"]),
    (Field::ReplyTime, "reply_time", &["答复时间", "回复时间"]),
    (Field::Category, "category", &["label", "类别", "分类", "一级标签", "一级分类"]),
    (Field::Kind, "kind", &["类型", "诉求类型"]),
    (Field::Unit, "unit", &["单位", "承办单位"]),
    (Field::Place, "place", &["地点"]),
    (Field::Room, "room", &["房间", "具体位置"]),
    (Field::Channel, "channel", &["渠道", "反映渠道"]),
    (Field::Public, "public", &["公开", "是否公开"]),
];

/// What `huiyin import cases --help` says about columns.
pub const CASE_FIELDS_HELP: &str = "\
Fields: id, time, title, body, reply, reply_time, category, kind, unit, place, room, channel, public.
Columns of these names, or of their usual Chinese names, need no --map; other columns are not read. Times without an
offset are Beijing time. Rows without a time are spread over the past year. Who wrote is never taken over. A row
whose public says 是, 公开, yes or 1 is shown to everybody as it stands, so leave it out where names may stand in the text.";

/// What `huiyin import roster --help` says about columns.
pub const ROSTER_FIELDS_HELP: &str = "\
Columns: 学工号 (number) and 姓名 (name) must be there; 身份 (kind), 单位 (department), 职责 (duties), 邮箱 (email),
手机 (phone), 初始密码 (password) may be. Duties are written as 承办员（后勤管理处）、校领导（校长）. The number finds a person; nobody
is removed by being left out.";

/// Which column holds what.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    mapped: Vec<(String, Field)>,
}

impl Columns {
    /// From `--map column=field` options. Columns that are mapped must be there, if the file says which it has.
    pub fn mapped(options: &[String], heading: Option<&[Arc<str>]>) -> Result<Columns, Stop> {
        let mut mapped = Vec::new();
        for option in options {
            let Some((column, word)) = option.split_once('=') else {
                return Err(Stop::wrong_use(format!(
                    "--map {option}: write COLUMN=FIELD, such as 反映内容=body"
                )));
            };
            let Some((field, ..)) = FIELDS.iter().find(|(_, name, _)| *name == word) else {
                let known: Vec<&str> = FIELDS.iter().map(|(_, name, _)| *name).collect();
                return Err(Stop::wrong_use(format!(
                    "--map {option}: there is no field “{word}”; fields are {}",
                    known.join(", ")
                )));
            };
            if heading.is_some_and(|columns| columns.iter().all(|known| **known != *column)) {
                let known: Vec<&str> = heading.unwrap_or_default().iter().map(|column| &**column).collect();
                return Err(Stop::wrong_use(format!(
                    "--map {option}: the file has no column “{column}”; it has {}",
                    known.join(", ")
                )));
            }
            mapped.push((column.to_owned(), *field));
        }
        Ok(Columns { mapped })
    }

    /// What a column holds, if anything that is taken over.
    pub fn field(&self, column: &str) -> Option<Field> {
        if let Some((_, field)) = self.mapped.iter().find(|(mapped, _)| mapped == column) {
            return Some(*field);
        }
        let known = FIELDS.iter().find(|(_, name, others)| *name == column || others.contains(&column));
        // A field that was mapped to another column is not read from this one too.
        known.map(|(field, ..)| *field).filter(|field| self.mapped.iter().all(|(_, taken)| taken != field))
    }

    /// Whether any of these columns holds what a case cannot be without.
    pub fn tell_a_case(&self, heading: &[Arc<str>]) -> bool {
        heading.iter().any(|column| matches!(self.field(column), Some(Field::Title | Field::Body)))
    }
}
