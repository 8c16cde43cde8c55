export interface WorkerdConfig {
  readonly port: number;
  /** Relative to the configuration's own folder. */
  readonly module: string;
  readonly compatibilityDate: string;
  /** The only binding: a Durable Object class with SQLite, under this name. */
  readonly binding: string;
  readonly className: string;
  /** Keeps the objects of different programs apart. */
  readonly uniqueKey: string;
  /** Exists already. */
  readonly objectsDir: string;
}

/** A configuration for `workerd serve`: one Worker with one class of objects, on the loopback only. */
export function workerdConfig(config: WorkerdConfig): string {
  const text = (value: string) => JSON.stringify(value);
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "objects", disk = (path = ${text(config.objectsDir)}, writable = true)),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${config.port}", http = (), service = "main")],
);

const main :Workerd.Worker = (
  modules = [(name = "main.js", esModule = embed ${text(config.module)})],
  compatibilityDate = ${text(config.compatibilityDate)},
  durableObjectNamespaces = [
    (className = ${text(config.className)}, uniqueKey = ${text(config.uniqueKey)}, enableSql = true),
  ],
  durableObjectStorage = (localDisk = "objects"),
  bindings = [(name = ${text(config.binding)}, durableObjectNamespace = ${text(config.className)})],
);
`;
}
