"use strict";
// A host page of few words: what the address says are options of the widget, `window.heard` has what it was told, and
// `window.mounted` how the latest mount ended.
const { instances = "1", ...settings } = Object.fromEntries(new URLSearchParams(location.search));
window.heard = [];
const hear = (callback) => (event, payload) => window.heard.push({ callback, event, payload });
window.mountHere = (id) => {
    window.mounted = "pending";
    window.widget = new window.RailzConnect();
    return window.widget
        .mount({
            ...settings,
            parentElement: document.getElementById(id),
            onSuccess: hear("onSuccess"),
            onError: hear("onError"),
            onExit: hear("onExit"),
        })
        .then(
            () => (window.mounted = "drawn"),
            (error) => (window.mounted = error.message),
        );
};
// While the document is still being read: this script stands in the middle of it.
window.stateAtMount = document.readyState;
for (let count = 0; count < Number(instances); count += 1) window.mountHere(`connect-${count}`);
