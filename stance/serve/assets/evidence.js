/** The words that decided a statement, found when it is opened, and where each of them stands in the article. */

import { ask } from "./api.js";
import { strongest } from "./reasons.js";

/** Asks why a statement got its labels; the quote then holds them as the rows of the command line do. */
export async function explained(quote, text) {
  const { predictions: [{ explanation }] } = await ask("/v1/predict", { body: { texts: [quote.judged], explain: true } });
  const pieces = piecesOf(quote, text);
  const found = (head) => strongest(explanation[head].contributions).map((word) => ({ ...word, spans: word.places.flatMap(([start, end]) => spansIn(pieces, start, end)) }));
  quote.because = Object.fromEntries(["stance", "sentiment"].filter((head) => explanation[head]).map((head) => [head, found(head)]));
  return explanation;
}

/** The stretches of the article that the judged text is made of, joined by one space. */
function piecesOf(quote, text) {
  if (quote.judged_as === "carrier") { return [quote.carrier]; }
  if (quote.judged_as === "statement") {
    const [start, end] = quote.parts[quote.parts.length - 1];
    return [...quote.parts.slice(0, -1), [start, text.at(end - 1) === "," ? end - 1 : end]];
  }
  const { length } = Array.from(quote.judged);
  let at = quote.start;
  while (at > 0 && text.slice(at, at + length) !== quote.judged) { at -= 1; }
  return [[at, at + length]];
}

function spansIn(pieces, start, end) {
  const found = [];
  let at = 0;
  for (const [first, last] of pieces) {
    const [low, high] = [Math.max(start, at), Math.min(end, at + last - first)];
    if (low < high) { found.push([first + low - at, first + high - at]); }
    at += last - first + 1;
  }
  return found;
}
