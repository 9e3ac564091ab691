// The diagram as a file: BPMN as it is drawn, or a picture of it on white paper.
import { download } from "./download.js";

const PAPER = { "--dia-fill": "#ffffff", "--dia-line": "#48525d", "--dia-text": "#1a2129" };
const SHARP = 2;

/** A picture outside the page has no colours of the page to look up. */
const onPaper = (svg) => svg.replace(/var\((--[a-z-]+)\)/g, (whole, name) => PAPER[name] ?? whole);

export default class Exporting {
  static $inject = ["bpmnjs", "drawing"];

  constructor(modeler, drawing) {
    Object.assign(this, { modeler, drawing });
  }

  async bpmn() {
    download(await this.drawing.text(), "bpmn");
  }

  async svg() {
    download(await this._picture(), "svg");
  }

  async png() {
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(await this._picture())}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth * SHARP;
    canvas.height = image.naturalHeight * SHARP;
    const pen = canvas.getContext("2d");
    pen.fillStyle = PAPER["--dia-fill"];
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => download(blob, "png"), "image/png");
  }

  async _picture() {
    const { svg } = await this.modeler.saveSVG();
    return onPaper(svg);
  }
}
