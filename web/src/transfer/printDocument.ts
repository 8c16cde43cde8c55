/**
 * Opens the browser's print dialog, which can write a PDF as well.
 *
 * A page that prints is laid out as it is at that moment: pictures that load when they are scrolled to would be empty frames.
 */
export function printDocument(): void {
  const waiting = [...document.querySelectorAll<HTMLImageElement>("main img[loading=lazy]")];
  for (const picture of waiting) picture.loading = "eager";
  void Promise.allSettled(waiting.map((picture) => picture.decode())).then(() => window.print());
}
