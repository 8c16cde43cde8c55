export const pictureTypes = "image/png,image/jpeg,image/gif,image/webp,image/avif,image/bmp";

/** Asks the person for files of their device. To be called while a click or key is handled: browsers ask for that. */
export function pickFiles(
  accept: string,
  multiple: boolean,
  onPicked: (files: readonly File[]) => void,
): void {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = accept;
  input.multiple = multiple;
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    if (files.length > 0) onPicked(files);
  });
  input.click();
}
