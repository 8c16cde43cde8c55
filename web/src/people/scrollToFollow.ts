type View = {
  readonly height: number;
  /** What of the top the header and the toolbar lie over, and of the bottom a phone's toolbar. */
  readonly top: number;
  readonly bottom: number;
};

/** How far the page has to scroll for a caret to be well in sight; 0 while it is. */
export function scrollToFollow(caret: { readonly top: number; readonly bottom: number }, view: View): number {
  const [first, last] = [view.top, view.height - view.bottom];
  const margin = Math.min(80, (last - first) / 4);
  if (caret.top >= first + margin && caret.bottom <= last - margin) return 0;
  return Math.round(caret.top - (first + (last - first) * 0.4));
}
