/** A cell as HTML has it, with the element that holds what is written in it. */
export interface Cell {
  readonly element: HTMLElement;
  readonly colspan: number;
  readonly rowspan: number;
}

const MAX_COLUMNS = 200;
const MAX_ROWS = 5_000;

function isEmpty(cell: Cell | null): boolean {
  return (
    cell === null ||
    (cell.element.textContent.trim() === "" && cell.element.querySelector("img, hr, [data-type]") === null)
  );
}

/** Takes out columns and rows in which no cell begins: spans that nothing else in the table gives a meaning. */
function dropCovered(grid: (Cell | null)[][]): void {
  for (let y = grid.length - 1; y > 0; y--) {
    const [row, above] = [grid[y] ?? [], grid[y - 1] ?? []];
    if (row.length > 0 && row.every((cell, x) => cell !== null && cell === above[x])) grid.splice(y, 1);
  }
  const width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  const covered = Array.from({ length: width }, (_, x) =>
    grid.every((row) => x > 0 && row[x] != null && row[x] === row[x - 1]),
  );
  for (const [y, row] of grid.entries()) grid[y] = row.filter((_, x) => covered[x] !== true);
}

/**
 * Rows of cells as a table in which every row is as wide as the others and no cell reaches below the last: the editor would
 * mend others when it opens them, which is a change that nobody made. Empty rows at the end and columns at the right go.
 */
export function tableOf(rows: readonly (readonly Cell[])[], document: Document): HTMLElement | null {
  /** By place; a cell stands at each that it covers. */
  const grid: (Cell | null)[][] = Array.from({ length: Math.min(rows.length, MAX_ROWS) }, () => []);
  for (const [y, row] of rows.slice(0, MAX_ROWS).entries()) {
    let x = 0;
    for (const [at, cell] of row.entries()) {
      // The cells after it need room too, whatever it claims.
      const across = Math.min(cell.colspan, MAX_COLUMNS - (row.length - at - 1));
      while (grid[y]?.[x] != null) x++;
      if (x >= MAX_COLUMNS) break;
      for (let down = 0; down < cell.rowspan && y + down < grid.length; down++)
        for (let right = 0; right < across && x + right < MAX_COLUMNS; right++) {
          const line = grid[y + down];
          if (line !== undefined && line[x + right] == null) line[x + right] = cell;
        }
      x += Math.max(across, 1);
    }
  }
  dropCovered(grid);
  while (grid.length > 0 && (grid.at(-1) ?? []).every(isEmpty)) grid.pop();
  let width = grid.reduce((most, row) => Math.max(most, row.length), 0);
  const isLastEmpty = () => grid.every((row) => isEmpty(row[width - 1] ?? null));
  while (width > 1 && isLastEmpty()) width--;
  if (grid.length === 0 || width === 0) return null;

  const body = document.createElement("tbody");
  const placed = new Set<Cell>();
  for (const [y, row] of grid.entries()) {
    const line = document.createElement("tr");
    for (let x = 0; x < width; x++) {
      const cell = row[x] ?? null;
      if (cell === null) {
        const empty = document.createElement("td");
        empty.append(document.createElement("p"));
        line.append(empty);
        continue;
      }
      if (placed.has(cell)) continue;
      placed.add(cell);
      let [across, down] = [0, 0];
      while (x + across < width && row[x + across] === cell) across++;
      while (y + down < grid.length && grid[y + down]?.[x] === cell) down++;
      if (across > 1) cell.element.setAttribute("colspan", String(across));
      if (down > 1) cell.element.setAttribute("rowspan", String(down));
      line.append(cell.element);
    }
    body.append(line);
  }
  const table = document.createElement("table");
  table.append(body);
  return table;
}
