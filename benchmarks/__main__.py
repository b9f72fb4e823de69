"""Runs every benchmark, prints the ratios, and writes them as JSON to build/bench.json."""

from __future__ import annotations

import argparse
import json
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import capture, note, report, start

Measure = Callable[[], list[dict[str, Any]]]

BENCHMARKS: dict[str, Measure] = {
    "start": start.measure,
    "note": note.measure,
    "capture": capture.measure,
    "report": report.measure,
}


def _line(row: dict[str, Any]) -> str:
    parts = [f"{row['name']:<64}"]
    parts.append(f"{row['ours_s'] * 1000:9.2f} ms / {row['raw_s'] * 1000:9.2f} ms")
    parts.append(f"= {row['ratio']:5.2f}×")
    if "p99_ms" in row:
        parts.append(f"  p99 {row['p99_ms']:6.2f} ms")
    return " ".join(parts)


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*BENCHMARKS, []], help="which benchmarks (default: all)")
    parser.add_argument("-o", "--out", type=Path, default=Path("build/bench.json"), help="where the JSON goes")
    options = parser.parse_args()
    results: dict[str, list[dict[str, Any]]] = {}
    for name in options.names or BENCHMARKS:
        print(f"\n{name}: {BENCHMARKS[name].__module__}")
        results[name] = BENCHMARKS[name]()
        for row in results[name]:
            print(_line(row), flush=True)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    about = {"python": platform.python_version(), "machine": platform.machine(), "results": results}
    options.out.write_text(json.dumps(about, indent=1), encoding="utf-8")
    print(f"\nWritten to {options.out}.")


if __name__ == "__main__":
    main()
