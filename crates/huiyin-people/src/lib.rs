//! huiyin-people
