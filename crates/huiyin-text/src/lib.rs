//! huiyin-text
