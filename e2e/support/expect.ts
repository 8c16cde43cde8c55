import { expect as base } from "@playwright/test";

/** More patient than the default: with two workers on two cores, a page's first opening alone may take seconds. */
export const expect = base.configure({ timeout: 25_000 });
