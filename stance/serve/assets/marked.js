/** The text of an article, paragraph by paragraph, with statements, deciding words and speakers as elements. */

import { Points, colour, make } from "./dom.js";

const OPENING = "\u201c\"\u2018'\u00ab\u2039";
const CLOSING = "\u201d\"\u2019'\u00bb\u203a.,;:!?";

export const outcome = (quote) => quote.stance ?? quote.status;

/** Stretches that overlap in any way, as elements that nest; one that crosses the end of another is cut there. */
export function nested(text, start, end, layers, wrap) {
  const parts = [];
  let waiting = layers.slice().sort((a, b) => a.start - b.start || b.end - a.end);
  let at = start;
  while (waiting.length) {
    const [outer, ...others] = waiting;
    const inside = others.filter((each) => each.start < outer.end).map((each) => ({ ...each, end: Math.min(each.end, outer.end), closes: each.closes && each.end <= outer.end }));
    const beyond = others.filter((each) => each.end > outer.end).map((each) => ({ ...each, start: Math.max(each.start, outer.end), opens: each.opens && each.start >= outer.end }));
    parts.push(text.slice(at, outer.start), wrap(outer, nested(text, outer.start, outer.end, inside, wrap)));
    at = outer.end;
    waiting = beyond.sort((a, b) => a.start - b.start || b.end - a.end);
  }
  parts.push(text.slice(at, end));
  return parts;
}

/** Where words stand that decided, joined where they overlap. */
export function decidingSpans(spans) {
  const joined = [];
  for (const [start, end] of spans.slice().sort((a, b) => a[0] - b[0])) {
    const last = joined[joined.length - 1];
    if (last && start <= last[1]) { last[1] = Math.max(last[1], end); } else { joined.push([start, end]); }
  }
  return joined;
}

function layersOf(text, quotes) {
  const layers = [];
  quotes.forEach((quote, place) => {
    quote.parts.forEach(([start, end], number) => {
      const from = start > 0 && OPENING.includes(text.at(start - 1)) ? start - 1 : start;
      const to = end < text.length && CLOSING.includes(text.at(end)) ? end + 1 : end;
      layers.push({ start: from, end: to, kind: "quote", place, opens: number === 0, closes: number === quote.parts.length - 1 });
    });
    const spans = (quote.because?.stance ?? []).flatMap((word) => word.spans);
    decidingSpans(spans).forEach(([start, end]) => layers.push({ start, end, kind: "word", place, opens: true, closes: true }));
    if (quote.speaker_start !== null && quote.speaker_start < quote.speaker_end) {
      layers.push({ start: quote.speaker_start, end: quote.speaker_end, kind: "who", place, opens: true, closes: true });
    }
  });
  return layers;
}

function paragraphsOf(text) {
  const found = [];
  let start = 0;
  for (let at = 0; at <= text.length; at += 1) {
    if (at === text.length || text.at(at) === "\n") {
      if (text.slice(start, at).trim()) { found.push([start, at]); }
      start = at + 1;
    }
  }
  return found;
}

const reads = (words, longest) => words.length <= longest && !".!?\u2026:;,\u201d\"".includes(words[words.length - 1]);

/** Gives the headline, if the first line reads like one, and the paragraphs. */
export function markedText(row, nameOf) {
  const text = new Points(row.text);
  const layers = layersOf(text, row.quotes);
  const wrap = (layer, inside) => element(layer, inside, row.quotes, nameOf);
  const shown = paragraphsOf(text).map(([start, end]) => {
    const own = layers.filter((each) => each.start < end && each.end > start).map((each) => ({
      ...each, start: Math.max(each.start, start), end: Math.min(each.end, end),
      opens: each.opens && each.start >= start, closes: each.closes && each.end <= end,
    }));
    return { words: text.slice(start, end).trim(), nodes: nested(text, start, end, own, wrap) };
  });
  const headed = shown.length > 1 && reads(shown[0].words, 160);
  const paragraphs = shown.slice(headed ? 1 : 0).map(({ words, nodes }) => make("p", { class: reads(words, 60) ? "crosshead" : null }, nodes));
  return { headline: headed ? shown[0].words : null, paragraphs };
}

function element(layer, inside, quotes, nameOf) {
  if (layer.kind === "word") { return make("u", { class: "word" }, inside); }
  if (layer.kind === "who") { return make("span", { class: "who", "data-place": layer.place }, inside); }
  const quote = quotes[layer.place];
  const label = outcome(quote);
  const id = `s${layer.place + 1}`;
  const mark = make("mark", { class: `quote ${colour(label)}`, "data-place": layer.place, id: layer.opens ? id : null }, inside);
  if (!layer.closes) { return mark; }
  const aside = make("span", { class: "aside" }, ` \u2013 ${nameOf(quote)}, details`);
  const link = make("a", { class: `ref ${colour(label)}`, href: `#${id}-entry`, "data-place": layer.place }, make("b", {}, layer.place + 1), "\u00a0", label, aside);
  return [mark, link];
}
