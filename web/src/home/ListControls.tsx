import { ArrowDownWideNarrow, Check, Clock, Star, Trash2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Link } from "wouter";
import { type HomeQuestion, homeAddress, type Sort, sorts, views } from "./question.ts";
import { homeText } from "./text.ts";

const icons = { recent: Clock, starred: Star, trash: Trash2 } as const;

type Props = { readonly question: HomeQuestion; readonly onSort: (sort: Sort) => void };

/** Which documents the list has, and in which order. */
export function ListControls({ question, onSort }: Props) {
  return (
    <div className="mb-2 flex items-center gap-2 border-b border-line">
      <nav aria-label={homeText.viewsLabel} className="flex flex-1 gap-1">
        {views.map((view) => {
          const Icon = icons[view];
          const isCurrent = view === question.view;
          return (
            <Link
              key={view}
              href={homeAddress({ ...question, view })}
              replace
              aria-current={isCurrent ? "page" : undefined}
              className={`-mb-px flex min-h-10 items-center gap-1.5 border-b-2 px-2.5 font-medium -outline-offset-2 ${
                isCurrent ? "border-accent text-ink" : "border-transparent text-soft hover:text-ink"
              }`}
            >
              <Icon size={16} aria-hidden="true" className="max-sm:hidden" />
              {homeText.views[view]}
            </Link>
          );
        })}
      </nav>
      {question.view === "trash" || question.query !== "" ? null : (
        <SortMenu sort={question.sort} onSort={onSort} />
      )}
    </div>
  );
}

function SortMenu({ sort, onSort }: { readonly sort: Sort; readonly onSort: (sort: Sort) => void }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        className="icon-button w-auto! gap-1.5 px-2 text-sm"
        aria-label={`${homeText.sortLabel}: ${homeText.sorts[sort]}`}
      >
        <ArrowDownWideNarrow size={17} />
        <span className="max-sm:hidden">{homeText.sorts[sort]}</span>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating min-w-40 p-1"
          align="end"
          sideOffset={2}
          collisionPadding={8}
        >
          <DropdownMenu.RadioGroup value={sort} onValueChange={(chosen) => onSort(chosen as Sort)}>
            {sorts.map((each) => (
              <DropdownMenu.RadioItem key={each} value={each} className="menu-item">
                <span className="flex-1">{homeText.sorts[each]}</span>
                <DropdownMenu.ItemIndicator>
                  <Check size={16} aria-hidden="true" />
                </DropdownMenu.ItemIndicator>
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
