/** The first tab: an article in, its statements shown, filtered and taken along. */

import { ask } from "./api.js";
import { byId, labelMark, make, percent } from "./dom.js";
import { markedText, outcome } from "./marked.js";
import { Statements, light, speakerTable, summary } from "./statements.js";

const TYPES = { csv: "text/csv", json: "application/json", html: "text/html" };

export class ArticleView {
  constructor({ words, labels, report }) {
    Object.assign(this, { words, labels, report, row: null, statements: null, running: null });
    byId("legend").replaceChildren(...labels.map(({ name, meaning }) => make("li", {}, labelMark(name), meaning ? make("span", {}, ` ${meaning}`) : "")));
    byId("reader").addEventListener("submit", (event) => { event.preventDefault(); this.read({ text: byId("text").value }); });
    byId("text").addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { this.read({ text: byId("text").value }); }
    });
    byId("text").addEventListener("paste", () => setTimeout(() => this.read({ text: byId("text").value })));
    byId("clear").addEventListener("click", () => { byId("text").value = ""; byId("text").focus(); });
    byId("example").addEventListener("click", () => this.example());
    byId("file").addEventListener("change", (event) => { this.open(event.target.files[0]); event.target.value = ""; });
    for (const id of ["by-speaker", "by-stance", "by-confidence"]) { byId(id).addEventListener("input", () => this.filter()); }
    byId("filters").addEventListener("submit", (event) => event.preventDefault());
    document.querySelectorAll("[data-save]").forEach((each) => each.addEventListener("click", () => this.take(each.dataset.save, save)));
    document.querySelectorAll("[data-copy]").forEach((each) => each.addEventListener("click", () => this.take(each.dataset.copy, copy)));
    this.listen(byId("prose"));
    this.drop();
  }

  listen(prose) {
    prose.addEventListener("click", (event) => {
      const marked = event.target.closest("[data-place]");
      if (!marked) { return; }
      const place = Number(marked.dataset.place);
      this.statements.toggle(place, true);
      const entry = this.statements.entries[place];
      entry.hidden = false;
      entry.scrollIntoView({ block: "nearest" });
      if (event.target.closest("a")) { event.preventDefault(); entry.querySelector("button").focus(); }
    });
    prose.addEventListener("mouseover", (event) => { const marked = event.target.closest("[data-place]"); if (marked) { light(Number(marked.dataset.place)); } });
    byId("statements").addEventListener("keydown", (event) => {
      const entry = event.key === "Escape" ? event.target.closest(".entry") : null;
      if (entry) { this.statements.toggle(Number(entry.dataset.place), false); entry.querySelector("button").focus(); }
    });
  }

  drop() {
    document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
    document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) { document.body.classList.remove("dropping"); } });
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      document.body.classList.remove("dropping");
      const text = event.dataTransfer.getData("text/plain");
      if (event.dataTransfer.files.length) { this.open(event.dataTransfer.files[0]); } else if (text) { byId("text").value = text; this.read({ text }); }
    });
  }

  async open(file) {
    if (!file) { return; }
    const content = await file.text();
    const page = /\.html?$/i.test(file.name) || file.type === "text/html";
    await this.read(page ? { html: content, id: file.name } : { text: content, id: file.name });
  }

  async example() { await this.read({ text: await ask("/assets/example.txt", { accept: "text/plain" }), id: "An example" }); }

  async read(asked) {
    this.running?.abort();
    this.running = new AbortController();
    const { signal } = this.running;
    byId("progress").textContent = "Reading \u2026";
    try {
      const row = await ask("/v1/read", { body: asked, signal });
      this.report(null);
      if (byId("text").value !== row.text) { byId("text").value = row.text; }
      this.show(row);
    } catch (error) {
      if (error.name !== "AbortError") { this.report(error); }
    } finally {
      if (!signal.aborted) { byId("progress").textContent = ""; }
    }
  }

  show(row) {
    this.row = row;
    this.statements = new Statements(row, this.words, (place) => { if (this.row === row) { this.mark(place); } });
    const { headline, paragraphs } = markedText(row, this.statements.nameOf);
    byId("name").textContent = row.id ?? "Who said what";
    byId("headline").textContent = headline ?? "An article";
    byId("summary").textContent = summary(row);
    byId("prose").replaceChildren(...paragraphs);
    byId("statements").replaceChildren(...this.statements.entries);
    const names = this.labels.map((each) => each.name);
    speakerTable(row, names, this.words);
    options("by-speaker", "anybody", row.quotes.map(this.statements.nameOf));
    options("by-stance", "any", row.quotes.map(outcome), [...names, "undecided"]);
    byId("by-confidence").value = 0;
    byId("result").hidden = false;
    this.filter();
  }

  /** Draws the paragraphs of a statement anew, with the words that decided. */
  mark(place) {
    const { paragraphs } = markedText(this.row, this.statements.nameOf);
    [...byId("prose").children].forEach((old, at) => {
      if (old.querySelector(`[data-place="${place}"]`)) { old.replaceWith(paragraphs[at]); }
    });
    this.filter();
    light(this.statements.open);
  }

  filter() {
    if (!this.row) { return; }
    const least = Number(byId("by-confidence").value) / 100;
    byId("confidence-shown").textContent = percent(least);
    const shown = this.statements.filter({ speaker: byId("by-speaker").value, stance: byId("by-stance").value, least });
    byId("shown").textContent = shown === this.row.quotes.length ? "" : `${shown} of ${this.row.quotes.length} shown`;
  }

  async take(format, hand) {
    if (!this.row) { return; }
    const { text, id } = this.row;
    const body = { text, id, explain: true };
    try {
      const content = format === "json" ? JSON.stringify(await ask("/v1/read", { body }), null, 2) : await ask("/v1/read", { body, accept: TYPES[format] });
      byId("taken").textContent = await hand(content, format);
      this.report(null);
    } catch (error) { this.report(error); }
  }
}

function options(id, all, values, order = []) {
  const rank = (value) => (order.includes(value) ? order.indexOf(value) : order.length);
  const different = [...new Set(values)].sort((a, b) => rank(a) - rank(b));
  byId(id).replaceChildren(make("option", { value: "" }, all), ...different.map((value) => make("option", { value }, value)));
}

function save(content, format) {
  const link = make("a", { href: URL.createObjectURL(new Blob([content], { type: TYPES[format] })), download: `stance.${format}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  return `stance.${format} saved`;
}

async function copy(content, format) {
  try { await navigator.clipboard.writeText(content); }
  catch { throw new Error("The browser did not allow copying. Save the file instead."); }
  return `${format === "csv" ? "Table" : "JSON"} copied`;
}
