//! huiyin-reports
