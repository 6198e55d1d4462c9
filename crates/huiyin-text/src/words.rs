//! Cutting into words. The dictionary is read once, at the first cut, and stays (about 30 MB).

use jieba_rs::Jieba;
use std::sync::OnceLock;

/// Words that join and say nothing of the matter, and what every appeal says.
const SILENT: &str = "的 了 是 在 我 有 和 就 不 人 都 一 一个 也 很 到 说 要 去 你 会 着 没有 看 好 这 那 他 她 它 们 我们 你们 他们 \
    与 及 或 但 但是 而 而且 因为 所以 如果 为 为了 对 对于 把 被 从 向 让 给 以 并 并且 等 之 其 此 该 各 于 请 请问 希望 谢谢 您好 \
    你好 尊敬 领导 还 还是 又 再 才 只 能 可以 可 吗 呢 吧 啊 呀 什么 怎么 为什么 如何 现在 已经 一直 目前 但 上 下 中 里 后 前 时";

/// The words of a folded text in their order; runs of what is neither letter nor digit are left out, single silent words too.
pub fn cut(folded: &str) -> Vec<&str> {
    dictionary()
        .cut(folded, false)
        .into_iter()
        .map(|token| token.word)
        .filter(|word| word.chars().any(char::is_alphanumeric) && !is_silent(word))
        .collect()
}

/// The unbroken runs of letters and digits of a folded text: no piece of a word reaches across what lies between them.
pub fn runs(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|one: char| !one.is_alphanumeric()).filter(|run| !run.is_empty())
}

fn is_silent(word: &str) -> bool {
    static WORDS: OnceLock<std::collections::HashSet<&str>> = OnceLock::new();
    WORDS.get_or_init(|| SILENT.split_whitespace().collect()).contains(word)
}

fn dictionary() -> &'static Jieba {
    static DICTIONARY: OnceLock<Jieba> = OnceLock::new();
    DICTIONARY.get_or_init(Jieba::new)
}
