//! The bundle: small enough for a phone on a bad line, nothing above the engine floor, served for good under its version.

use super::site;
use crate::web::asset;
use crate::web::assets::bundled;
use std::path::Path;
use std::process::Command;

#[tokio::test]
async fn sheet_script_and_icons_keep_within_their_budgets_as_they_travel() {
    let app = site();
    for (name, bytes_max) in [("hy.css", 14 * 1024), ("hy.js", 24 * 1024), ("icons.svg", 8 * 1024)] {
        let answer = app.anyone().get_with(&asset(name), &[("accept-encoding", "gzip")]).await;
        assert_eq!(answer.headers["content-encoding"], "gzip", "{name}");
        let bytes = answer.body.len();
        assert!(bytes <= bytes_max, "{name}: {bytes} of {bytes_max} bytes");
    }
}

#[tokio::test]
async fn a_file_of_the_bundle_comes_with_its_type() {
    let app = site();
    for (name, kind) in [("hy.css", "text/css"), ("hy.js", "text/javascript"), ("icons.svg", "image/svg+xml")]
    {
        let answer = app.anyone().get(&asset(name)).await;
        assert!(answer.headers["content-type"].to_str().unwrap().starts_with(kind));
        assert!(answer.body.len() > 1000, "{name}");
    }
    app.anyone().get("/assets/0000/..%2F..%2Fpackage.json").await.is(404);
}

/// Asks the bundler's own judge about a sheet.
fn complaints(css: &str) -> String {
    let frontend = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../frontend");
    let script = "import('./floor.mjs').then(({complaintsAbout}) => console.log(complaintsAbout(process.argv[1]).join('; ')))";
    let output = Command::new("node").args(["-e", script, css]).current_dir(frontend).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn features_above_the_engine_floor_are_named() {
    let above = [
        ("@layer a { p { color: red } }", "@layer"),
        ("p { inset: 0 }", "inset"),
        ("p{color:red;inset:0}", "inset"),
        ("p { aspect-ratio: 1 }", "aspect-ratio"),
        ("p { height: 100dvh }", "dvh"),
        ("p { color: oklch(1 0 0) }", "oklch"),
        ("p:has(a) { color: red }", ":has"),
        ("p { color: color-mix(in srgb, red, blue) }", "color-mix"),
        ("@container (width > 1px) { p { color: red } }", "@container"),
        (".a { .b { color: red } }", "nested"),
        (".a { &:hover { color: red } }", "nested"),
        ("p { color: light-dark(red, blue) }", "light-dark"),
    ];
    for (css, word) in above {
        assert!(complaints(css).contains(word), "{css}: {}", complaints(css));
    }
    let fine = [
        "p { box-shadow: inset 0 0 0 1px red }",
        "@media (min-width: 1px) { p { color: red } } @keyframes a { from { top: 0 } }",
        "@supports (color: light-dark(red, blue)) { p { color: light-dark(red, blue) } } p { color: red }",
        "/* @layer and :has() in words */ p { content: \"inset: 0\" }",
    ];
    for css in fine {
        assert_eq!(complaints(css), "", "{css}");
    }
}

#[test]
fn the_bundled_sheet_stays_on_the_engine_floor() {
    assert_eq!(complaints(&String::from_utf8_lossy(&bundled("hy.css").unwrap().1)), "");
}
