// The draft's text: as it came as long as nothing was changed, else as the modeler writes it.
export default class Drawing {
  static $inject = ["bpmnjs", "commandStack"];

  constructor(modeler, commandStack) {
    Object.assign(this, { modeler, commandStack });
  }

  /** Show a text; it stays the text until something is drawn. */
  async open(xml) {
    const { warnings } = await this.modeler.importXML(xml);
    this._keep(xml);
    return warnings;
  }

  async text() {
    if (this.commandStack._stackIdx === this._at) return this._xml;
    const { xml } = await this.modeler.saveXML({ format: true });
    return xml;
  }

  _keep(xml) {
    this._xml = xml;
    this._at = this.commandStack._stackIdx;
  }
}
