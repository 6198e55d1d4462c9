//! The dark side bar of staff pages: what each duty finds there, in groups, with counts the room passes in.

use super::page::Seat;

/// How many lines fit at the bottom of a phone, beside the way home.
const ON_PHONE: usize = 4;

/// A line of the side bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub href: String,
    /// Its icon.
    pub icon: &'static str,
    /// What it says.
    pub words: &'static str,
    /// How many are waiting there; 0 shows nothing.
    pub count: u32,
    /// Whether the count asks for action: red digits on white.
    pub is_hot: bool,
    /// Whether the visitor is there.
    pub is_current: bool,
}

/// Lines under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The heading.
    pub heading: &'static str,
    /// The lines.
    pub links: Vec<Link>,
}

/// The side bar of one seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The unit, office or post at the top.
    pub unit: String,
    /// What the visitor is there.
    pub role: &'static str,
    /// The page this seat begins with.
    pub home: String,
    /// What is to be found.
    pub groups: Vec<Group>,
    /// Other seats of the same person.
    pub others: Vec<Seat>,
    /// Where a case is looked for by number or title.
    pub find: String,
}

impl Side {
    /// For officers of a unit.
    pub fn officer(unit_id: &str, unit_name: &str) -> Side {
        let desk = format!("/desk/{unit_id}");
        let cases = vec![
            link(&desk, "inbox", "待办件"),
            link(&format!("{desk}/field"), "wrench", "我的工单"),
            link(&format!("{desk}/done"), "circle-check", "已办结"),
            link(&format!("{desk}/shelved"), "archive", "挂账"),
            link(&format!("{desk}/search"), "search", "查询"),
            link("/staff/tasks", "flag", "未诉先办"),
            link("/staff/monthly", "calendar", "每月一题"),
        ];
        let unit = vec![
            link(&format!("{desk}/findings"), "clipboard-list", "核实整改"),
            link(&format!("{desk}/figures"), "chart-column", "办理统计"),
            link(&format!("/ledger/term?unit={unit_id}"), "file-text", "台账与汇总表"),
            link(&format!("{desk}/templates"), "pen-line", "答复范本"),
        ];
        let channels = vec![link("/register", "phone", "电话与来访登记")];
        let groups = vec![("办件", cases), ("本单位", unit), ("渠道", channels)];
        Side::new(unit_name, "承办员", desk, groups)
    }

    /// For the coordinating office.
    pub fn clerk(office_name: &str) -> Side {
        let cases = vec![
            link("/triage", "split", "受理转办"),
            link("/supervision", "bell-ring", "督办"),
            link("/follow-ups", "phone", "电话回访"),
            link("/staff/search", "search", "查询"),
        ];
        let study = vec![
            link("/staff/warnings", "flame", "热点预警"),
            link("/staff/tasks", "flag", "未诉先办"),
            link("/staff/monthly", "calendar", "每月一题"),
            link("/staff/lists", "list-checks", "问题清单"),
            link("/staff/findings", "clipboard-list", "核实整改"),
            link("/staff/quality", "shield-check", "数据质量"),
            link("/staff/samples", "search", "抽查"),
            link("/ledger/term", "file-text", "台账与汇总表"),
            link("/board", "trophy", "晒单榜"),
        ];
        let channels =
            vec![link("/register", "phone", "电话与来访登记"), link("/outside", "globe", "校外来件")];
        Side::new(
            office_name,
            "受理员",
            "/triage".to_owned(),
            vec![("统筹", cases), ("研判", study), ("渠道", channels)],
        )
        .finding_at("/staff/search")
    }

    /// For a school leader.
    pub fn leader(post_name: &str) -> Side {
        let cases = vec![
            link("/leader", "stamp", "待我批示"),
            link("/leader/instructions", "list-checks", "批示件"),
            link("/staff/search", "search", "查询"),
        ];
        let study = vec![
            link("/leader/data", "chart-column", "数据"),
            link("/staff/tasks", "flag", "未诉先办"),
            link("/staff/monthly", "calendar", "每月一题"),
            link("/board", "trophy", "晒单榜"),
            link("/staff/lists", "list-checks", "问题清单"),
            link("/staff/samples", "search", "抽查"),
            link("/ledger/term", "file-text", "汇总表"),
        ];
        Side::new(post_name, "校领导", "/leader".to_owned(), vec![("批示", cases), ("数据", study)])
            .finding_at("/staff/search")
    }

    /// For those who supervise without dispatching.
    pub fn supervisor(office_name: &str) -> Side {
        let cases = vec![
            link("/supervision", "bell-ring", "督办"),
            link("/outside", "globe", "校外来件"),
            link("/follow-ups", "phone", "电话回访"),
            link("/staff/search", "search", "查询"),
        ];
        let study = vec![
            link("/staff/warnings", "flame", "热点预警"),
            link("/staff/tasks", "flag", "未诉先办"),
            link("/staff/monthly", "calendar", "每月一题"),
            link("/staff/lists", "list-checks", "问题清单"),
            link("/staff/findings", "clipboard-list", "核实整改"),
            link("/staff/quality", "shield-check", "数据质量"),
            link("/staff/samples", "search", "抽查"),
            link("/ledger/term", "file-text", "台账与汇总表"),
            link("/board", "trophy", "晒单榜"),
        ];
        Side::new(office_name, "纪检督办", "/supervision".to_owned(), vec![("督办", cases), ("研判", study)])
            .finding_at("/staff/search")
    }

    /// For those who check what is shown to everybody.
    pub fn publisher(office_name: &str) -> Side {
        let cases = vec![
            link("/publishing", "globe", "公开审核"),
            link("/public", "megaphone", "办理公开"),
            link("/board", "trophy", "晒单榜"),
        ];
        Side::new(office_name, "公开审核", "/publishing".to_owned(), vec![("公开", cases)])
    }

    /// For those who read everything and change nothing.
    pub fn auditor(office_name: &str) -> Side {
        let study = vec![
            link("/audit", "search", "查阅诉求"),
            link("/retention", "archive", "保存期限"),
            link("/ledger/term", "file-text", "台账与汇总表"),
            link("/board", "trophy", "晒单榜"),
        ];
        Side::new(office_name, "审计", "/audit".to_owned(), vec![("查阅", study)]).finding_at("/audit")
    }

    /// For members of a volunteer squad.
    pub fn volunteer(squad_name: &str) -> Side {
        let work = vec![link("/squad", "wrench", "服务队工单")];
        Side::new(squad_name, "服务队队员", "/squad".to_owned(), vec![("服务队", work)])
    }

    /// For the administrator.
    pub fn admin() -> Side {
        let school = vec![
            link("/admin", "sliders-horizontal", "概况"),
            link("/admin/units", "building-2", "单位"),
            link("/admin/places", "map-pin", "地点"),
            link("/admin/posters", "printer", "报修二维码"),
            link("/admin/people", "user-round", "人员与角色"),
            link("/admin/squads", "wrench", "服务队"),
        ];
        let rules = vec![
            link("/admin/categories", "split", "类别派单"),
            link("/admin/proposals", "sparkles", "建议与自动转办"),
            link("/admin/limits", "calendar", "时限与日历"),
            link("/admin/channels", "inbox", "渠道"),
            link("/retention", "archive", "保存期限"),
            link("/admin/templates", "pen-line", "答复范本"),
        ];
        Side::new("系统管理", "管理员", "/admin".to_owned(), vec![("学校", school), ("规则", rules)])
    }

    fn new(unit: &str, role: &'static str, home: String, groups: Vec<(&'static str, Vec<Link>)>) -> Side {
        let groups = groups.into_iter().map(|(heading, links)| Group { heading, links }).collect();
        Side { unit: unit.to_owned(), role, home, groups, others: Vec::new(), find: "/search".to_owned() }
    }

    fn finding_at(self, find: &str) -> Side {
        Side { find: find.to_owned(), ..self }
    }

    /// The bar with a count beside one line.
    pub fn counting(self, href: &str, count: u32) -> Side {
        self.marking(href, count, false)
    }

    /// The bar with a count that asks for action beside one line.
    pub fn counting_hot(self, href: &str, count: u32) -> Side {
        self.marking(href, count, true)
    }

    /// The bar with the visitor's own name for what they are there.
    pub fn as_role(self, role: &'static str) -> Side {
        Side { role, ..self }
    }

    fn marking(mut self, href: &str, count: u32, is_hot: bool) -> Side {
        for link in self.links_mut().filter(|link| link.href == href) {
            link.count = count;
            link.is_hot = is_hot;
        }
        self
    }

    /// Marks the line whose path is the longest beginning of this one.
    pub(super) fn standing_at(mut self, path: &str) -> Side {
        let leads_here = |href: &str| {
            let base = href.split('?').next().unwrap_or(href);
            path == base || path.strip_prefix(base).is_some_and(|rest| rest.starts_with('/'))
        };
        let here = self.links_mut().filter(|link| leads_here(&link.href)).max_by_key(|link| link.href.len());
        if let Some(link) = here {
            link.is_current = true;
        }
        self
    }

    pub(super) fn with_others(self, others: Vec<Seat>) -> Side {
        Side { others, ..self }
    }

    /// The lines that fit at the bottom of a phone.
    pub fn on_phone(&self) -> impl Iterator<Item = &Link> {
        self.groups.iter().flat_map(|group| &group.links).take(ON_PHONE)
    }

    /// The lines that do not fit there; a phone finds them in the personal menu.
    pub fn beyond_phone(&self) -> impl Iterator<Item = &Link> {
        self.groups.iter().flat_map(|group| &group.links).skip(ON_PHONE)
    }

    fn links_mut(&mut self) -> impl Iterator<Item = &mut Link> {
        self.groups.iter_mut().flat_map(|group| &mut group.links)
    }
}

fn link(href: &str, icon: &'static str, words: &'static str) -> Link {
    Link { href: href.to_owned(), icon, words, count: 0, is_hot: false, is_current: false }
}
