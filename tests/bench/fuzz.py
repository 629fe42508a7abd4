"""`python -m tests.bench.fuzz --reader NAME --runs 100000`: what a reader does with files that nobody thought of.

With atheris (`pip install atheris`, where it has a wheel) coverage leads the way; else files are damaged by chance.
Says how many runs raised, and how long the slowest took; exit status 1 where one raised, or took more than 2 seconds.
"""

import argparse
import importlib.util
import inspect
import random
import sys
import time
import traceback
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sitegen.intake import READERS
from sitegen.intake.raw import RawDigest
from tests.intake.corruptions import damaged, read_whole, real_seeds, seeds

SLOWEST = 2.0
# Coverage is found by many small files, not by some large ones, which the tests of corruptions have.
LARGEST = 4_000


@dataclass
class Result:
    """What became of the runs so far; slowest: (seconds of processor time, bytes of the file)."""

    runs: int = 0
    raised: int = 0
    slowest: tuple[float, bytes] = (0.0, b"")
    errors: dict[str, str] = field(default_factory=dict)

    def run(self, name: str, data: bytes) -> None:
        """One file; what a reader raises is counted, and the first of each kind kept."""
        begun = time.process_time()
        try:
            read_whole(READERS[name], RawDigest("2025-03-14-x", data))
        except Exception as error:
            self.raised += 1
            place = traceback.extract_tb(error.__traceback__)[-1]
            self.errors.setdefault(
                f"{type(error).__name__} at {place.filename}:{place.lineno}", f"{error}: {data[:500]!r}"
            )
        self.runs += 1
        self.slowest = max(self.slowest, (time.process_time() - begun, data))

    def say(self, name: str) -> int:
        """Print the result; the exit status."""
        seconds, data = self.slowest
        print(f"{name}: {self.runs:,} runs, {self.raised:,} raised, slowest {seconds:.2f} s with {len(data):,} bytes")
        for place, error in self.errors.items():
            print(f"  {place}: {error}")
        return int(bool(self.raised) or seconds > SLOWEST)


def main() -> None:
    """Run, and say what was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.fuzz", description=__doc__)
    parser.add_argument("--reader", choices=READERS, required=True)
    parser.add_argument("--runs", type=int, default=100_000)
    parser.add_argument("--by-chance", action="store_true", help="without atheris, though it is installed")
    options = parser.parse_args()
    files = [raw.data for raw in (*seeds(options.reader), *real_seeds(options.reader))]
    if options.by_chance or not importlib.util.find_spec("atheris"):
        sys.exit(_by_chance(options.reader, options.runs, files))
    _by_coverage(options.reader, options.runs, files)


def _by_chance(name: str, runs: int, files: list[bytes]) -> int:
    chance, result = random.Random(17), Result()
    while result.runs < runs:
        result.run(name, damaged(chance.choice(files), chance))
    return result.say(name)


def _by_coverage(name: str, runs: int, files: list[bytes]) -> None:
    """atheris ends the process itself, so the last run says what was found."""
    import atheris

    result = Result()

    def one(data: bytes) -> None:
        result.run(name, data)
        if result.runs == runs:
            status = result.say(name)
            sys.stdout.flush()
            if status:
                raise SystemExit(status)

    for module in [module for place, module in sys.modules.items() if place.startswith("sitegen.intake")]:
        for function in [each for each in vars(module).values() if inspect.isfunction(each)]:
            atheris.instrument_func(function)
    with TemporaryDirectory() as folder:
        for number, data in enumerate(files):
            Path(folder, str(number)).write_bytes(data[:LARGEST])
        atheris.Setup([sys.argv[0], folder, f"-runs={runs}", f"-max_len={LARGEST}", "-verbosity=0"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
