// The filters of the ledger: a form that says what the address says, and suggests names while one types.
import { element } from "./element.js";
import { text } from "./language.js";
import { get } from "./request.js";

export const STANDINGS = ["overdue", "due_soon", "upcoming", "undated", "recurring"];
const ROLES = ["lead", "coordinate", "request"];
const PAUSE = 400; // milliseconds without a change before the filters are applied
const TYPING = 200; // milliseconds without a keystroke before suggestions are asked for
const SUGGESTIONS = 12;

/**
 * Wires the form. `applied(query)` gets the filters that are set, as URLSearchParams, when a person changes them.
 * Returns `read`, `write(query)` and `print(counts)`, which puts the choices into the page's language.
 */
export function startFilters(form, applied) {
  const fields = [...form.elements].filter((field) => field.name);
  let timer = null;

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => applied(read()), PAUSE);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    applied(read());
  });
  suggest(form.elements.agency, "/agencies", ({ agencies }) => agencies.map(agencyOption));
  suggest(form.elements.document, "/documents", ({ documents }) => documents.map(documentOption));
  return { read, write, print };

  function read() {
    const query = new URLSearchParams();
    for (const { name, value } of fields) if (value.trim()) query.set(name, value.trim());
    return query;
  }

  function write(query) {
    clearTimeout(timer);
    for (const field of fields) field.value = query.get(field.name) ?? "";
  }

  function print(counts) {
    const statuses = STANDINGS.map((status) => {
      const name = text(`standing.${status}`);
      return [status, counts ? text("timeline.standing", { name, count: counts[status] }) : name];
    });
    choices(form.elements.status, statuses);
    choices(form.elements.role, ROLES.map((role) => [role, text(`role.${role}`)]));
  }
}

function choices(select, options) {
  const chosen = select.value;
  const all = element("option", { value: "" }, text("ledger.any"));
  select.replaceChildren(all, ...options.map(([value, words]) => element("option", { value }, words)));
  select.value = chosen;
}

/** Fills the field's list with what `options` makes of the server's answer. */
function suggest(field, path, options) {
  let timer = null;
  let request = null;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, TYPING);
  });
  field.addEventListener("focus", ask, { once: true });

  async function ask() {
    request?.abort();
    request = new AbortController();
    const query = new URLSearchParams({ limit: SUGGESTIONS });
    if (field.value.trim()) query.set("q", field.value.trim());
    try {
      field.list.replaceChildren(...options(await get(`${path}?${query}`, request.signal)));
    } catch {
      // Suggestions are a help; without them the field still takes any name.
    }
  }
}

function agencyOption({ name, en, abbreviations }) {
  return element("option", { value: name, label: [abbreviations[0], en].filter(Boolean).join(" · ") || null });
}

function documentOption({ document_id, document_number, document_title }) {
  return element("option", { value: document_id, label: [document_number, document_title].filter(Boolean).join(" · ") });
}
