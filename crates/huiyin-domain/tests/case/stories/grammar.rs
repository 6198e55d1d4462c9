//! How a story is written.
//!
//! A file names its presets (规则集) and the years whose holiday notices are known (日历), then tells stories. A story (故事) is
//! one case from its submission on; a line is a moment, a person, an act with what it needs, and after each → what must
//! hold then. Quoted words stand in 「」; what stands in （） is a remark for the reader, and so is a line beginning with #.
//! Where the presets differ, 【】 at the head of a story, of a line, or behind an →, names those of which it is said.

use huiyin_domain::calendar::{Day, Instant};

/// A file of stories.
pub struct Script {
    pub presets: Vec<String>,
    pub years: Vec<i16>,
    pub stories: Vec<Story>,
}

/// One case from its submission on.
pub struct Story {
    pub title: String,
    pub only: Only,
    pub steps: Vec<Step>,
}

/// One line.
pub struct Step {
    pub line: usize,
    pub at: Instant,
    pub who: String,
    pub verb: String,
    pub args: Vec<Token>,
    pub only: Only,
    pub expected: Vec<Expected>,
}

/// What must hold after a line.
pub struct Expected {
    pub line: usize,
    pub tokens: Vec<Token>,
    pub only: Only,
}

/// The presets of which something is said; without any, of all.
#[derive(Clone, Debug, Default)]
pub struct Only(Vec<String>);

impl Only {
    /// Whether it is said of this one.
    pub fn holds(&self, preset: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|known| known == preset)
    }

    /// The presets in 【】 at the head of a text, and the rest of it.
    fn read<'a>(text: &'a str, among: &[String]) -> Result<(Only, &'a str), String> {
        let text = text.trim();
        let Some(named) = text.strip_prefix('【') else { return Ok((Only::default(), text)) };
        let (named, rest) = named.split_once('】').ok_or("【 没有收尾的 】")?;
        let named: Vec<String> = named.split('、').map(|preset| preset.trim().to_owned()).collect();
        match named.iter().find(|preset| !among.contains(preset)) {
            Some(unknown) => Err(format!("「规则集：」里没有写「{unknown}」")),
            None => Ok((Only(named), rest.trim())),
        }
    }
}

/// A word, or words quoted in 「」.
#[derive(Clone, Debug, PartialEq)]
pub enum Token {
    Word(String),
    Quote(String),
}

/// Reads a file of stories, or names the line that cannot be read.
pub fn read(text: &str) -> Result<Script, String> {
    let mut script = Script { presets: vec![], years: vec![], stories: vec![] };
    let mut today = None;
    for (index, written) in text.lines().enumerate() {
        let (number, line) = (index + 1, without_remarks(written));
        let line = line.trim();
        let told = if line.is_empty() || line.starts_with('#') {
            Ok(())
        } else if let Some(presets) = line.strip_prefix("规则集：") {
            script.presets = presets.split('、').map(|preset| preset.trim().to_owned()).collect();
            Ok(())
        } else if let Some(years) = line.strip_prefix("日历：") {
            let years: Result<_, _> = years.split('、').map(|year| year.trim().parse()).collect();
            years.map(|years| script.years = years).map_err(|_| "日历要写年份".to_owned())
        } else if let Some(title) = line.strip_prefix("故事：") {
            today = None;
            Only::read(title, &script.presets).map(|(only, title)| {
                script.stories.push(Story { title: title.to_owned(), only, steps: vec![] });
            })
        } else {
            match script.stories.last_mut() {
                Some(story) => tell(story, &script.presets, line, number, &mut today),
                None => Err("还没有写「故事：」".to_owned()),
            }
        };
        told.map_err(|reason| format!("第 {number} 行读不懂：{reason}\n    {written}"))?;
    }
    Ok(script)
}

fn tell(
    story: &mut Story,
    presets: &[String],
    line: &str,
    number: usize,
    today: &mut Option<Day>,
) -> Result<(), String> {
    let mut parts = line.split('→');
    let (only, act) = Only::read(parts.next().unwrap_or_default(), presets)?;
    if !act.is_empty() {
        let step = Step { only, ..step(act, number, today)? };
        if story.steps.last().is_some_and(|before| before.at > step.at) {
            return Err("时间倒着走了".to_owned());
        }
        story.steps.push(step);
    }
    let step = story.steps.last_mut().ok_or("→ 前面没有人做事")?;
    for part in parts {
        let (only, part) = Only::read(part, presets)?;
        for expected in part.split('；') {
            let tokens = tokens(expected)?;
            if tokens.is_empty() {
                return Err("→ 后面是空的".to_owned());
            }
            step.expected.push(Expected { line: number, tokens, only: only.clone() });
        }
    }
    Ok(())
}

/// `2025-09-26 10:00 受理员 受理`; a line that begins with the time happens on the same day as the line before.
fn step(act: &str, line: usize, today: &mut Option<Day>) -> Result<Step, String> {
    let (first, rest) = act.split_once(' ').ok_or("要写日期、时间、谁、做什么")?;
    let (time, rest) = match first.parse::<Day>() {
        Ok(day) => {
            *today = Some(day);
            rest.trim_start().split_once(' ').ok_or("日期后面要写时间")?
        }
        Err(_) => (first, rest),
    };
    let day = today.ok_or("故事的第一行要写日期")?;
    let at = day.at(time.parse()?);
    let mut tokens = tokens(rest)?.into_iter();
    let (Some(Token::Word(who)), Some(Token::Word(verb))) = (tokens.next(), tokens.next()) else {
        return Err("时间后面要写谁、做什么".to_owned());
    };
    Ok(Step { line, at, who, verb, args: tokens.collect(), only: Only::default(), expected: vec![] })
}

/// Splits at blanks; 「 and 」 bound a quotation even without a blank.
pub fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let (mut found, mut rest) = (Vec::new(), text.trim());
    while !rest.is_empty() {
        if let Some(quoted) = rest.strip_prefix('「') {
            let (quote, after) = quoted.split_once('」').ok_or("「 没有收尾的 」")?;
            found.push(Token::Quote(quote.to_owned()));
            rest = after.trim_start();
        } else {
            let end = rest.find([' ', '「']).unwrap_or(rest.len());
            found.push(Token::Word(rest[..end].to_owned()));
            rest = rest[end..].trim_start();
        }
    }
    Ok(found)
}

/// Takes out what stands in （） outside 「」.
fn without_remarks(line: &str) -> String {
    let (mut kept, mut depth, mut is_quoted) = (String::new(), 0usize, false);
    for c in line.chars() {
        match c {
            '「' if depth == 0 => is_quoted = true,
            '」' if depth == 0 => is_quoted = false,
            '（' if !is_quoted => depth += 1,
            _ => {}
        }
        if depth == 0 {
            kept.push(c);
        }
        if c == '）' && !is_quoted {
            depth = depth.saturating_sub(1);
        }
    }
    kept
}
