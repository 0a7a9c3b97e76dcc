// The assignments of the ledger as a table.
import { clauseAddress } from "./citation.js";
import { deadline } from "./deadline.js";
import { element } from "./element.js";
import { text, textOr } from "./language.js";

const COLUMNS = ["answer.deadline", "answer.agency", "answer.task", "answer.source"];

// The roles are written out because a narrow screen lays the table out as blocks, and browsers then forget
// that it is one.
export function assignmentTable(assignments) {
  const head = COLUMNS.map((key) => element("th", { role: "columnheader", scope: "col" }, text(key)));
  return element(
    "table",
    { class: "assignments", role: "table", "aria-label": text("ledger.table") },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...head)),
    element("tbody", { role: "rowgroup" }, ...assignments.map(row)),
  );
}

function row(assignment) {
  const { status, citation, task } = assignment;
  const cells = [
    [element("span", { class: `standing ${status}` }, textOr(`standing.${status}`, status)), ...deadline(assignment)],
    [...agencies(assignment), element("div", { class: "small" }, textOr(`role.${assignment.role}`, assignment.role))],
    [element("span", { class: "verbatim", lang: "vi" }, task)],
    [
      element("a", { href: clauseAddress(citation), lang: "vi" }, citation.label),
      element("div", { class: "small", lang: "vi" }, citation.document_title),
    ],
  ];
  return element(
    "tr",
    { role: "row", class: status },
    ...cells.map((cell, index) =>
      element("td", { role: "cell", "data-column": text(COLUMNS[index]) }, element("div", {}, ...cell)),
    ),
  );
}

function agencies({ agencies: names, succeeded_by, as }) {
  const now = new Map(succeeded_by.map(({ agency, by }) => [agency, by]));
  const lines = names.flatMap((name) => [
    element("div", { class: "agency", lang: "vi" }, name),
    now.has(name) ? element("div", { class: "small" }, text("ledger.successor", { name: now.get(name) })) : null,
  ]);
  if (as === "predecessor" && !now.size) lines.push(element("div", { class: "small" }, text("ledger.inherited")));
  return lines;
}
