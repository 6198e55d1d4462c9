//! Passwords of local accounts, kept as Argon2id hashes (19 MiB, two passes, one lane).
//!
//! Hashing is heavy by intention, so it runs on the blocking pool with as many at a time as there are cores; a flood of
//! sign-ins waits in line and never starves the rest. An unknown name costs the same work as a wrong password.
//! What it deliberately does not do: rules of composition or forced changes (OWASP ASVS 6.2.5, 6.2.10).

use crate::keys::Keys;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use std::sync::Arc;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

/// A password has at least so many characters (ASVS 6.2.1).
pub const LENGTH_MIN: usize = 8;
/// A password has at most so many characters; longer ones would only be work for nothing.
pub const LENGTH_MAX: usize = 128;
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const SALT_BYTES: usize = 16;

/// The hashing room with its bounded number of seats.
#[derive(Clone)]
pub struct Passwords {
    seats: Arc<Semaphore>,
    params: Params,
}

/// What came of comparing a password with what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Wrong password, unknown name, or an account without a password.
    Wrong,
    /// Right; if the stored hash was made with weaker numbers than today's, store a new one.
    Right {
        /// Whether the hash should be made anew.
        needs_rehash: bool,
    },
}

impl Passwords {
    /// The room with today's numbers.
    pub fn new() -> Passwords {
        Passwords::with(MEMORY_KIB, PASSES)
    }

    /// The room with the least work the algorithm allows, for tests and demo data.
    pub fn for_tests() -> Passwords {
        Passwords::with(Params::MIN_M_COST, 1)
    }

    fn with(memory_kib: u32, passes: u32) -> Passwords {
        let seats = std::thread::available_parallelism().map_or(1, usize::from);
        let params = Params::new(memory_kib, passes, 1, None).expect("the numbers above are within bounds");
        Passwords { seats: Arc::new(Semaphore::new(seats)), params }
    }

    /// The hash to store for a new password.
    pub async fn hash(&self, keys: &Keys, password: &str) -> String {
        let salt: [u8; SALT_BYTES] = keys.random_bytes();
        let (hasher, password) = (self.hasher(), password.to_owned());
        self.seated(move || hash_now(&hasher, &salt, &password)).await
    }

    /// Like [`Passwords::hash`], on the caller's own thread; for command-line tools.
    pub fn hash_blocking(&self, keys: &Keys, password: &str) -> String {
        hash_now(&self.hasher(), &keys.random_bytes::<SALT_BYTES>(), password)
    }

    /// Compares a password with the stored hash; without one it does the same work and says no.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Verdict {
        let known = stored.is_some();
        let stored = stored.map_or_else(|| self.stand_in(), str::to_owned);
        let (hasher, password, today) = (self.hasher(), password.to_owned(), self.params.clone());
        self.seated(move || {
            // The work is done for unknown names too, before the answer is thrown away.
            let parsed = PasswordHash::new(&stored);
            let fits =
                parsed.as_ref().is_ok_and(|hash| hasher.verify_password(password.as_bytes(), hash).is_ok());
            if !(fits && known) {
                return Verdict::Wrong;
            }
            let made_with = parsed.ok().and_then(|hash| Params::try_from(&hash).ok());
            let is_weaker = |made: Params| made.m_cost() < today.m_cost() || made.t_cost() < today.t_cost();
            Verdict::Right { needs_rehash: made_with.is_none_or(is_weaker) }
        })
        .await
    }

    fn hasher(&self) -> Argon2<'static> {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
    }

    /// A hash of the right shape that no password fits.
    fn stand_in(&self) -> String {
        let (memory, passes) = (self.params.m_cost(), self.params.t_cost());
        let (salt, output) = ("A".repeat(22), "A".repeat(43));
        format!("$argon2id$v=19$m={memory},t={passes},p=1${salt}${output}")
    }

    async fn seated<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> T {
        let seat = self.seats.clone().acquire_owned().await.expect("the seats are never closed");
        spawn_blocking(move || {
            let _seat = seat;
            work()
        })
        .await
        .expect("hashing neither panics nor is cancelled")
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Passwords::new()
    }
}

fn hash_now(hasher: &Argon2<'_>, salt: &[u8], password: &str) -> String {
    hasher
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("the salt and the numbers are within bounds")
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_right_password_opens_and_others_do_not() {
        let (room, keys) = (Passwords::for_tests(), Keys::for_tests());
        let stored = room.hash(&keys, "春风又绿江南岸").await;
        assert_eq!(
            room.verify("春风又绿江南岸", Some(&stored)).await,
            Verdict::Right { needs_rehash: false }
        );
        assert_eq!(room.verify("春风又绿江南", Some(&stored)).await, Verdict::Wrong);
        assert_eq!(room.verify("", Some(&stored)).await, Verdict::Wrong);
        assert_ne!(stored, room.hash(&keys, "春风又绿江南岸").await);
    }

    #[tokio::test]
    async fn unknown_names_and_broken_hashes_are_wrong() {
        let room = Passwords::for_tests();
        assert_eq!(room.verify("anything", None).await, Verdict::Wrong);
        assert_eq!(room.verify("anything", Some("")).await, Verdict::Wrong);
        assert_eq!(room.verify("anything", Some("$argon2id$v=19$m=8")).await, Verdict::Wrong);
    }

    #[test]
    fn the_stand_in_asks_for_the_full_work() {
        let room = Passwords::new();
        let stand_in = room.stand_in();
        let parsed = PasswordHash::new(&stand_in).unwrap();
        let params = Params::try_from(&parsed).unwrap();
        assert_eq!((params.m_cost(), params.t_cost()), (MEMORY_KIB, PASSES));
        assert_eq!(parsed.hash.unwrap().as_bytes().len(), 32);
    }

    #[tokio::test]
    async fn a_hash_of_weaker_numbers_asks_to_be_made_anew() {
        let keys = Keys::for_tests();
        let weak = Passwords::for_tests().hash(&keys, "pass phrase").await;
        let today = Passwords::with(Params::MIN_M_COST, 2);
        assert_eq!(today.verify("pass phrase", Some(&weak)).await, Verdict::Right { needs_rehash: true });
        assert_eq!(today.hash_blocking(&keys, "x").split('$').nth(1), Some("argon2id"));
    }
}
