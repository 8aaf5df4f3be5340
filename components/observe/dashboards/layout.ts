// Where panels stand: left to right on 24 columns, row below row, each with a number of its own.
import type { Row } from "./dashboard";

export interface Place {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const columns = 24;

export function places(rows: readonly Row[]): { readonly header: Place; readonly panels: readonly Place[] }[] {
  let id = 0;
  let top = 0;
  return rows.map(({ panels }) => {
    const header: Place = { id: ++id, x: 0, y: top++, w: columns, h: 1 };
    let x = 0;
    let tallest = 0;
    const placed = panels.map(({ width, height }): Place => {
      if (x + width > columns) {
        top += tallest;
        x = tallest = 0;
      }
      const place = { id: ++id, x, y: top, w: width, h: height };
      x += width;
      tallest = Math.max(tallest, height);
      return place;
    });
    top += tallest;
    return { header, panels: placed };
  });
}
