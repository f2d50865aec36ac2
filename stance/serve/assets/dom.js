/** Elements made of text and elements; nothing here, and nothing on this page, parses HTML. */

const SVG = "http://www.w3.org/2000/svg";

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) { continue; }
    if (name.startsWith("on")) { element.addEventListener(name.slice(2), value); }
    else { element.setAttribute(name, value === true ? "" : value); }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

export const byId = (id) => document.getElementById(id);
export const make = (name, attributes = {}, ...children) => filled(document.createElement(name), attributes, children);
export const draw = (name, attributes = {}, ...children) => filled(document.createElementNS(SVG, name), attributes, children);
export const percent = (share) => `${Math.round(100 * share)}%`;
export const signed = (weight) => `${weight < 0 ? "\u2212" : "+"}${Math.abs(weight).toFixed(2)}`;
export const counted = (count, one) => `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
export const isolated = (text) => make("bdi", {}, text);

const KNOWN = ["escalatory", "diplomatic", "critical", "none", "negative", "neutral", "positive"];
export const colour = (label) => (KNOWN.includes(label) ? `k-${label}` : "k-unknown");
export const labelMark = (label) => make("span", { class: `label ${colour(label)}` }, make("span", { class: "swatch", "aria-hidden": "true" }), label);

/** Shares side by side, from the left; what is missing of the whole stays empty. */
export function bar(parts, height = 10) {
  let at = 0;
  const drawn = parts.map(([label, share]) => {
    const rect = draw("rect", { x: percentExact(at), y: 0, width: percentExact(share), height, class: `bar ${colour(label)}` });
    at += share;
    return rect;
  });
  const track = draw("rect", { x: 0, y: 0, width: "100%", height, class: "track" });
  return draw("svg", { width: "100%", height, "aria-hidden": "true" }, track, drawn);
}

const percentExact = (share) => `${(100 * share).toFixed(3)}%`;

/** A run of text by code points, as the service counts: an emoji is one of them, though JavaScript counts two. */
export class Points {
  constructor(text) { this.points = Array.from(text); this.length = this.points.length; }
  slice(start, end) { return this.points.slice(start, end).join(""); }
  at(place) { return this.points[place]; }
}
