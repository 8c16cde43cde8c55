import { FileSearch, type LucideIcon, PenLine, Star, Trash2, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import type { HomeQuestion } from "../question.ts";
import { homeText } from "../text.ts";

type Props = {
  readonly question: HomeQuestion;
  readonly isRemembered: boolean;
  /** What else somebody can begin with. */
  readonly children?: ReactNode;
};

type Said = {
  readonly Icon: LucideIcon;
  readonly title: string;
  readonly hint: string;
  readonly testId: string;
};

function saying({ question: { view, query }, isRemembered }: Props): Said | null {
  if (query !== "")
    return {
      Icon: FileSearch,
      title: homeText.nothingFoundTitle(query),
      hint: isRemembered ? homeText.searchPartial : homeText.nothingFoundHint,
      testId: "nothing-found",
    };
  if (isRemembered)
    return {
      Icon: WifiOff,
      title: homeText.listFailed,
      hint: homeText.nothingRemembered,
      testId: "nothing-remembered",
    };
  switch (view) {
    case "starred":
      return {
        Icon: Star,
        title: homeText.emptyStarredTitle,
        hint: homeText.emptyStarredHint,
        testId: "empty-starred",
      };
    case "trash":
      return {
        Icon: Trash2,
        title: homeText.emptyTrashTitle,
        hint: homeText.emptyTrashHint,
        testId: "empty-trash",
      };
    case "recent":
      return { Icon: PenLine, title: homeText.emptyTitle, hint: homeText.emptyHint, testId: "empty-list" };
  }
}

export function EmptyList(props: Props) {
  const said = saying(props);
  if (said === null) return null;
  const { Icon, title, hint, testId } = said;
  return (
    <div className="px-3 py-8" data-testid={testId}>
      <Icon size={26} strokeWidth={1.4} className="mb-3 text-faint" aria-hidden="true" />
      <p className="font-serif text-xl wrap-anywhere">{title}</p>
      <p className="mt-2 max-w-md text-soft">{hint}</p>
      {props.children}
    </div>
  );
}
