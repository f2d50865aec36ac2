/** The second tab: one statement, answered as it is typed. */

import { ask } from "./api.js";
import { byId, labelMark, make, percent } from "./dom.js";
import { because, further, heads, strongest, weighedText } from "./reasons.js";

const PAUSE = 200;

export class StatementView {
  constructor({ words, report }) {
    Object.assign(this, { words, report, waiting: null, running: null });
    byId("single").addEventListener("input", () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.answer(), PAUSE);
    });
  }

  async answer() {
    this.running?.abort();
    this.running = new AbortController();
    const text = byId("single").value;
    if (!text.trim()) { byId("verdict").replaceChildren(); return; }
    try {
      const { predictions: [row] } = await ask("/v1/predict", { body: { texts: [text], explain: true }, signal: this.running.signal });
      byId("verdict").replaceChildren(...this.shown(row));
      this.report(null);
    } catch (error) {
      if (error.name !== "AbortError") { this.report(error); }
    }
  }

  shown(row) {
    if (row.status !== "ok") {
      return [make("p", { class: "finding" }, this.words.reasons[row.reason ?? "empty"]), make("div", { class: "details" }, heads(row, () => ""))];
    }
    const { explanation } = row;
    const said = ["stance", "sentiment"].filter((head) => row[head]).map((head, at) => [at ? " \u00b7 " : "", labelMark(row[head]), ` ${percent(row[`${head}_probabilities`][row[head]])}`]);
    const first = explanation.stance ?? explanation.sentiment;
    return [
      make("p", { class: "finding" }, said),
      make("blockquote", { class: "weighed-text", dir: "auto" }, weighedText(row.text, first.contributions)),
      make("p", { class: "note" }, `Underlined: what spoke for ${first.label}; dotted: what spoke against it.`),
      make("div", { class: "details" }, heads(row, (head) => because(strongest(explanation[head].contributions))), further(explanation)),
    ];
  }
}
