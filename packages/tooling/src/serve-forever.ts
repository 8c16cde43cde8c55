import { openProduct, type Product, type ProductOptions } from "./product.ts";

/** Serves until a signal asks to stop; then everything that was started is stopped too, and the exit code is 0. */
export async function serveForever(options: ProductOptions): Promise<Product> {
  const product = await openProduct(options);
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await product.close();
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => void stop());
  return product;
}
