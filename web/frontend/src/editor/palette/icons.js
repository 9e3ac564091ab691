// The small pictures of the palette: what one draws, as it looks on the canvas.
const box = '<rect x="2" y="3" width="20" height="14" rx="3"/>';
const thick = '<rect x="2" y="3" width="20" height="14" rx="3" stroke-width="2.5"/>';
const diamond = '<path d="m12 1 9 9-9 9-9-9z"/>';
const ring = '<circle cx="12" cy="10" r="8"/>';
const double = `${ring}<circle cx="12" cy="10" r="5.8"/>`;
const plus = '<path d="M12 8v5M9.5 10.5h5"/>';
const hands = '<path d="M12 6v4l2.5 1.5"/>';

const inside = {
  select: '<path d="M7 2v14l4-4 3 6 2-1-3-6h5z"/>',
  connect: '<path d="M3 17 20 4m0 0h-6m6 0v6"/>',
  hand: '<path d="M12 2v16M4 10h16M9 5l3-3 3 3M9 15l3 3 3-3M7 7l-3 3 3 3M17 7l3 3-3 3"/>',
  lasso: '<rect x="3" y="3" width="18" height="14" stroke-dasharray="3 2.4"/>',
  space: '<path d="M12 2v16M9 10H3m0 0 3-3m-3 3 3 3m9-3h6m0 0-3-3m3 3-3 3"/>',
  step: box,
  report: `${box}<path d="M6 8h12M6 12h7"/>`,
  confirm: `${box}<path d="M5 12c3-6 4 3 6-1s3 3 7 0"/>`,
  review: `${box}<path d="m7 10 3 3 6-6"/>`,
  assign: `${box}<path d="M5 10h11m-4-4 4 4-4 4"/>`,
  form: `${box}<path d="M6 8h3M6 12h3m3-4h6m-6 4h6"/>`,
  automatic: `${box}<circle cx="12" cy="10" r="3"/>`,
  table: `${box}<path d="M2 8h20M9 8v9"/>`,
  send: `${box}<path d="M6 7h12v7H6zl6 4 6-4"/>`,
  receive: `${box}<path d="M6 7h12v7H6zm0 0 6 4 6-4" stroke-dasharray="2 1.6"/>`,
  add: `${box}<path d="M12 6v8M8 10h8"/>`,
  open: `${thick}<path d="m10 7 4 3-4 3"/>`,
  more: '<path d="M6 10h.01M12 10h.01M18 10h.01" stroke-width="2.6" stroke-linecap="round"/>',
  choice: `${diamond}<path d="m9 7 6 6m0-6-6 6"/>`,
  parallel: `${diamond}<path d="M12 5v10M7 10h10"/>`,
  inclusive: `${diamond}<circle cx="12" cy="10" r="4"/>`,
  race: `${diamond}<circle cx="12" cy="10" r="4"/><circle cx="12" cy="10" r="2.2"/>`,
  warning: `${double}${hands}`,
  overdue: `<circle cx="12" cy="10" r="8" stroke-width="2.5"/>${hands}`,
  wait: `${double}${hands}`,
  message: `${double}<path d="M9 8h6v4.4H9zm0 0 3 2.2L15 8"/>`,
  part: `${thick}${plus}`,
  sub: `${box}${plus}`,
  beside: '<rect x="2" y="3" width="20" height="14" rx="3" stroke-dasharray="3 2.2"/>',
  start: '<circle cx="12" cy="10" r="7"/>',
  end: '<circle cx="12" cy="10" r="7" stroke-width="3"/>',
  terminate:
    '<circle cx="12" cy="10" r="7" stroke-width="2"/><circle cx="12" cy="10" r="3.4" fill="currentColor"/>',
  pool: '<path d="M2 3h20v14H2zM6 3v14M6 10h16"/>',
  note: '<path d="M10 3H5v14h5M10 7h9M10 11h6"/>',
  group: '<rect x="3" y="3" width="18" height="14" rx="3" stroke-dasharray="5 2 1 2"/>',
};

/** The markup of one picture. */
export const icon = (name) =>
  `<svg class="g" viewBox="0 0 24 20" aria-hidden="true">${inside[name] ?? inside.step}</svg>`;
