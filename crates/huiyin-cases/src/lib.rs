//! huiyin-cases
