/** The third tab: the model card, read from Markdown into elements, and what the model is. */

import { byId, labelMark, make } from "./dom.js";

const INLINE = /\*\*(.+?)\*\*|`(.+?)`|\[(.+?)\]\(.+?\)|\*(\S.*?)\*/g;

function inline(text) {
  const parts = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    parts.push(text.slice(at, match.index));
    if (match[1] !== undefined) { parts.push(make("b", {}, match[1])); }
    else if (match[2] !== undefined) { parts.push(make("code", {}, match[2])); }
    else if (match[4] !== undefined) { parts.push(make("em", {}, match[4])); }
    else { parts.push(match[3]); }  // links of a card lead to files beside it, which are not here
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

function table(lines) {
  const [head, rule, ...rows] = lines;
  const right = cells(rule).map((cell) => cell.endsWith(":"));
  const row = (line, name) => make("tr", {}, cells(line).map((cell, at) => make(name, { class: right[at] ? "figure" : null, scope: name === "th" ? "col" : null }, inline(cell))));
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Table" }, make("table", {}, make("thead", {}, row(head, "th")), make("tbody", {}, rows.map((line) => row(line, "td")))));
}

/** Headings, paragraphs, lists, tables and code: what a model card is made of. */
export function markdown(source) {
  const blocks = [];
  for (const block of source.replace(/^---\n[\s\S]*?\n---\n/, "").split(/\n{2,}/)) {
    const lines = block.split("\n").filter((line) => line.trim());
    if (!lines.length) { continue; }
    const heading = /^(#+) (.*)/.exec(lines[0]);
    if (heading) { blocks.push(make(`h${Math.min(heading[1].length + 1, 6)}`, {}, inline(heading[2]))); lines.shift(); }
    if (!lines.length) { continue; }
    if (lines[0].startsWith("```")) { blocks.push(make("pre", { tabindex: "0" }, make("code", {}, lines.slice(1).filter((line) => !line.startsWith("```")).join("\n")))); }
    else if (lines.length > 1 && /^\|?[\s:|-]+$/.test(lines[1]) && lines[0].includes("|")) { blocks.push(table(lines)); }
    else if (lines.every((line) => /^(- |\* |  )/.test(line))) { blocks.push(make("ul", {}, lines.filter((line) => /^[-*] /.test(line)).map((line) => make("li", {}, inline(line.slice(2)))))); }
    else { blocks.push(make("p", {}, inline(lines.join(" ")))); }
  }
  return blocks;
}

export function showModel(about, words) {
  byId("card").replaceChildren(...markdown(about.card));
  const notes = words.notes.map(([name, meaning]) => make("div", {}, make("dt", {}, name), make("dd", {}, meaning)));
  byId("glossary").replaceChildren(...notes);
  const labels = Object.entries(about.heads).map(([head, own]) => [head, own.map(({ name, meaning }) => make("div", {}, labelMark(name), meaning ? ` \u2013 ${meaning}` : ""))]);
  const facts = [["Name", about.name], ["Version", about.version], ["Program", `stance ${about.stance_version}`], ...labels];
  byId("facts").replaceChildren(make("tbody", {}, facts.map(([name, value]) => make("tr", {}, make("th", { scope: "row" }, name), make("td", {}, value)))));
}
