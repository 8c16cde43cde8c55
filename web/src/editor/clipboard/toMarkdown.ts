export { jsonToMarkdown } from "@palimpsest/schema";
