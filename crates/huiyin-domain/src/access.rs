//! Who may do what: one table.

use crate::ids::UnitId;
use serde::{Deserialize, Serialize};

/// What a person is there for; a person may hold several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 承办员 of a unit.
    Officer,
    /// 单位负责人
    UnitHead,
    /// 受理员（专班）of the coordinating office.
    Clerk,
    /// 校领导, by post.
    Leader,
    /// 纪检督办
    Supervisor,
    /// 公开审核
    Publisher,
    /// 审计
    Auditor,
    /// 系统管理
    Admin,
}

/// A role with the place where it holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Duty {
    /// The role.
    pub role: Role,
    /// The unit, for officers and unit heads.
    pub unit: Option<UnitId>,
    /// The leader post, for leaders.
    pub post: Option<String>,
}
