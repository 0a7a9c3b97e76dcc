// The interface language. The page's own `lang` attribute is where the choice lives; it comes from `?lang=`,
// then from the last choice made in this browser, then Vietnamese.
import en from "./en.js";
import vi from "./vi.js";

const CATALOGUES = { vi, en };
const STORED = "chidao.language";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function language() {
  return document.documentElement.lang === "en" ? "en" : "vi";
}

/** The interface text for `key`, with each `{name}` replaced from `values`. */
export function text(key, values = {}) {
  return CATALOGUES[language()][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** The text for `key`, or `fallback` when the catalogue has no such key (a word newer than these pages). */
export function textOr(key, fallback) {
  return key in CATALOGUES[language()] ? text(key) : fallback;
}

/** "2022-09-30" as 30/09/2022 in Vietnamese and 30 Sep 2022 in English. */
export function printDate(iso) {
  const [year, month, day] = iso.slice(0, 10).split("-");
  return language() === "en" ? `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}` : `${day}/${month}/${year}`;
}

/** Puts the page into its language and wires the toggle; `changed` runs after each change. */
export function startLanguage(changed) {
  const toggle = document.getElementById("page-language");
  const asked = new URL(location.href).searchParams.get("lang");
  apply(asked in CATALOGUES ? remember(asked) : recall());
  toggle.addEventListener("click", () => {
    const chosen = remember(language() === "vi" ? "en" : "vi");
    const url = new URL(location.href);
    if (chosen === "en") url.searchParams.set("lang", "en");
    else url.searchParams.delete("lang");
    history.replaceState(history.state, "", url);
    apply(chosen);
    changed();
  });

  function apply(chosen) {
    document.documentElement.lang = chosen;
    for (const node of document.querySelectorAll("[data-text]")) node.textContent = text(node.dataset.text);
    for (const node of document.querySelectorAll("[data-placeholder]")) {
      node.placeholder = text(node.dataset.placeholder);
    }
    for (const node of document.querySelectorAll("[data-label]")) {
      node.setAttribute("aria-label", text(node.dataset.label));
    }
    toggle.lang = chosen === "vi" ? "en" : "vi";
  }
}

// A browser may forbid storage altogether; the choice then holds for the page and in `?lang=`.
function remember(chosen) {
  try {
    localStorage.setItem(STORED, chosen);
  } catch {}
  return chosen;
}

function recall() {
  try {
    return localStorage.getItem(STORED) === "en" ? "en" : "vi";
  } catch {
    return "vi";
  }
}
