// A diagram to be looked at: in the reader's language, in the house's colours and type.
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const DUBAN = "urn:duban:bpmn:1";
const ENGLISH = "en";

const LABEL = 106; // what an English label takes, where a Chinese one takes two signs

/** The diagram's own English names, where the reader reads English. */
function inEnglish(xml) {
  const drawn = new DOMParser().parseFromString(xml, "text/xml");
  const named = [...drawn.getElementsByTagName("*")].filter((element) =>
    element.hasAttributeNS(DUBAN, "name_en"),
  );
  for (const element of named) {
    const name = element.getAttributeNS(DUBAN, "name_en");
    element.setAttribute("name", name);
    for (const pool of drawn.querySelectorAll("participant")) {
      if (pool.getAttribute("processRef") === element.id) pool.setAttribute("name", name);
    }
  }
  for (const note of drawn.getElementsByTagNameNS(BPMN, "textAnnotation")) {
    const [text] = note.getElementsByTagNameNS(BPMN, "text");
    if (text && note.hasAttribute("name")) text.textContent = note.getAttribute("name");
    note.removeAttribute("name");
  }
  for (const bounds of drawn.querySelectorAll("BPMNLabel > Bounds")) widen(bounds);
  return new XMLSerializer().serializeToString(drawn);
}

function widen(bounds) {
  const [x, width] = ["x", "width"].map((name) => Number(bounds.getAttribute(name)));
  if (width >= LABEL) return;
  bounds.setAttribute("x", x - (LABEL - width) / 2);
  bounds.setAttribute("width", LABEL);
}

/** The file as a reader of this language sees it. */
export function inLanguage(xml, language) {
  return language === ENGLISH ? inEnglish(xml) : xml;
}

/** A viewer in a place on the page: it can be moved and zoomed, never changed. */
export function viewerIn(place, language) {
  const english = language === ENGLISH;
  return new NavigatedViewer({
    container: place,
    bpmnRenderer: {
      defaultFillColor: "var(--dia-fill)",
      defaultStrokeColor: "var(--dia-line)",
      defaultLabelColor: "var(--dia-text)",
    },
    textRenderer: {
      defaultStyle: {
        fontFamily: getComputedStyle(document.body).fontFamily,
        fontSize: english ? 13 : 16,
        lineHeight: 1.25,
      },
      externalStyle: { fontSize: english ? 12 : 14 },
    },
  });
}
