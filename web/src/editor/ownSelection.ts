/**
 * Keeps React from saving and restoring the selection of the text around everything that it renders: to say where the
 * selection is, it walks over every node of an editable element, which in a long document takes longer than the key itself.
 * It looks at the property; the browser goes by the attribute.
 *
 * @param text the editable element, whose selection the editor keeps by itself
 */
export function ownSelection(text: HTMLElement): void {
  Object.defineProperty(text, "contentEditable", {
    configurable: true,
    get: () => "inherit",
    set: (value: string) => text.setAttribute("contenteditable", value),
  });
}
