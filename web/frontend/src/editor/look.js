// The colours and letters of a diagram that is drawn: those of the page.
const english = document.documentElement.lang === "en";

export const LOOK = {
  defaultFillColor: "var(--dia-fill)",
  defaultStrokeColor: "var(--dia-line)",
  defaultLabelColor: "var(--dia-text)",
};

export const TEXT = {
  defaultStyle: {
    fontFamily: getComputedStyle(document.body).fontFamily,
    fontSize: english ? 13 : 16,
    lineHeight: 1.25,
  },
  externalStyle: { fontSize: english ? 12 : 14 },
};
