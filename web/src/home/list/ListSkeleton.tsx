import { homeText } from "../text.ts";

const widths = [56, 40, 48, 62, 44] as const;

/** Rows as they will be, so that nothing moves when they come. */
export function ListSkeleton() {
  return (
    <div role="status" aria-label={homeText.loading} data-testid="list-skeleton">
      {widths.map((width) => (
        <div key={width} className="flex items-start gap-3.5 px-3 py-2.5">
          <div className="skeleton mt-0.5 size-5" />
          <div className="flex flex-1 flex-col gap-2 py-1">
            <div className="skeleton h-4" style={{ width: `${width}%` }} />
            <div className="skeleton h-3 w-1/3" />
          </div>
        </div>
      ))}
    </div>
  );
}
