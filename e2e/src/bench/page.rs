//! The page that is measured: the same for every way in, but for the lines that bring the widget.

use super::way_in::WayIn;

/// The widget that the bench's servers know. It has no sandbox, which only ours would offer as a tile of its own.
pub const WIDGET_ID: &str = "PROD_bench";

/// Where the old package's file stands at the server, beside ours.
pub const OLD_PACKAGE: &str = "railz-connect-2.23.0.js";

/// The page's text for a Connect server at `connect`.
///
/// The old package shows pictures from its makers' servers; the policy keeps the bench on this machine, for both. The page
/// has its scrollbar from the start, as a longer one has: one that came with the widget would move everything.
pub fn text(way_in: WayIn, connect: &str) -> String {
    let mount = format!(
        "window.mountWidget = () => {{ \
             window.widget = new RailzConnect(); \
             window.widget.mount({{ \
                 parentElement: document.getElementById('connect'), widgetId: '{WIDGET_ID}', \
                 endpoint: '{connect}', businessName: 'Harbour Bakery', \
                 options: {{ components: {{ overview: false }} }} }}); \
         }}; \
         mountWidget();"
    );
    let widget = match way_in {
        WayIn::OldPackage => by_script_tag(connect, OLD_PACKAGE, &mount),
        WayIn::ScriptTag => by_script_tag(connect, "railz-connect.js", &mount),
        WayIn::Module => format!(
            "<script type=\"module\">import RailzConnect from \"{connect}/widget/railz-connect.mjs\"; {mount}</script>"
        ),
    };
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Bench</title>\
         <meta http-equiv=\"Content-Security-Policy\" content=\"img-src 'self' data:\">\
         <link rel=\"icon\" href=\"data:,\">\
         <style>html {{ overflow-y: scroll }}</style>\
         <body><h1>Connect your accounting</h1><div id=\"connect\"></div>{widget}</body></html>"
    )
}

fn by_script_tag(connect: &str, file: &str, mount: &str) -> String {
    format!("<script src=\"{connect}/widget/{file}\"></script><script>{mount}</script>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_differ_in_the_lines_that_bring_the_widget_and_in_nothing_else() {
        let around = |way_in| {
            let page = text(way_in, "http://connect");
            let (before, rest) = page.split_once("<script").unwrap();
            let (_, after) = rest.rsplit_once("</script>").unwrap();
            (before.to_owned(), after.to_owned())
        };
        assert_eq!(around(WayIn::OldPackage), around(WayIn::ScriptTag));
        assert_eq!(around(WayIn::OldPackage), around(WayIn::Module));
    }
}
