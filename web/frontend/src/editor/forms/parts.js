// The small parts of the forms' editor, as plain elements.
let made = 0;

export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** A line with a label and its control. */
function line(label, control) {
  made += 1;
  control.id = `ff-${made}`;
  return make("div", { className: "f" }, make("label", { htmlFor: control.id }, label), control);
}

export function textLine(label, value, write, { lang = "", long = false } = {}) {
  const control = make(long ? "textarea" : "input", {
    className: "form-control",
    value,
    lang,
    autocomplete: "off",
  });
  if (long) control.rows = 2;
  control.onchange = ({ currentTarget }) => write(currentTarget.value.trim());
  return line(label, control);
}

/** A choice; `options` are pairs of a value and its words. */
export function choiceLine(label, value, options, write) {
  const control = make("select", { className: "form-select" });
  for (const [own, words] of options) control.append(make("option", { value: own }, words));
  control.value = value;
  control.onchange = ({ currentTarget }) => write(currentTarget.value);
  return line(label, control);
}

export function tick(label, checked, write) {
  const control = make("input", { type: "checkbox", className: "form-check-input", checked });
  control.onchange = ({ currentTarget }) => write(currentTarget.checked);
  return make("label", { className: "row-x" }, control, make("span", {}, label));
}

export function button(words, sign, press, properties = {}) {
  const element = make(
    "button",
    { type: "button", className: "icon-btn", title: words, ...properties },
    sign,
  );
  element.setAttribute("aria-label", words);
  element.onclick = press;
  return element;
}
