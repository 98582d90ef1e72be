/*
 * `gallery.show(number, look, words)` draws a sample and says how high the page is and what does not fit. Nothing may
 * be cut: no text wider than its place, nothing outside the card. `words` is "usual", or "long" for a language whose
 * words are twice as long.
 */
import start, { gallery_draw, gallery_missing, gallery_names } from "./engine/engine.js";

const ready = start().then(() => ({ names: gallery_names(), missing: gallery_missing() }));
let drawn;

async function show(number, look, words) {
  await ready;
  document.documentElement.dataset.look = look;
  drawn?.remove();
  const place = document.getElementById("place");
  drawn = gallery_draw(place, number);
  const card = place.firstElementChild.shadowRoot.querySelector(".card");
  if (words === "long") texts(card).filter(isTranslated).forEach((text) => (text.data = doubled(text.data)));
  // Pictures are taken of screens at rest.
  for (const animation of document.getAnimations()) animation.pause();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return { height: Math.ceil(document.documentElement.getBoundingClientRect().height), cut: cut(card) };
}

function texts(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) if (walker.currentNode.data.trim() !== "") found.push(walker.currentNode);
  return found;
}

// The letters on a service's mark are not.
const isTranslated = (text) => !text.parentElement.closest(".mark");

// Short words grow together, as in German; long ones stand twice.
function doubled(text) {
  return text.replace(/\p{L}{2,}/gu, (word) => word + (word.length > 7 ? " " : "") + word.toLowerCase());
}

function cut(card) {
  const edges = card.getBoundingClientRect();
  const found = [];
  for (const element of card.querySelectorAll("*")) {
    if (element.closest("svg, option, select") || isUnseen(element)) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.left < edges.left - 1 || box.right > edges.right + 1) found.push(`outside the card: ${describe(element)}`);
    const holdsText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE);
    if (holdsText && getComputedStyle(element).display !== "inline" && element.scrollWidth > element.clientWidth + 1) {
      found.push(`wider than its place: ${describe(element)}`);
    }
    const words = element.textContent.trim();
    const size = parseFloat(getComputedStyle(element).fontSize);
    const lines = box.height / size / 1.5;
    // Letters without a size are for screen readers.
    if (holdsText && size > 0 && words.length > 5 && lines > 3 && words.length / lines < 4) {
      found.push(`squeezed, a few letters a line: ${describe(element)}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("the page scrolls sideways");
  return found;
}

// For screen readers only.
function isUnseen(element) {
  for (let one = element; one; one = one.parentElement) if (getComputedStyle(one).clipPath === "inset(50%)") return true;
  return false;
}

const describe = (element) => `<${element.tagName.toLowerCase()} class="${element.className}"> ${element.textContent.slice(0, 60)}`;

window.gallery = { ready, show };
