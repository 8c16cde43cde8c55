import { BorderStyle, type IStylesOptions, ShadingType } from "docx";
import { calloutInks } from "../palette.ts";

const mono = "Consolas";

function calloutStyle(kind: string, color: string) {
  const name = kind[0]?.toUpperCase() + kind.slice(1);
  return {
    id: `Callout${name}`,
    name: `Callout ${name}`,
    basedOn: "Normal",
    paragraph: {
      indent: { left: 240, right: 120 },
      spacing: { before: 60, after: 60 },
      border: { left: { style: BorderStyle.SINGLE, size: 24, space: 8, color } },
      shading: { type: ShadingType.CLEAR, fill: "F7F6F3" },
    },
  };
}

/** The name of the style of a callout's paragraphs. */
export function calloutStyleId(kind: string): string {
  return `Callout${kind[0]?.toUpperCase()}${kind.slice(1)}`;
}

/** Named styles, so that who opens the file can change all code or all quotes at once, and an import knows them again. */
export const styles: IStylesOptions = {
  default: {
    document: {
      run: { font: "Georgia", size: 22 },
      paragraph: { spacing: { after: 140, line: 290 } },
    },
    title: { run: { size: 48, bold: true, color: "1E1B17" }, paragraph: { spacing: { after: 240 } } },
    heading1: {
      run: { size: 36, bold: true, color: "1E1B17" },
      paragraph: { spacing: { before: 360, after: 120 }, keepNext: true },
    },
    heading2: {
      run: { size: 30, bold: true, color: "1E1B17" },
      paragraph: { spacing: { before: 300, after: 100 }, keepNext: true },
    },
    heading3: {
      run: { size: 26, bold: true, color: "1E1B17" },
      paragraph: { spacing: { before: 240, after: 80 }, keepNext: true },
    },
    heading4: {
      run: { size: 23, bold: true, color: "1E1B17" },
      paragraph: { spacing: { before: 200, after: 80 }, keepNext: true },
    },
    heading5: {
      run: { size: 22, bold: true, color: "575147" },
      paragraph: { spacing: { before: 200, after: 60 }, keepNext: true },
    },
    heading6: {
      run: { size: 22, italics: true, color: "575147" },
      paragraph: { spacing: { before: 200, after: 60 }, keepNext: true },
    },
    hyperlink: { run: { color: "0F6B5C", underline: {} } },
  },
  paragraphStyles: [
    {
      id: "Quote",
      name: "Quote",
      basedOn: "Normal",
      run: { italics: true, color: "575147" },
      paragraph: {
        indent: { left: 480 },
        border: { left: { style: BorderStyle.SINGLE, size: 12, space: 10, color: "B8B1A4" } },
      },
    },
    {
      id: "CodeBlock",
      name: "Code Block",
      basedOn: "Normal",
      run: { font: mono, size: 18, noProof: true },
      paragraph: {
        spacing: { before: 120, after: 160, line: 252 },
        shading: { type: ShadingType.CLEAR, fill: "F4F1EA" },
        indent: { left: 120, right: 120 },
      },
    },
    {
      id: "Divider",
      name: "Divider",
      basedOn: "Normal",
      paragraph: { border: { bottom: { style: BorderStyle.SINGLE, size: 6, space: 1, color: "B8B1A4" } } },
    },
    {
      id: "Caption",
      name: "Caption",
      basedOn: "Normal",
      run: { italics: true, size: 19, color: "575147" },
      paragraph: { spacing: { after: 200 } },
    },
    ...Object.entries(calloutInks).map(([kind, color]) => calloutStyle(kind, color)),
  ],
  characterStyles: [
    {
      id: "CodeText",
      name: "Code Text",
      run: { font: mono, size: 19, noProof: true, shading: { type: ShadingType.CLEAR, fill: "F4F1EA" } },
    },
    { id: "Formula", name: "Formula", run: { font: "Cambria Math", italics: true, noProof: true } },
  ],
};
