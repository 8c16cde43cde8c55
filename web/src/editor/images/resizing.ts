import { NARROWEST, storedWidth, widthByDrag, widthByKey } from "./pictureSize.ts";
import { imagesText } from "./text.ts";

type Options = {
  /** What is made wider. */
  readonly frame: HTMLElement;
  readonly column: () => number;
  readonly isCentered: () => boolean;
  readonly onChange: (width: number | null) => void;
};

/** The two edges of a picture by which it is made narrower or wider: with a mouse, a finger, or the arrow keys. */
export function resizeHandles(options: Options): readonly HTMLElement[] {
  return [handle("left", options), handle("right", options)];
}

function handle(side: "left" | "right", options: Options): HTMLElement {
  const { frame, column, isCentered, onChange } = options;
  const dom = document.createElement("span");
  dom.className = `picture-handle picture-handle-${side}`;
  const preview = (width: number) => {
    frame.style.width = `${width}px`;
    frame.dataset.snapped = String(storedWidth(width, column()) === null);
    dom.setAttribute("aria-valuenow", String(Math.round(width)));
    dom.setAttribute("aria-valuetext", imagesText.widthNow(Math.round(width)));
  };
  const done = (width: number) => {
    delete frame.dataset.snapped;
    onChange(storedWidth(width, column()));
  };
  // one of both is enough for the keyboard
  if (side === "right") {
    dom.tabIndex = 0;
    dom.setAttribute("role", "slider");
    dom.setAttribute("aria-label", imagesText.width);
    const tell = () => {
      const width = Math.round(frame.offsetWidth);
      dom.setAttribute("aria-valuemin", String(NARROWEST));
      dom.setAttribute("aria-valuemax", String(Math.round(column())));
      dom.setAttribute("aria-valuenow", String(width));
      dom.setAttribute("aria-valuetext", imagesText.widthNow(width));
    };
    tell();
    dom.addEventListener("focus", tell);
    dom.addEventListener("keydown", (event) => {
      const width = widthByKey(event.key, event.shiftKey, frame.offsetWidth, column());
      if (width === null) return;
      event.preventDefault();
      preview(width);
      done(width);
    });
  } else dom.setAttribute("aria-hidden", "true");
  dom.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    event.preventDefault();
    dom.setPointerCapture(event.pointerId);
    const begun = frame.offsetWidth;
    const start = event.clientX;
    let width = begun;
    const move = ({ clientX }: PointerEvent) => {
      width = widthByDrag(begun, clientX - start, side, isCentered(), column());
      preview(width);
    };
    const end = ({ type }: PointerEvent) => {
      dom.removeEventListener("pointermove", move);
      dom.removeEventListener("pointerup", end);
      dom.removeEventListener("pointercancel", end);
      if (type === "pointerup" && width !== begun) done(width);
      else preview(begun);
    };
    dom.addEventListener("pointermove", move);
    dom.addEventListener("pointerup", end);
    dom.addEventListener("pointercancel", end);
  });
  return dom;
}
