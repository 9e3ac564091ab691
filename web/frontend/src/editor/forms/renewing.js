// What is drawn anew keeps its elements: a press or a Tab under way still meets the one it began at.
const DOES = ["onchange", "onclick", "ontoggle"];
const SAYS = ["value", "checked"];

/** Let a place have the children that were made for it, in those that it has as far as they fit. */
export function renew(place, made) {
  const here = [...place.childNodes];
  made.forEach((each, at) => {
    if (!here[at]) place.append(each);
    else if (here[at].nodeName !== each.nodeName) here[at].replaceWith(each);
    else become(here[at], each);
  });
  for (const more of here.slice(made.length)) more.remove();
}

/** Let a node say and do what another one of its kind does. */
function become(node, other) {
  if (node.nodeType !== Node.ELEMENT_NODE) {
    if (node.data !== other.data) node.data = other.data;
    return;
  }
  for (const { name } of [...node.attributes]) {
    if (!other.hasAttribute(name)) node.removeAttribute(name);
  }
  for (const { name, value } of other.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  const said = SAYS.map((name) => [name, other[name]]); // before a select's options are taken
  renew(node, [...other.childNodes]);
  for (const name of DOES) node[name] = other[name];
  for (const [name, value] of said) if (node[name] !== value) node[name] = value;
}
