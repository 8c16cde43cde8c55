import { useCallback, useEffect, useState } from "react";
import { useLocation, useSearch } from "wouter";
import { type HomeQuestion, homeAddress, readQuestion, type Sort } from "./question.ts";
import { useDeferredQuery } from "./search/useDeferredQuery.ts";

type Asking = {
  /** What the list is asked for; the words a moment after they were typed. */
  readonly question: HomeQuestion;
  readonly typed: string;
  readonly onType: (words: string) => void;
  readonly onSort: (sort: Sort) => void;
};

/** The question in the address, and the words as they are typed. */
export function useHomeQuestion(): Asking {
  const search = useSearch();
  const [, navigate] = useLocation();
  const question = readQuestion(search);
  const [typed, onType] = useState(question.query);
  const words = useDeferredQuery(typed);

  useEffect(() => {
    const address = homeAddress({ ...readQuestion(window.location.search), query: words });
    if (address !== `/${window.location.search}`) navigate(address, { replace: true });
  }, [words, navigate]);

  const onSort = useCallback(
    (sort: Sort) =>
      navigate(homeAddress({ ...readQuestion(window.location.search), sort }), { replace: true }),
    [navigate],
  );
  return { question: { ...question, query: words }, typed, onType, onSort };
}
