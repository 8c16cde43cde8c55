/** What is read of an element of HTML; the Worker has no DOM, and its types no `HTMLElement`. */
export interface AttributeSource {
  getAttribute(name: string): string | null;
}
