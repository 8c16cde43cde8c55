import { lazy, Suspense } from "react";
import { Route, Switch } from "wouter";
import { Shell } from "../shell/Shell.tsx";
import { Announcer } from "./Announcer.tsx";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { asking, untilLoaded } from "./later.tsx";
import { NotFound } from "./NotFound.tsx";
import { PageSkeleton } from "./PageSkeleton.tsx";
import { useSettled } from "./settled.ts";
import { useToastsWanted } from "./toast.ts";

const loadHome = async () => ({
  default: await asking(async () => (await import("../home/HomePage.tsx")).HomePage),
});
// before React has begun, where it is what will be shown; a document's page does not need it
const home = window.location.pathname === "/" ? loadHome() : null;
const HomePage = lazy(() => home ?? loadHome());
const DocumentPage = lazy(() => import("../document/DocumentPage.tsx"));
const Toasts = lazy(async () => ({
  default: await untilLoaded(async () => (await import("./Toasts.tsx")).Toasts),
}));

export function App() {
  const { settled } = useSettled();
  const { wanted } = useToastsWanted();
  return (
    <>
      <ErrorBoundary>
        <Switch>
          <Route path="/">
            <Suspense fallback={<PageSkeleton />}>
              <HomePage />
            </Suspense>
          </Route>
          <Route path="/d/:id">
            {({ id }) => (
              <Suspense fallback={<PageSkeleton />}>
                <DocumentPage key={id} id={id} />
              </Suspense>
            )}
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </ErrorBoundary>
      <Shell />
      <Announcer />
      {settled || wanted ? (
        <Suspense>
          <Toasts />
        </Suspense>
      ) : null}
    </>
  );
}
