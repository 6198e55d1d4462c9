//! Made-up Chinese for the cases of the measured school.

use serde::Deserialize;

/// Parts of sentences by slot.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phrases {
    places: Vec<String>,
    things: Vec<String>,
    faults: Vec<String>,
    times: Vec<String>,
    effects: Vec<String>,
    tried: Vec<String>,
    wishes: Vec<String>,
    answers: Vec<String>,
}

impl Phrases {
    /// Those of phrases.toml.
    ///
    /// # Panics
    /// If the file, which is part of this program, cannot be read; a test reads it.
    pub fn read() -> Phrases {
        toml::from_str(include_str!("phrases.toml")).expect("phrases.toml has a list for every slot")
    }

    /// A place.
    pub fn place(&self, draw: &mut Draw) -> &str {
        draw.of(&self.places)
    }

    /// A thing.
    pub fn thing(&self, draw: &mut Draw) -> &str {
        draw.of(&self.things)
    }

    /// Title, body and answer of a case.
    pub fn case(&self, draw: &mut Draw) -> (String, String, String) {
        let (place, thing, fault) = (draw.of(&self.places), draw.of(&self.things), draw.of(&self.faults));
        let title = match draw.below(3) {
            0 => format!("{place}{thing}{fault}"),
            1 => format!("{place}的{thing}{fault}怎么办"),
            _ => format!("{thing}{fault}（{place}）"),
        };
        let (floor, room) = (draw.below(12) + 1, draw.below(40) + 1);
        let mut body =
            format!("{}，{place}{floor}层{floor}{room:02}附近的{thing}{fault}", draw.of(&self.times));
        for slot in [&self.effects, &self.tried, &self.wishes] {
            let part = draw.of(slot);
            if !part.is_empty() {
                body.push('，');
                body.push_str(part);
            }
        }
        body.push('。');
        let reply = format!("您反映的{place}{thing}一事，{}。谢谢您的提醒。", draw.of(&self.answers));
        (title, body, reply)
    }
}

/// Choices that look like chance and are the same in every run.
pub struct Draw(u64);

impl Draw {
    /// For the case of this number.
    pub fn new(number: u64) -> Draw {
        Draw(number.wrapping_mul(0xd134_2543_de82_ef95))
    }

    /// A number below this one.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (bits ^ (bits >> 31)) % bound
    }

    /// True once in so many times.
    pub fn one_in(&mut self, many: u64) -> bool {
        self.below(many) == 0
    }

    fn of<'a>(&mut self, list: &'a [String]) -> &'a str {
        let at = self.below(list.len() as u64);
        usize::try_from(at).ok().and_then(|at| list.get(at)).map_or("", String::as_str)
    }
}
