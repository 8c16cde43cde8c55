import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { Toaster } from "sonner";
import { Route, Switch } from "wouter";
import { Announcer } from "./Announcer.tsx";
import { ApiError } from "./api.ts";
import { ErrorBoundary } from "./ErrorBoundary.tsx";
import { NotFound } from "./NotFound.tsx";
import { PageSkeleton } from "./PageSkeleton.tsx";
import { useTheme } from "./theme.ts";

const loadHome = async () => ({ default: (await import("../home/HomePage.tsx")).HomePage });
// before React has begun, where it is what will be shown; a document's page does not need it
const home = window.location.pathname === "/" ? loadHome() : null;
const HomePage = lazy(() => home ?? loadHome());
const DocumentPage = lazy(() => import("../document/DocumentPage.tsx"));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => !(error instanceof ApiError && error.status >= 400) && failures < 2,
    },
  },
});

export function App() {
  const theme = useTheme();
  return (
    <QueryClientProvider client={queries}>
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
      <Announcer />
      <Toaster
        theme={theme}
        position="bottom-center"
        offset={{ bottom: "calc(24px + var(--past-bar, 0px))" }}
        mobileOffset={{ bottom: "max(68px, var(--past-bar, 0px) + 12px)" }}
        className="toaster"
      />
    </QueryClientProvider>
  );
}
