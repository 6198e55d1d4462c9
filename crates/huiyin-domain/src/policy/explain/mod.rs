//! [`Policy`] → Chinese prose that an office can read aloud and correct: what the knobs mean, not what they are called (10.2).
//!
//! Every number is said with the clause it came from. The text is compared with golden files, so that a changed rule shows
//! up as a changed sentence.

mod conduct;
mod organisation;
mod phrases;
mod retention;
mod statutory;
mod time;

pub use phrases::long_time;
pub use retention::retention_whose;

use super::Policy;

/// The whole policy in words.
pub fn explain(policy: &Policy) -> String {
    let school = &policy.school;
    let mut paper = Paper { lines: vec![format!("{}：诉求办理规则", school.name), String::new()] };
    paper.say(format!("做法：{}。", school.practice));
    paper.say(format!("对师生的承诺：{}。", school.promise));
    paper.say(format!(
        "工作时间 {}—{}；按工作日算的期限，到最后一天的 {} 为止。所有日期都按北京时间。",
        policy.office.opens, policy.office.closes, policy.office.closes
    ));
    paper.chapter("一、入口", organisation::entrances(policy));
    paper.chapter("二、谁来派、谁来办", organisation::dispatch(policy));
    paper.chapter("三、时限", time::limits(policy));
    paper.chapter("四、延期、等反映人补充和挂账", time::more_time(policy));
    paper.chapter("五、催办和督办", conduct::supervision(policy));
    paper.chapter("六、退回", conduct::sending_back(policy));
    paper.chapter("七、答复、评价和再次办理", conduct::answering(policy));
    paper.chapter("八、公开", conduct::publishing(policy));
    paper.chapter("九、安全", conduct::safety(policy));
    paper.chapter("十、渠道", organisation::channels(policy));
    paper.chapter("十一、派单目录", organisation::catalogue(policy));
    paper.chapter("十二、单位", organisation::units(policy));
    paper.chapter("十三、地点和学期", organisation::places_and_terms(policy));
    paper.chapter("十四、保存多久", retention::retention(policy));
    if !policy.statutory.is_empty() {
        paper.chapter("十五、法定程序", statutory::procedures(policy));
    }
    paper.lines.join("\n") + "\n"
}

struct Paper {
    lines: Vec<String>,
}

impl Paper {
    fn say(&mut self, sentence: String) {
        self.lines.push(sentence);
    }

    fn chapter(&mut self, heading: &str, sentences: Vec<String>) {
        self.say(String::new());
        self.say(heading.to_owned());
        self.lines.extend(sentences);
    }
}
