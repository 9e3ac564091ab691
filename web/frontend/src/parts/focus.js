// A form that came back shows first what stands in the way.
document.querySelector("[data-focus]")?.focus();
