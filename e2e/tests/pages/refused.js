"use strict";
// What the page's policy refuses, from the page's first moment on.
window.refused = [];
addEventListener(
    "securitypolicyviolation",
    (event) => window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    true,
);
