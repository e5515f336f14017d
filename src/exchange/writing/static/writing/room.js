/* Names for screen readers where the editor gives none: a field that stands alone in its block is
   called by the heading of the block, and who else is in a page by the words that a pointer sees. */
(() => {
  const fields =
    ".w-panel :is(input:not([type=hidden],[type=checkbox],[type=radio]), textarea, select, [role=textbox], [role=combobox])";
  const name = () => {
    for (const field of document.querySelectorAll(fields)) {
      const heading = field.closest(".w-panel").querySelector("[data-panel-heading]");
      const named =
        field.labels?.length || field.ariaLabel || field.title || field.hasAttribute("aria-labelledby");
      if (heading?.id && !named) field.setAttribute("aria-labelledby", heading.id);
    }
    for (const file of document.querySelectorAll(".replace-file-input > input:not([aria-label])")) {
      file.setAttribute("aria-label", file.parentElement.textContent.trim());
    }
    for (const person of document.querySelectorAll(".w-editing-sessions__session:not([aria-label])")) {
      const words = person.querySelector(".w-editing-sessions__popup");
      if (words) person.setAttribute("aria-label", words.textContent.replace(/\s+/g, " ").trim());
    }
  };
  let waits = 0;
  const soon = () => {
    cancelAnimationFrame(waits);
    waits = requestAnimationFrame(name);
  };
  new MutationObserver(soon).observe(document.documentElement, { childList: true, subtree: true });
})();
