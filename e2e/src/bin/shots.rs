//! `shots --page FOLDER --out FOLDER`: a picture of every sample of the gallery, in light and dark, narrow and wide, and
//! with words twice as long, all shown beside each other by `index.html` in the folder. Fails when a screen has no
//! sample, or something on one does not fit. `cargo xtask shots` builds the page and starts this.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use e2e::browser::Browser;
use e2e::driver::ColorScheme;
use e2e::engines::Engine;
use e2e::pages::{Page, PageServer};
use e2e::{JourneyError, Outcome};
use serde_json::{Value, json};

/// How a sample is pictured.
struct Variant {
    name: &'static str,
    width: u32,
    color_scheme: &'static str,
    words: &'static str,
}

const fn variant(name: &'static str, width: u32, color_scheme: &'static str, words: &'static str) -> Variant {
    Variant { name, width, color_scheme, words }
}

/// 320 pixels are also what 400 % zoom leaves of 1280 (WCAG 2.2, 1.4.10).
const VARIANTS: [Variant; 5] = [
    variant("320-light", 320, "light", "usual"),
    variant("320-dark", 320, "dark", "usual"),
    variant("320-long", 320, "light", "long"),
    variant("900-light", 900, "light", "usual"),
    variant("900-dark", 900, "dark", "usual"),
];

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [page_flag, page, out_flag, out] = arguments.as_slice() else { return usage() };
    if (page_flag.as_str(), out_flag.as_str()) != ("--page", "--out") {
        return usage();
    }
    match take(PathBuf::from(page), Path::new(out)).await {
        Ok(problems) if problems.is_empty() => ExitCode::SUCCESS,
        Ok(problems) => {
            eprintln!("{}", problems.join("\n"));
            ExitCode::FAILURE
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("shots --page FOLDER --out FOLDER");
    ExitCode::from(2)
}

async fn take(page: PathBuf, out: &Path) -> Outcome<Vec<String>> {
    let installed = Engine::Chromium
        .find()
        .map_err(|reason| JourneyError::Program { program: "chromium".to_owned(), reason })?;
    let server = PageServer::start(vec![("/", Page::Folder(page))]).await?;
    let browser = Browser::start(&installed, ColorScheme::Light).await?;
    let result = take_all(&browser, &server.at("/"), out).await;
    // The browser is ended by id in any case; what went wrong before counts more.
    let quit = browser.quit().await;
    result.and_then(|problems| quit.map(|()| problems))
}

async fn take_all(browser: &Browser, address: &str, out: &Path) -> Outcome<Vec<String>> {
    std::fs::create_dir_all(out).map_err(JourneyError::io("making the folder for the pictures"))?;
    browser.goto(address).await?;
    browser.until_script("the gallery's page", "return !!window.gallery").await?;
    let script = "const done = arguments[arguments.length - 1]; gallery.ready.then(done, (e) => done({ error: String(e) }));";
    let found = browser.script_async(script, vec![]).await?;
    if let Some(error) = found["error"].as_str() {
        return Err(JourneyError::Program { program: "the gallery".to_owned(), reason: error.to_owned() });
    }
    let mut problems: Vec<String> = texts(&found["missing"])
        .into_iter()
        .map(|screen| format!("{screen}: no sample in crates/gallery"))
        .collect();
    let names = texts(&found["names"]);
    for (number, name) in names.iter().enumerate() {
        for variant in &VARIANTS {
            let shown = show(browser, number, variant).await?;
            problems.extend(
                texts(&shown["cut"]).into_iter().map(|cut| format!("{name} at {}: {cut}", variant.name)),
            );
            let height = u32::try_from(shown["height"].as_u64().unwrap_or(600)).unwrap_or(600).max(100);
            browser.resize(variant.width, height).await?;
            let picture = browser.picture().await?;
            let file = format!("{name}-{}.png", variant.name);
            std::fs::write(out.join(&file), picture).map_err(JourneyError::io(format!("writing {file}")))?;
        }
    }
    std::fs::write(out.join("index.html"), overview(&names))
        .map_err(JourneyError::io("writing index.html"))?;
    println!("{} pictures of {} samples", names.len() * VARIANTS.len(), names.len());
    Ok(problems)
}

async fn show(browser: &Browser, number: usize, variant: &Variant) -> Outcome<Value> {
    browser.resize(variant.width, 600).await?;
    let script = "const [number, look, words, done] = arguments;\
        gallery.show(number, look, words).then(done, (fault) => done({ cut: [String(fault)] }));";
    browser.script_async(script, vec![json!(number), json!(variant.color_scheme), json!(variant.words)]).await
}

fn texts(value: &Value) -> Vec<String> {
    let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}

/// All pictures of a sample in one row.
fn overview(names: &[String]) -> String {
    let mut page = String::from(
        "<!doctype html><meta charset=\"utf-8\"><title>Every screen</title>\
         <style>body{font:16px system-ui;margin:1em}div{display:flex;gap:1em;align-items:start;overflow:auto}\
         h2{font-size:1em}img{border:1px solid #8888;flex:none}</style>\n",
    );
    for name in names {
        write!(page, "<h2>{name}</h2><div>").ok();
        for variant in &VARIANTS {
            let (file, width) = (format!("{name}-{}.png", variant.name), variant.width);
            write!(
                page,
                "<img src=\"{file}\" alt=\"{name}, {}\" width=\"{width}\" loading=\"lazy\">",
                variant.name
            )
            .ok();
        }
        page.push_str("</div>\n");
    }
    page
}
