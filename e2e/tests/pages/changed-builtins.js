"use strict";
// What libraries of other days do to a page's built-ins, in a few lines of our own: names added to every object, methods
// replaced by poorer ones, functions wrapped. Stands before everything else.
// No function: the driver of WebKitGTK fails over one.
Object.prototype.redirectUrl = "https://elsewhere.example/";
Object.prototype.sandbox = true;
Array.prototype.contains = function (one) {
    return this.indexOf(one) >= 0;
};
String.prototype.contains = String.prototype.includes;
Array.from = (list) => Array.prototype.slice.call(list);
Function.prototype.bind = function (self, ...bound) {
    const bindee = this;
    return function (...more) {
        return bindee.apply(self, bound.concat(more));
    };
};
Array.prototype.find = function (wanted) {
    for (let place = 0; place < this.length; place += 1) if (wanted(this[place])) return this[place];
    return undefined;
};
Element.prototype.remove = function () {
    if (this.parentNode) this.parentNode.removeChild(this);
};
for (const name of ["setTimeout", "setInterval"]) {
    const original = window[name];
    window[name] = function (callback, wait) {
        return original.call(window, () => callback(), wait);
    };
}
const { fetch: fetchOriginal } = window;
window.fetch = function () {
    return fetchOriginal.apply(window, arguments).then((answer) => answer.clone());
};
const { open: openOriginal } = window;
window.open = function (address, name, features) {
    return openOriginal.call(window, address, name, features);
};
const { addEventListener: addOriginal } = EventTarget.prototype;
EventTarget.prototype.addEventListener = function (type, callback, options) {
    return addOriginal.call(this || window, type, callback, options);
};
// Names that elements of the page have are names of the window too.
for (const id of ["widget", "engine", "Plaid", "wasm_bindgen", "endpoint", "name", "status"]) {
    const element = document.createElement("form");
    element.id = id;
    element.append(Object.assign(document.createElement("input"), { name: "id", type: "hidden" }));
    addOriginal.call(document, "DOMContentLoaded", () => document.body.append(element));
}
