// A deadline as people read it: what it comes to, and the words of the document.
import { element } from "./element.js";
import { printDate, text, textOr } from "./language.js";

/** The parts of a table cell for an assignment's deadline. */
export function deadline({ deadline_text, due, bound, recurrence }) {
  if (!deadline_text && !due && !recurrence) return [element("span", { class: "small" }, text("answer.no_deadline"))];
  const day = due ? printDate(due).replaceAll(" ", "\u00a0") : null; // a date does not break over lines
  const term = day ? (bound ? text(`due.${bound}`, { date: day }) : day) : null;
  const again = recurrence ? textOr(`recurrence.${recurrence}`, recurrence) : null;
  return [
    term || again
      ? element("div", { class: "due" }, due ? element("time", { datetime: due }, term) : again)
      : null,
    due && again ? element("div", { class: "small" }, again) : null,
    deadline_text ? element("div", { class: "small verbatim", lang: "vi" }, `“${deadline_text}”`) : null,
  ];
}
