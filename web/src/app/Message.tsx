import type { ReactNode } from "react";
import { Link } from "wouter";
import { appText } from "./text.ts";

type Props = {
  readonly title: string;
  readonly hint: string;
  readonly children?: ReactNode;
  readonly testId?: string;
};

/** A page that holds one sentence and the way on. */
export function Message({ title, hint, children, testId }: Props) {
  return (
    <main
      className="mx-auto flex min-h-dvh max-w-md flex-col justify-center gap-3 px-6 pb-24"
      data-testid={testId}
    >
      <h1 className="font-serif text-[1.75rem] leading-tight font-semibold text-balance">{title}</h1>
      <p className="text-lg text-soft">{hint}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        {children}
        <Link href="/" className="button">
          {appText.home}
        </Link>
      </div>
    </main>
  );
}
