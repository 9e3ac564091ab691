// The canvas takes the focus back before the next key; a moment later may be behind it.
export default class Refocusing {
  static $inject = ["canvas"];

  constructor(canvas) {
    canvas.restoreFocus = () =>
      queueMicrotask(() => {
        if (document.activeElement === document.body) canvas.focus();
      });
  }
}
