"""Measure everything: the desk under load, and with `--articles DIR` anchoring and spotting too.

    python -m bench [--articles DIR] [options of bench.desk]

Ends with an error when one of them missed its targets.
"""

import argparse
import subprocess
import sys

from bench.ground import ROOT

QUALITY = ("anchoring", "spotting")


def main() -> None:
    """Run each benchmark as its own process, so that none warms or burdens another."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", help="folder of articles as JSON: title, published, text")
    given, rest = parser.parse_known_args()
    runs = [["-m", "bench.desk", *rest]]
    if given.articles:
        runs += [["-m", f"bench.{name}", "--articles", given.articles] for name in QUALITY]
    else:
        print("Without --articles DIR, anchoring and spotting are not measured.", flush=True)
    failed = [run for run in runs if subprocess.run([sys.executable, *run], cwd=ROOT).returncode]
    sys.exit(len(failed))


if __name__ == "__main__":
    main()
