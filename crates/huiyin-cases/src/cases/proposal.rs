//! The proposed answer that waits for a signature (5.1): whoever signs lets go out the very words they have read.

use super::log::load;
use super::sight::has_head;
use super::texts;
use huiyin_domain::case::{Command, Text, TextKind};
use huiyin_domain::ids::CaseNo;
use huiyin_foundation::db::Tx;
use huiyin_foundation::error::Error;

/// The texts that an answer can have.
const TEXTS: [TextKind; 5] =
    [TextKind::Words, TextKind::PublicTitle, TextKind::PublicBody, TextKind::Plan, TextKind::JoinedWords];

/// The command with the words of the proposal, and whether its unit has a head, read in the transaction that carries it out.
/// `draft` is the line of the record that was read: nobody signs words that were changed meanwhile.
pub(crate) fn with_texts(
    tx: &mut Tx,
    no: &CaseNo,
    draft: Option<u32>,
    command: Command,
) -> Result<Command, Error> {
    if !matches!(command, Command::ApproveReply { .. } | Command::ReturnReply { .. }) {
        return Ok(command);
    }
    let Some(case) = load(tx, no)?.map(|loaded| loaded.case) else { return Ok(command) };
    // Without a proposal the rule says so itself.
    let Some(proposed) = &case.proposed else { return Ok(command) };
    if draft != Some(proposed.seq) {
        return Err(Error::conflict("送审的答复又改过，请看了新的一稿再定。"));
    }
    let has_head = has_head(tx, &case)?;
    if let Command::ReturnReply { reason, .. } = command {
        return Ok(Command::ReturnReply { reason, has_head });
    }
    let kept = texts::load(tx, no)?;
    let said = |kind| Text { kind, words: kept.of(proposed.seq, kind).to_owned() };
    Ok(Command::ApproveReply { texts: TEXTS.into_iter().map(said).collect(), has_head })
}
