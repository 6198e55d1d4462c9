//! The order as a file to print: one table of black lines on A4, as official papers are.

use super::content::Order;
use huiyin_foundation::pdf::{HEIGHT, Paper, Typeface, WIDTH};

const LEFT: f32 = 70.0;
const RIGHT: f32 = WIDTH - 70.0;
const BOTTOM: f32 = HEIGHT - 56.0;
/// Where the second column begins.
const MIDDLE: f32 = LEFT + 92.0;
const SIZE: f32 = 11.5;
const LEADING: f32 = 18.0;
/// Space above and below the words of a cell.
const PADDING: f32 = 6.0;

/// Lays it out.
pub(super) fn paper(typeface: Typeface, order: &Order) -> Paper {
    let mut paper = Paper::new(typeface, format!("督办单 {}", order.number));
    paper.sheet();
    paper.centred(LEFT, RIGHT, 86.0, 13.0, &order.school);
    paper.centred(LEFT, RIGHT, 118.0, 24.0, "督　办　单");
    paper.words(LEFT, 146.0, 10.5, &order.number);
    let wide = paper.width_of(&order.dated, 10.5);
    paper.words(RIGHT - wide, 146.0, 10.5, &order.dated);
    let mut table = Table { paper, y: 156.0 };
    table.begin();
    table.row("承办单位", &order.unit);
    table.row("签发", &order.issuer);
    table.row("督办层级", &order.level);
    table.row("诉求编号", &order.no);
    table.row("反映问题", &order.title);
    let kind =
        if order.place.is_empty() { order.kind.clone() } else { format!("{}　{}", order.kind, order.place) };
    table.row("类型和地点", &kind);
    table.row("受理日期", &order.came);
    table.row("办理期限", &order.deadline);
    table.row("督办要求", &order.demand);
    if !order.reply_by.is_empty() {
        table.row("回复期限", &order.reply_by);
    }
    table.row("督办依据", &order.clause);
    let steps = order.history.iter().map(|step| {
        let words = if step.words.is_empty() { String::new() } else { format!("：{}", step.words) };
        format!("{}　{}{words}", step.at, step.what)
    });
    let steps: Vec<String> = steps.collect();
    let steps = if steps.is_empty() { "没有".to_owned() } else { steps.join("\n") };
    table.row("催办经过", &steps);
    table.tall("承办单位\n办理情况", 76.0);
    table.signatures(order);
    table.paper
}

struct Table {
    paper: Paper,
    y: f32,
}

impl Table {
    fn begin(&mut self) {
        self.paper.line((LEFT, self.y), (RIGHT, self.y), 0.8);
    }

    /// A label and words beside it; what does not fit on the sheet goes on on the next.
    fn row(&mut self, label: &str, words: &str) {
        let lines = self.paper.broken(words, RIGHT - MIDDLE - 16.0, SIZE);
        let mut rest = lines.as_slice();
        let mut label = label;
        while !rest.is_empty() {
            let room = ((BOTTOM - self.y - 2.0 * PADDING) / LEADING).floor();
            if room < 1.0 {
                self.turn();
                continue;
            }
            let (here, further) = rest.split_at(rest.len().min(room as usize));
            self.cell(&[label], here, here.len() as f32 * LEADING + 2.0 * PADDING);
            (rest, label) = (further, "");
        }
    }

    /// An empty cell to write into.
    fn tall(&mut self, label: &str, height: f32) {
        if self.y + height > BOTTOM {
            self.turn();
        }
        let labels: Vec<&str> = label.lines().collect();
        self.cell(&labels, &[], height);
    }

    fn cell(&mut self, labels: &[&str], lines: &[String], height: f32) {
        let (top, bottom) = (self.y, self.y + height);
        for (label, place) in labels.iter().zip(0_u8..) {
            self.paper.words(LEFT + 8.0, top + PADDING + 13.0 + f32::from(place) * LEADING, SIZE, label);
        }
        let mut y = top + PADDING + 13.0;
        for line in lines {
            self.paper.words(MIDDLE + 8.0, y, SIZE, line);
            y += LEADING;
        }
        for x in [LEFT, MIDDLE, RIGHT] {
            self.paper.line((x, top), (x, bottom), 0.6);
        }
        self.paper.line((LEFT, bottom), (RIGHT, bottom), 0.8);
        self.y = bottom;
    }

    fn turn(&mut self) {
        self.paper.sheet();
        self.y = 70.0;
        self.begin();
    }

    fn signatures(&mut self, order: &Order) {
        if self.y + 80.0 > BOTTOM {
            self.paper.sheet();
            self.y = 70.0;
        }
        let first = self.y + 28.0;
        for (x, words) in
            [(LEFT, "承办单位负责人（签字）："), (LEFT + 240.0, "签收日期：　　　年　　月　　日")]
        {
            self.paper.words(x, first, SIZE, words);
        }
        self.paper.words(LEFT, first + 28.0, SIZE, &format!("督办部门（盖章）：{}", order.office));
        let mark = if order.is_restricted {
            "内容受保护，只限承办人员，不得转发、张贴。"
        } else {
            "本单由回音平台按办理记录生成。"
        };
        self.paper.words(LEFT, first + 50.0, 9.0, mark);
    }
}
