import type { LanguageFn } from "lowlight";
import { codeText } from "./text.ts";

type Entry = {
  readonly id: string;
  readonly name: string;
  /** What people write after the fence for it, besides its id. */
  readonly aliases: readonly string[];
  readonly load: () => Promise<{ readonly default: LanguageFn }>;
};

export const codeLanguages: readonly Entry[] = [
  {
    id: "bash",
    name: "Bash",
    aliases: ["sh", "shell", "zsh"],
    load: () => import("highlight.js/lib/languages/bash"),
  },
  { id: "c", name: "C", aliases: ["h"], load: () => import("highlight.js/lib/languages/c") },
  { id: "cpp", name: "C++", aliases: ["c++", "hpp"], load: () => import("highlight.js/lib/languages/cpp") },
  {
    id: "csharp",
    name: "C#",
    aliases: ["cs", "c#"],
    load: () => import("highlight.js/lib/languages/csharp"),
  },
  {
    id: "clojure",
    name: "Clojure",
    aliases: ["clj"],
    load: () => import("highlight.js/lib/languages/clojure"),
  },
  { id: "css", name: "CSS", aliases: [], load: () => import("highlight.js/lib/languages/css") },
  { id: "dart", name: "Dart", aliases: [], load: () => import("highlight.js/lib/languages/dart") },
  { id: "diff", name: "Diff", aliases: ["patch"], load: () => import("highlight.js/lib/languages/diff") },
  {
    id: "dockerfile",
    name: "Dockerfile",
    aliases: ["docker"],
    load: () => import("highlight.js/lib/languages/dockerfile"),
  },
  {
    id: "elixir",
    name: "Elixir",
    aliases: ["ex", "exs"],
    load: () => import("highlight.js/lib/languages/elixir"),
  },
  { id: "erlang", name: "Erlang", aliases: ["erl"], load: () => import("highlight.js/lib/languages/erlang") },
  { id: "go", name: "Go", aliases: ["golang"], load: () => import("highlight.js/lib/languages/go") },
  {
    id: "graphql",
    name: "GraphQL",
    aliases: ["gql"],
    load: () => import("highlight.js/lib/languages/graphql"),
  },
  {
    id: "haskell",
    name: "Haskell",
    aliases: ["hs"],
    load: () => import("highlight.js/lib/languages/haskell"),
  },
  { id: "html", name: "HTML", aliases: ["htm"], load: () => import("highlight.js/lib/languages/xml") },
  { id: "ini", name: "INI", aliases: ["conf", "cfg"], load: () => import("highlight.js/lib/languages/ini") },
  { id: "java", name: "Java", aliases: [], load: () => import("highlight.js/lib/languages/java") },
  {
    id: "javascript",
    name: "JavaScript",
    aliases: ["js", "mjs"],
    load: () => import("highlight.js/lib/languages/javascript"),
  },
  { id: "json", name: "JSON", aliases: ["jsonc"], load: () => import("highlight.js/lib/languages/json") },
  { id: "jsx", name: "JSX", aliases: ["react"], load: () => import("highlight.js/lib/languages/javascript") },
  { id: "julia", name: "Julia", aliases: ["jl"], load: () => import("highlight.js/lib/languages/julia") },
  { id: "kotlin", name: "Kotlin", aliases: ["kt"], load: () => import("highlight.js/lib/languages/kotlin") },
  { id: "latex", name: "LaTeX", aliases: ["tex"], load: () => import("highlight.js/lib/languages/latex") },
  { id: "less", name: "Less", aliases: [], load: () => import("highlight.js/lib/languages/less") },
  { id: "lua", name: "Lua", aliases: [], load: () => import("highlight.js/lib/languages/lua") },
  {
    id: "makefile",
    name: "Makefile",
    aliases: ["make"],
    load: () => import("highlight.js/lib/languages/makefile"),
  },
  {
    id: "markdown",
    name: "Markdown",
    aliases: ["md"],
    load: () => import("highlight.js/lib/languages/markdown"),
  },
  { id: "matlab", name: "MATLAB", aliases: [], load: () => import("highlight.js/lib/languages/matlab") },
  { id: "nginx", name: "Nginx", aliases: [], load: () => import("highlight.js/lib/languages/nginx") },
  {
    id: "objectivec",
    name: "Objective-C",
    aliases: ["objc"],
    load: () => import("highlight.js/lib/languages/objectivec"),
  },
  { id: "perl", name: "Perl", aliases: ["pl"], load: () => import("highlight.js/lib/languages/perl") },
  { id: "php", name: "PHP", aliases: [], load: () => import("highlight.js/lib/languages/php") },
  {
    id: "powershell",
    name: "PowerShell",
    aliases: ["ps1"],
    load: () => import("highlight.js/lib/languages/powershell"),
  },
  {
    id: "protobuf",
    name: "Protocol Buffers",
    aliases: ["proto"],
    load: () => import("highlight.js/lib/languages/protobuf"),
  },
  { id: "python", name: "Python", aliases: ["py"], load: () => import("highlight.js/lib/languages/python") },
  { id: "r", name: "R", aliases: [], load: () => import("highlight.js/lib/languages/r") },
  { id: "ruby", name: "Ruby", aliases: ["rb"], load: () => import("highlight.js/lib/languages/ruby") },
  { id: "rust", name: "Rust", aliases: ["rs"], load: () => import("highlight.js/lib/languages/rust") },
  { id: "scala", name: "Scala", aliases: [], load: () => import("highlight.js/lib/languages/scala") },
  { id: "scss", name: "SCSS", aliases: ["sass"], load: () => import("highlight.js/lib/languages/scss") },
  {
    id: "sql",
    name: "SQL",
    aliases: ["postgres", "mysql", "sqlite"],
    load: () => import("highlight.js/lib/languages/sql"),
  },
  { id: "swift", name: "Swift", aliases: [], load: () => import("highlight.js/lib/languages/swift") },
  { id: "toml", name: "TOML", aliases: [], load: () => import("highlight.js/lib/languages/ini") },
  { id: "tsx", name: "TSX", aliases: [], load: () => import("highlight.js/lib/languages/typescript") },
  {
    id: "typescript",
    name: "TypeScript",
    aliases: ["ts", "mts"],
    load: () => import("highlight.js/lib/languages/typescript"),
  },
  { id: "xml", name: "XML", aliases: ["svg", "rss"], load: () => import("highlight.js/lib/languages/xml") },
  { id: "yaml", name: "YAML", aliases: ["yml"], load: () => import("highlight.js/lib/languages/yaml") },
];

/** The language that is meant by what stands after the fence; null for none that is known here. */
export function codeLanguage(written: string): Entry | null {
  const name = written.toLowerCase();
  return codeLanguages.find(({ id, aliases }) => id === name || aliases.includes(name)) ?? null;
}

export const languageName = (written: string): string =>
  written === "" ? codeText.plain : (codeLanguage(written)?.name ?? written);
