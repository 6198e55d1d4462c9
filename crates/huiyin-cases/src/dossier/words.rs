//! Words of these pages that no enum carries: what to tell somebody whose matter is not accepted, and the stored words of
//! enums.

use huiyin_domain::case::{DeclineGround, Means};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Every ground on which a case is not accepted (3.6), in the order of the list.
pub(super) const GROUNDS: [DeclineGround; 6] = [
    DeclineGround::EmergencyLine,
    DeclineGround::StatutoryRoute,
    DeclineGround::NothingNew,
    DeclineGround::OutOfScope,
    DeclineGround::Secret,
    DeclineGround::Unlawful,
];

/// By which means people remind a unit, in the order of the list.
pub(crate) const MEANS: [Means; 5] = [Means::Here, Means::Phone, Means::Paper, Means::Message, Means::Talk];

/// What the requester may be told, and where to go instead. A beginning: the clerk puts names and numbers
/// into the holes 【…】, and it is not sent before.
pub(super) fn suggested(ground: DeclineGround, duty_phone: &str) -> String {
    match ground {
        DeclineGround::EmergencyLine if duty_phone.is_empty() => {
            "这件事要马上有人到场，在线等不及。请拨 110、119 或 120。".into()
        }
        DeclineGround::EmergencyLine => format!(
            "这件事要马上有人到场，在线等不及。请先拨 110、119 或 120，再拨校内总值班 {duty_phone}，值班员会赶到您那里。"
        ),
        DeclineGround::StatutoryRoute => {
            "这件事有法定的办理途径，平台不能代替它作决定。请在规定期限内向【机构、电话】提出，需要我们帮您联系，请再提交一件说明。".into()
        }
        DeclineGround::NothingNew => {
            "这件事已经答复过，编号是【编号】，这次没有新的情况。有新的时间、地点或材料，请再提交一件，我们接着办。".into()
        }
        DeclineGround::OutOfScope => {
            "这件事属于【机构】的职责，学校无权处理。请走【途径、电话】；需要我们帮您联系，请再提交一件说明。".into()
        }
        DeclineGround::Secret => {
            "内容涉及国家秘密或工作秘密，不能在平台上办理。请当面交到保密工作部门，不要再通过网络发送。".into()
        }
        DeclineGround::Unlawful => {
            "您要求的事项不符合现行规定，依据是【文件、条款】，学校不能照办。如有别的合规办法，欢迎再提出来。".into()
        }
    }
}

/// The stored word of an enum without fields.
pub(crate) fn stored(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// The enum of a stored or posted word; nothing if there is no such word.
pub(crate) fn read<T: DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_has_words_of_its_own() {
        let words: std::collections::BTreeSet<String> =
            GROUNDS.iter().map(|ground| suggested(*ground, "8001")).collect();
        assert_eq!(words.len(), GROUNDS.len());
        assert_eq!(read::<DeclineGround>("out_of_scope"), Some(DeclineGround::OutOfScope));
        assert_eq!(stored(&DeclineGround::Unlawful), "unlawful");
        assert_eq!(read::<DeclineGround>("whim"), None);
    }
}
