"""Inputs that reach more of a reader, found by coverage: atheris draws them in a process of its own.

`python -m tests.torture.coverage READER SAMPLE KEPT` is that process; what follows are options of libFuzzer.
Of a packed file an input is the number of a part, and what stands in it, so that changes are not only of a checksum.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

from sto_desktop.domain.errors import StoError

ROOT = Path(__file__).resolve().parents[2]
INPUTS = 5_000
"""In one run, with those that were found before."""
MOST_SECONDS, MOST_MIB = 10, 1024
"""For one input; the instruments of atheris take some 300 MiB by themselves."""
_WHOLE = 255


def available() -> bool:
    """Return whether atheris is installed: `.venv/bin/pip install atheris`."""
    return find_spec("atheris") is not None


# In the process that reads


def _parts(sample: bytes) -> list[str]:
    if not sample.startswith(b"PK"):
        return []
    with zipfile.ZipFile(io.BytesIO(sample)) as packed:
        return packed.namelist()


def seeds(sample: bytes) -> list[bytes]:
    """Return the inputs that give this file: one for each part, if it is packed."""
    if not sample.startswith(b"PK"):
        return [sample]
    with zipfile.ZipFile(io.BytesIO(sample)) as packed:
        parts = [bytes([number]) + packed.read(name) for number, name in enumerate(packed.namelist())]
    return [*parts, bytes([_WHOLE]) + sample]


def file_of(drawn: bytes, sample: bytes) -> bytes:
    """Return the file that an input stands for."""
    parts = _parts(sample)
    if not parts or drawn[:1] == bytes([_WHOLE]):
        return drawn[1:] if parts else drawn
    changed = parts[(drawn[0] if drawn else 0) % len(parts)]
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sample)) as packed, zipfile.ZipFile(made, "w") as out:
        for name in parts:
            out.writestr(name, drawn[1:] if name == changed else packed.read(name))
    return made.getvalue()


def _read_for_ever(name: str, sample_path: Path, kept: Path, options: list[str]) -> None:
    import atheris

    with atheris.instrument_imports(include=["sto_desktop"]):
        from tests.torture.hostile import readers

        read = readers()[name]
    sample, path = sample_path.read_bytes(), sample_path.with_name(name)

    def one(drawn: bytes) -> None:
        content = file_of(drawn, sample)
        path.write_bytes(content)
        try:
            read(path)
        except StoError:
            return
        except BaseException:
            kept.write_bytes(content)
            raise

    atheris.Setup([sys.argv[0], *options], one)
    atheris.Fuzz()


# In the process that looks at what came of it


def run(seed: int, place: Path) -> None:
    """Let a reader read inputs from where the last run left it; AssertionError, and the input kept, if one fails."""
    from tests.torture.hostile import samples

    found = samples(place)
    name = sorted(found)[seed % len(found)]
    build = ROOT / "build" / "torture"
    corpus, kept = build / "corpus" / name, build / f"coverage-{seed}-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    folder = place / f"coverage-{seed}"
    begin = folder / "begin"
    begin.mkdir(parents=True)
    sample = folder / f"sample-{name}"
    sample.write_bytes(found[name])
    for number, content in enumerate(seeds(found[name])):
        (begin / str(number)).write_bytes(content)
    limits = [f"-runs={INPUTS}", f"-timeout={MOST_SECONDS}", f"-rss_limit_mb={MOST_MIB}", "-detect_leaks=0"]
    told = [f"-seed={seed + 1}", f"-artifact_prefix={build}/coverage-{seed}-", "-print_final_stats=1"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.torture.coverage", name, sample, kept, *limits, *told, corpus, begin],
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
    )
    said = done.stdout + done.stderr
    if "INITED" not in said:
        raise RuntimeError(f"It did not start, so nothing was tried: {said[-2000:]}")
    assert done.returncode == 0, f"{name}, kept in {build}: code {done.returncode}\n{said[-6000:]}"
    read = re.search(r"number_of_executed_units: (\d+)", said)
    assert read is not None, said[-2000:]
    assert int(read[1]) >= INPUTS, f"{name}: {read[0]}"


if __name__ == "__main__":
    _read_for_ever(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4:])
