// What a person sees when something failed: what happened, and a way to try again where that can help.
import { button, element } from "./element.js";
import { text } from "./language.js";

export function problemNotice(problem, retry) {
  return element(
    "div",
    { class: "notice problem", role: "alert" },
    element("p", {}, problem.describe()),
    problem.retryable ? button(text("error.retry"), retry) : null,
  );
}
