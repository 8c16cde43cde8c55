/** Stands where the title and the first paragraphs will be, so that nothing moves when they come. */
export function PageSkeleton() {
  return (
    <div className="page-column pt-28" aria-hidden="true" data-testid="page-skeleton">
      <div className="skeleton mb-8 h-9 w-3/5" />
      <TextSkeleton />
    </div>
  );
}

export function TextSkeleton() {
  return (
    <div className="flex flex-col gap-3.5" aria-hidden="true">
      {["100%", "96%", "98%", "62%", "0", "94%", "100%", "78%"].map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are fixed
        <div key={line} className="skeleton h-4" style={{ width }} />
      ))}
    </div>
  );
}
