//! A test of its own program, because it looks at the memory of the whole program (security.md D-IN4).

use bytes::Bytes;
use huiyin_domain::calendar::Instant;
use huiyin_foundation::files::{AT_ONCE_MAX, FileLimits, FileRefusal, Files, KeepTrouble};
use huiyin_foundation::keys::Keys;

/// The beginning of a PNG of 30,000 × 30,000 pixels: 2.5 GiB when decoded.
const BOMB: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x75\x30\0\0\x75\x30\x08\x02\0\0\0\xe9\x45\x6f\xed\0\0\x40\0IDAT\x78\x9c";
const MEMORY_KIB_MAX: u64 = 64 * 1024;

fn peak_kib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn many_bombs_at_once_take_hardly_any_memory() {
    let data = tempfile::tempdir().unwrap();
    let files = Files::open(data.path()).unwrap();
    let limits = FileLimits { size_bytes_max: 20 << 20, pixels_max: 50_000_000, takes_pdf: true };
    let bomb = Bytes::from([BOMB, &vec![0; 0x4000]].concat());

    let before = peak_kib().unwrap();
    let kept = (0..AT_ONCE_MAX + 8).map(|_| {
        let (files, bomb) = (files.clone(), bomb.clone());
        tokio::spawn(async move { files.keep(&Keys::for_tests(), bomb, limits, Instant(0)).await })
    });
    let mut judged = 0;
    for kept in kept.collect::<Vec<_>>() {
        match kept.await.unwrap().unwrap_err() {
            KeepTrouble::Refused(FileRefusal::TooManyPixels) => judged += 1,
            // Whoever finds the queue full is told so at once.
            KeepTrouble::Busy => {}
            trouble => panic!("{trouble}"),
        }
    }
    assert!(judged >= AT_ONCE_MAX, "only {judged} were judged");
    let more = peak_kib().unwrap() - before;
    assert!(more < MEMORY_KIB_MAX, "{more} KiB more");
}
