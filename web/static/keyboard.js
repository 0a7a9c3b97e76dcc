// `/` reaches the question from anywhere, unless the key is being typed into a field or an input method
// (Telex, VNI) is composing.
export function startKeyboard(box) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
}
