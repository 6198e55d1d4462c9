//! huiyin-foundation
