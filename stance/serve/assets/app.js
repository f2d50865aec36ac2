/** The page: its tabs, its notices, and the three views. */

import { ask, keepKey } from "./api.js";
import { ArticleView } from "./article.js";
import { byId } from "./dom.js";
import { showModel } from "./model.js";
import { StatementView } from "./statement.js";

const tabs = [...document.querySelectorAll("[role=tab]")];

function choose(tab, focus = true) {
  for (const each of tabs) {
    const chosen = each === tab;
    each.setAttribute("aria-selected", String(chosen));
    each.tabIndex = chosen ? 0 : -1;
    byId(each.getAttribute("aria-controls")).hidden = !chosen;
  }
  if (focus) { tab.focus(); }
}

tabs.forEach((tab, place) => {
  tab.addEventListener("click", () => choose(tab));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const wanted = { Home: 0, End: tabs.length - 1 }[event.key] ?? (step ? (place + step + tabs.length) % tabs.length : null);
    if (wanted !== null) { event.preventDefault(); choose(tabs[wanted]); }
  });
});

/** Shows what went wrong, in the service's words, or takes it away. */
function report(error) {
  const locked = error?.status === 401;
  byId("key-form").hidden = !locked;
  byId("problem").hidden = !error || locked;
  byId("problem").textContent = error && !locked ? error.message : "";
  if (locked) { byId("key").focus(); }
}

async function start() {
  try {
    const [about, words] = await Promise.all([ask("/v1/model"), ask("/assets/words.json")]);
    const labels = about.heads.stance ?? Object.values(about.heads)[0];
    report(null);
    showModel(about, words);
    const view = new ArticleView({ words, labels, report });
    new StatementView({ words, report });
    await view.example();
  } catch (error) { report(error); }
}

byId("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  keepKey(byId("key").value);
  start();
});

start();
