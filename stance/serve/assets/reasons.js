/** Why a label: probabilities, the words that decided, why not the other label, and what is near. */

import { Points, bar, isolated, labelMark, make, percent, signed } from "./dom.js";
import { nested } from "./marked.js";

const title = (head) => head.charAt(0).toUpperCase() + head.slice(1);

/** The probabilities of both heads, and under each what spoke for it. */
export function heads(row, wordsOf) {
  const names = ["stance", "sentiment"].filter((head) => row[`${head}_probabilities`]);
  return make("div", { class: "heads" }, names.map((head) => make("div", {}, odds(head, row), wordsOf(head))));
}

function odds(head, row) {
  const rows = Object.entries(row[`${head}_probabilities`]).map(([label, share]) => make("tr", { class: label === row[head] ? "wins" : null },
    make("th", { scope: "row" }, labelMark(label)), make("td", {}, bar([[label, share]])), make("td", { class: "figure" }, percent(share))));
  return make("table", { class: "odds" }, make("caption", {}, title(head)), make("tbody", {}, rows));
}

/** "because of bring +0.62": words with what they add. */
export function because(words, start = "because of ") {
  if (!words.length) { return make("p", { class: "because" }, "No word speaks for it; it is the commonest label of such texts."); }
  const shown = words.map(({ words: said, weight }) => [make("span", { class: "weighed" }, isolated(said), " ", make("small", {}, signed(weight))), " "]);
  return make("p", { class: "because" }, start, shown);
}

/** Adds up equal terms and gives those that weigh most, for or against, with the places of each in the text. */
export function strongest(contributions, most = 5, sign = 1) {
  const added = new Map();
  for (const each of contributions) {
    const before = added.get(each.term);
    const said = `${each.term.startsWith("~") ? "not \u2026 " : ""}${each.text}`;
    const { weight, places } = before ?? { weight: 0, places: [] };
    added.set(each.term, { term: each.term, words: before?.words ?? said, weight: weight + each.weight, places: [...places, [each.start, each.end]] });
  }
  return [...added.values()].filter((each) => sign * each.weight > 0).sort((a, b) => sign * (b.weight - a.weight)).slice(0, most);
}

/** What was asked of the service about one text: the rival, the smallest change, the nearest statements. */
export function further(explanation) {
  if (!explanation) { return null; }
  const own = explanation.stance ?? explanation.sentiment;
  const parts = [make("h4", {}, "Why not ", labelMark(own.runner_up.label), "?")];
  const forIt = strongest(own.runner_up.contributions);
  const against = strongest(own.runner_up.contributions, 3, -1);
  parts.push(because(forIt, `For ${own.label} spoke more: `));
  if (against.length) { parts.push(because(against.map((each) => ({ ...each, weight: -each.weight })), `For ${own.runner_up.label} spoke: `)); }
  if (own.gate) { parts.push(because(strongest(own.gate.contributions), "That it is not about politics decided: ")); }
  if (own.deletion) {
    const words = own.deletion.words.map((word) => `\u201c${word.text}\u201d`).join(", ");
    parts.push(make("p", { class: "because" }, `Without ${words} it would be `, labelMark(own.deletion.label), "."));
  }
  if (explanation.nearest?.length) {
    parts.push(make("h4", {}, "Nearest labelled statements"), make("ul", { class: "nearest" }, explanation.nearest.map(neighbour)));
  }
  return make("div", { class: "further" }, parts);
}

const neighbour = (each) => make("li", {}, isolated(each.text), " ", make("span", { class: "where" }, labelMark(each.stance ?? each.sentiment), ` \u00b7 ${percent(each.similarity)} alike`));

/** The statement itself with the words that weigh most underlined, thicker the more they weigh. */
export function weighedText(text, contributions) {
  const points = new Points(text);
  const top = Math.max(...contributions.map((each) => Math.abs(each.weight)), 1e-9);
  const words = contributions.filter((each) => Math.abs(each.weight) > top / 6 && !/\s/.test(points.slice(each.start, each.end)));
  const layers = words.map((each) => ({ start: each.start, end: each.end, weight: each.weight, opens: true, closes: true }));
  const wrap = (layer, inside) => make("span", { class: `word s${1 + Math.round(3 * Math.abs(layer.weight) / top)}${layer.weight < 0 ? " against" : ""}` }, inside);
  return nested(points, 0, points.length, layers, wrap);
}
