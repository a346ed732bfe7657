// What htmx cannot say without eval: drop doubles of the stream, empty the composer, tidy toasts.
"use strict";

let lastSeen = 0;
const handled = new Set();

document.addEventListener("htmx:sseBeforeMessage", (event) => {
  const number = Number(event.detail.lastEventId || 0);
  if (number <= lastSeen - 10000 || handled.has(number)) {
    event.preventDefault();
    return;
  }
  handled.add(number);
  lastSeen = Math.max(lastSeen, number);
  if (handled.size > 8000) {
    for (const old of handled) {
      handled.delete(old);
      if (handled.size < 6000) break;
    }
  }
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form.composer");
  if (form && event.detail.successful) {
    form.reset();
    form.closest(".screen").querySelector(".log").scrollTop = 0;
  }
});

document.addEventListener("animationend", (event) => {
  if (event.target.classList.contains("toast")) event.target.remove();
});

// A tab can be named in the address, so that a picked person comes back to the same tab on a phone.
document.addEventListener("change", (event) => {
  if (event.target.name === "tab") sessionStorage.setItem("tab", event.target.value);
});
const tab = document.getElementById("tab-" + sessionStorage.getItem("tab"));
if (tab) tab.checked = true;

// Bring the chosen person into sight without moving the page.
const chosen = document.querySelector(".cast [aria-current]");
if (chosen) {
  const list = chosen.closest("ul");
  list.scrollLeft = chosen.offsetLeft - list.offsetLeft - 40;
}
