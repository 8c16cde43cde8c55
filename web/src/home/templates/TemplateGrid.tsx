import { TemplatePicture } from "./TemplatePicture.tsx";
import { type Template, type TemplateId, templateOf } from "./templates.ts";

type Props = {
  readonly ids: readonly TemplateId[];
  readonly busy: boolean;
  readonly onChoose: (template: Template) => void;
};

export function TemplateGrid({ ids, busy, onChoose }: Props) {
  return (
    <ul className="grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-3">
      {ids.map(templateOf).map((template) => (
        <li key={template.id}>
          <button
            type="button"
            className="flex w-full flex-col gap-0.5 rounded-lg p-1.5 text-left hover:bg-hover disabled:opacity-60"
            disabled={busy}
            data-testid="template"
            onClick={() => onChoose(template)}
          >
            <TemplatePicture template={template} />
            <span className="mt-1.5 font-medium">{template.name}</span>
            <span className="text-sm text-faint">{template.about}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
