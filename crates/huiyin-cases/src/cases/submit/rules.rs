//! What the answers of each step must be like; each sentence says what to do. Words are never a reason to refuse (1.7).

use super::answers::{Answers, mobile};
use huiyin_domain::case::Identity;
use huiyin_domain::ids::{CategoryId, PlaceId, UnitId};
use huiyin_domain::policy::{Channel, Kind, Policy};
use huiyin_foundation::error::FieldErrors;

/// Longest title (ui.md S4).
pub(super) const TITLE_CHARS_MAX: usize = 40;
/// Longest description.
pub(super) const BODY_CHARS_MAX: usize = 2000;
/// Longest room.
const ROOM_CHARS_MAX: usize = 60;

/// What a matter of any kind must be like: its words, its place, how many photos.
pub(super) fn judge_words(errors: &mut FieldErrors, answers: &Answers, policy: &Policy) {
    errors.expect(!answers.title.is_empty(), "title", "请写一句话说清问题");
    judge_lengths(errors, answers, policy);
}

/// That nothing of it is longer or more than a matter may be.
pub(super) fn judge_lengths(errors: &mut FieldErrors, answers: &Answers, policy: &Policy) {
    expect_at_most(errors, "title", "标题", &answers.title, TITLE_CHARS_MAX);
    expect_at_most(errors, "body", "详细说明", &answers.body, BODY_CHARS_MAX);
    expect_at_most(errors, "room", "楼层房间", &answers.room, ROOM_CHARS_MAX);
    let place = PlaceId(answers.place.clone());
    let is_known = answers.place.is_empty() || policy.place(&place).is_some_and(|place| !place.closed);
    errors.expect(is_known, "place", "列表里没有这个地点，请重新选一次");
    let count_max = usize::from(policy.attachments.count_max);
    errors.expect(
        answers.photos.len() <= count_max,
        "photo",
        format!("最多 {count_max} 张照片，请去掉 {} 张", answers.photos.len().saturating_sub(count_max)),
    );
}

/// The first step: what, where, photos, as the kind asks for them.
pub(super) fn judge_matter(errors: &mut FieldErrors, answers: &Answers, kind: &Kind, policy: &Policy) {
    judge_words(errors, answers, policy);
    let is_named = !answers.place.is_empty() || !answers.room.is_empty();
    errors.expect(is_named || !kind.needs_place, "place", "请选楼宇，或写明地点");
    let about = UnitId(answers.about.clone());
    let is_unit = answers.about.is_empty() || policy.unit(&about).is_some();
    errors.expect(is_unit, "about", "没有这个单位，请重新选一次");
    let category = CategoryId(answers.category.clone());
    let is_offered = policy.categories_of(&kind.id).any(|offered| offered.id == category);
    errors.expect(
        answers.category.is_empty() || is_offered,
        "category",
        "这一类里没有这个类别，请重新选一次，选不准可以不选",
    );
}

/// The second step: who is speaking, who may read the answer, how to be reached.
pub(super) fn judge_reply(errors: &mut FieldErrors, answers: &Answers, is_signed_in: bool) {
    match answers.identity {
        None => errors.add("identity", "请选一种身份"),
        Some(Identity::Anonymous) => {
            // A paper may name its author, and a person who wants to stay unknown may not know that.
            if let Some(place) = answers.photos.iter().position(|ticket| ticket.is_paper()) {
                let place = place + 1;
                let sentence =
                    format!("第 {place} 个是 PDF，里面可能带有作者姓名。匿名提交请去掉它，截图后再传");
                errors.add("photo", sentence);
            }
        }
        Some(_) if !is_signed_in => {
            errors.add("identity", "实名和保密要先登录。不想登录，请选匿名");
        }
        Some(_) => {
            let is_reachable = answers.no_phone || mobile(&answers.phone).is_some();
            errors.expect(is_reachable, "phone", "请填写 11 位手机号，或改选“不留电话”");
        }
    }
}

/// A channel that asks for a name takes no other identity; the page offers the ordinary road beside it.
pub(super) fn judge_name(errors: &mut FieldErrors, answers: &Answers, channel: Option<&Channel>) {
    if let Some(channel) = channel.filter(|channel| channel.real_name_only) {
        let is_by_name = answers.identity.is_none_or(|identity| identity == Identity::Open);
        let clause = &channel.clause;
        let sentence =
            format!("{}限实名；不想用实名，请点下面的“改走网上平台”。依据：{clause}", channel.name);
        errors.expect(is_by_name, "identity", sentence);
    }
}

/// The same at the counter: the name is written down, or another way is chosen.
pub(super) fn judge_registered_name(
    errors: &mut FieldErrors,
    identity: Option<Identity>,
    name: &str,
    channel: Option<&Channel>,
) {
    let Some(channel) = channel.filter(|channel| channel.real_name_only) else { return };
    let other_way =
        format!("{}限实名；对方不愿留名的，请改选别的来路。依据：{}", channel.name, channel.clause);
    errors.expect(identity.is_none_or(|identity| identity == Identity::Open), "identity", other_way);
    errors.expect(!name.is_empty(), "on_behalf_of", format!("{}限实名，请填姓名", channel.name));
}

/// Notes a text that is too long: 「标题超过 40 字，请删去 6 字」.
pub(super) fn expect_at_most(
    errors: &mut FieldErrors,
    field: &'static str,
    label: &str,
    text: &str,
    chars_max: usize,
) {
    let chars = text.chars().count();
    if chars > chars_max {
        errors.add(field, format!("{label}超过 {chars_max} 字，请删去 {} 字", chars - chars_max));
    }
}
