//! What is known of a case when an answer begins: the names that stand between {{ and }} in a template, what each means, and
//! the check that a template asks for nothing else.

/// What is known already.
pub(in crate::desk) struct Blanks<'a> {
    /// 林晚同学; 您好 where the unit does not know who it is.
    pub salutation: &'a str,
    /// Its number.
    pub no: &'a str,
    /// Building and room.
    pub place: &'a str,
    /// The title of the case.
    pub title: &'a str,
    /// The name of its category.
    pub category: &'a str,
    /// The unit that answers.
    pub unit: &'a str,
    /// Its telephone.
    pub phone: &'a str,
    /// 11 月 25 日（周三）10:00
    pub due: &'a str,
}

/// Every name with what is filled in for it.
pub(super) const KNOWN: [(&str, &str); 8] = [
    ("称呼", "林晚同学；保密和匿名的写“您好”"),
    ("受理编号", "这件的编号"),
    ("标题", "诉求的标题"),
    ("地点", "楼宇和房间"),
    ("类别", "类别的名称"),
    ("单位", "本单位的名称"),
    ("电话", "本单位的电话"),
    ("期限", "现在这一步的期限"),
];

impl Blanks<'_> {
    fn of(&self, name: &str) -> Option<&str> {
        Some(match name {
            "称呼" => self.salutation,
            "受理编号" => self.no,
            "标题" => self.title,
            "地点" => self.place,
            "类别" => self.category,
            "单位" => self.unit,
            "电话" => self.phone,
            "期限" => self.due,
            _ => return None,
        })
    }

    /// The words with the names replaced; what is not known of this case is left for the writer as 【…】.
    pub fn fill(&self, words: &str) -> String {
        let mut filled = String::with_capacity(words.len());
        for part in parts(words) {
            match part {
                Part::Words(words) => filled.push_str(words),
                Part::Name(name) => match self.of(name).filter(|known| !known.is_empty()) {
                    Some(known) => filled.push_str(known),
                    // Without a place the sentence stands as well.
                    None if name == "地点" => {}
                    None => filled.push_str(&format!("【{name}】")),
                },
                Part::Open(rest) => filled.push_str(rest),
            }
        }
        filled
    }
}

/// What is wrong with the names in these words; empty if nothing is.
pub(super) fn complaint(words: &str) -> String {
    for part in parts(words) {
        match part {
            Part::Name(name) if !KNOWN.iter().any(|(known, _)| *known == name) => {
                let known: Vec<String> = KNOWN.iter().map(|(known, _)| format!("{{{{{known}}}}}")).collect();
                return format!("没有「{{{{{name}}}}}」这一项，能用的是：{}", known.join(""));
            }
            Part::Open(_) => return "有一处「{{」没有对应的「}}」，请补上或删去".into(),
            _ => {}
        }
    }
    String::new()
}

enum Part<'a> {
    Words(&'a str),
    Name(&'a str),
    /// A bracket that never closes, and all that follows.
    Open(&'a str),
}

fn parts(words: &str) -> Vec<Part<'_>> {
    let (mut parts, mut rest) = (Vec::new(), words);
    while let Some(at) = rest.find("{{") {
        parts.push(Part::Words(&rest[..at]));
        let Some(end) = rest[at..].find("}}") else {
            parts.push(Part::Open(&rest[at..]));
            return parts;
        };
        parts.push(Part::Name(rest[at + 2..at + end].trim()));
        rest = &rest[at + end + 2..];
    }
    parts.push(Part::Words(rest));
    parts
}
