"""Runs every benchmark, prints the ratios, and writes them as JSON to build/bench.json."""

from __future__ import annotations

import argparse
import importlib
import json
import platform
from pathlib import Path
from typing import Any

NAMES = (
    "start",
    "opening",
    "note",
    "capture",
    "typing",
    "report",
    "merge",
    "idle",
    "label",
    "elaborate",
    "overview",
    "stalls",
)


def _measure(name: str) -> list[dict[str, Any]]:
    """Run one benchmark, imported only when it is needed."""
    rows: list[dict[str, Any]] = importlib.import_module(f"benchmarks.{name}").measure()
    return rows


def _line(row: dict[str, Any]) -> str:
    parts = [f"{row['name']:<64}"]
    if "unit" in row:
        parts.append(f"{row['ours']:9.2f} {row['unit']} / {row['raw']:9.2f} {row['unit']}")
    else:
        parts.append(f"{row['ours_s'] * 1000:9.2f} ms / {row['raw_s'] * 1000:9.2f} ms")
    parts.append(f"= {row['ratio']:5.2f}×")
    if "p99_ms" in row:
        parts.append(f"  p99 {row['p99_ms']:6.2f} ms")
    if "answer_ms" in row:
        parts.append(f"  wall {row['wall_ms']:6.0f} ms, answer {row['answer_ms']:6.0f} ms")
    return " ".join(parts)


def main() -> None:
    """Run the benchmarks and print and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="which benchmarks (default: all)")
    parser.add_argument("-o", "--out", type=Path, default=Path("build/bench.json"), help="where the JSON goes")
    options = parser.parse_args()
    results: dict[str, list[dict[str, Any]]] = {}
    for name in options.names or NAMES:
        print(f"\n{name}:", flush=True)
        results[name] = _measure(name)
        for row in results[name]:
            print(_line(row), flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    about = {"python": platform.python_version(), "machine": platform.machine(), "results": results}
    options.out.write_text(json.dumps(about, indent=1), encoding="utf-8")
    print(f"\nWritten to {options.out}.")


if __name__ == "__main__":
    main()
