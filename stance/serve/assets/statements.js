/** The list of statements: one entry each, which opens to its details; filters; the table by speaker. */

import { Points, bar, byId, colour, counted, isolated, labelMark, make, percent } from "./dom.js";
import { explained } from "./evidence.js";
import { outcome } from "./marked.js";
import { because, further, heads } from "./reasons.js";

export const confidence = (quote) => (quote.stance ? quote.stance_probabilities[quote.stance] : 0);

/** Gives what to call whoever said it: a name of the table by speaker, or that none is named. */
export function namer(row, words) {
  const names = new Map(row.speakers.filter((each) => each.name).map((each) => [each.name.toLowerCase(), each.name]));
  return (quote) => {
    if (quote.kind === "mention") { return "a mention"; }
    const said = (quote.speaker_name ?? quote.speaker ?? "").split(/\s+/).join(" ").trim();
    return names.get(said.toLowerCase()) ?? (said ? `\u201c${said}\u201d (${words.nobody})` : words.nobody);
  };
}

export class Statements {
  /** `mark` is called with the place of a statement whose deciding words have been found. */
  constructor(row, words, mark) {
    this.row = row;
    this.words = words;
    this.mark = mark;
    this.open = null;
    this.text = new Points(row.text);
    this.nameOf = namer(row, words);
    this.entries = row.quotes.map((quote, place) => this.entry(quote, place));
  }

  entry(quote, place) {
    const label = outcome(quote);
    const button = make("button", { type: "button", "aria-expanded": "false", id: `s${place + 1}-entry`, onclick: () => this.toggle(place) },
      make("b", {}, place + 1), " ", make("span", { class: "by" }, isolated(this.nameOf(quote))), " ",
      make("span", { class: "said", dir: "auto" }, quote.statement), " ",
      make("span", { class: "labels" }, labelMark(label), quote.stance ? ` ${percent(confidence(quote))}` : "", quote.sentiment ? [" \u00b7 ", labelMark(quote.sentiment)] : ""));
    return make("li", { class: `entry ${colour(label)}`, "data-place": place }, button);
  }

  toggle(place, open = null) {
    const entry = this.entries[place];
    const button = entry.querySelector("button");
    const wanted = open ?? button.getAttribute("aria-expanded") !== "true";
    this.entries.forEach((each) => {
      each.querySelector("button").setAttribute("aria-expanded", "false");
      each.querySelector(".details")?.remove();
    });
    this.open = wanted ? place : null;
    light(this.open);
    if (!wanted) { return; }
    button.setAttribute("aria-expanded", "true");
    entry.append(this.details(this.row.quotes[place], place));
  }

  details(quote, place) {
    const inText = make("a", { href: `#s${place + 1}`, class: "back" }, "in the text");
    const body = make("div", { class: "details" }, this.facts(quote), inText);
    if (quote.status === "ok") {
      const why = make("div", { "aria-live": "polite" }, heads(quote, () => ""), make("p", { class: "because" }, "Looking for the words that decided \u2026"));
      body.append(why);
      this.ask(quote, place, why);
    } else if (quote.status !== "mention") {
      body.append(make("p", { class: "undecided" }, this.words.reasons[quote.reason ?? "empty"]));
    }
    return body;
  }

  async ask(quote, place, why) {
    try {
      const explanation = await explained(quote, this.text);
      why.replaceChildren(heads(quote, (head) => because(quote.because[head])), further(explanation));
      this.mark(place);
    } catch (error) {
      why.replaceChildren(heads(quote, () => ""), make("p", { class: "because" }, error.message));
    }
  }

  facts(quote) {
    const [kind, meaning] = this.words.kinds[quote.kind];
    const rows = [["Kind", `${kind}: ${meaning}`]];
    if (quote.speaker) { rows.push(["Speaker", this.claim(quote.speaker_name ?? quote.speaker, quote.speaker, quote.speaker_kind, quote.attribution)]); }
    if (quote.relayed_by) {
      const by = quote.relayed_by;
      rows.push(["Told by", this.claim(by.name ?? by.text, by.text, by.kind, by.attribution)]);
    }
    if (quote.within !== null) { rows.push(["Part of", `statement ${quote.within + 1}, and counted with it`]); }
    if (this.words.bases[quote.judged_as]) { rows.push(["Judged", [`${this.words.bases[quote.judged_as]}: `, make("span", { class: "clause" }, isolated(quote.judged))]]); }
    if (quote.remark) { rows.push(["Remark", isolated(quote.remark)]); }
    return make("dl", { class: "claims" }, rows.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
  }

  claim(name, said, kind, { rule, grade }) {
    const [graded, meaning] = this.words.grades[grade];
    const notes = [name === said ? "" : `called \u201c${said}\u201d here`, kind === "unknown" ? "" : kind, rule === "unknown" ? "" : `found by the rule \u201c${rule.replaceAll("_", " ")}\u201d`].filter(Boolean);
    return [make("b", {}, isolated(name)), ` \u2013 ${graded}: ${meaning}`, notes.length ? ` (${notes.join("; ")})` : ""];
  }

  /** Shows the statements that fit; in the text the others lose their colour. */
  filter({ speaker, stance, least }) {
    let shown = 0;
    this.row.quotes.forEach((quote, place) => {
      const fits = (!speaker || this.nameOf(quote) === speaker) && (!stance || outcome(quote) === stance) && (least === 0 || confidence(quote) >= least);
      shown += fits;
      this.entries[place].hidden = !fits;
      document.querySelectorAll(`#prose [data-place="${place}"]`).forEach((each) => each.classList.toggle("off", !fits));
    });
    return shown;
  }
}

export function light(place) {
  document.querySelectorAll("#prose [data-place]").forEach((each) => each.classList.toggle("on", place !== null && each.dataset.place === String(place)));
}

/** One row a speaker, with counts, shares and a bar. */
export function speakerTable(row, labels, words) {
  const head = make("tr", {}, make("th", { scope: "col" }, "Speaker"), make("th", { scope: "col", class: "figure" }, "Statements"),
    labels.map((label) => make("th", { scope: "col", class: "figure" }, labelMark(label))), make("th", { scope: "col", class: "figure" }, "Undecided"), make("th", { scope: "col" }, make("span", { class: "aside" }, "Shares")));
  const rows = row.speakers.map((each) => make("tr", {}, make("th", { scope: "row" }, isolated(each.name ?? words.nobody)), make("td", { class: "figure" }, each.statements),
    labels.map((label) => make("td", { class: "figure" }, each.labels[label] ? [each.labels[label], " ", make("small", {}, percent(each.shares[label]))] : "\u2013")),
    make("td", { class: "figure" }, each.undecided || "\u2013"),
    make("td", { class: "shares" }, bar(labels.map((label) => [label, (each.labels[label] ?? 0) / each.statements])))));
  byId("speakers").replaceChildren(make("thead", {}, head), make("tbody", {}, rows));
}

/** The sentence that the article comes down to. */
export function summary(row) {
  if (row.status === "empty") { return "There is no text."; }
  if (!["ok", "no_statement"].includes(row.status)) { return `${row.status.charAt(0).toUpperCase()}${row.status.slice(1)}.`; }
  const total = row.speakers.reduce((sum, each) => sum + each.statements, 0);
  const people = row.speakers.filter((each) => each.name).length;
  return total ? `${counted(total, "statement")}${people ? ` by ${counted(people, "named speaker")}` : ", no speaker named"}.` : "Nobody is quoted.";
}
