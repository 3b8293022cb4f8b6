"""``python -m zhenggong``: pay and assessment of a month, explanations, lint, catalogue."""

from ._cli import main

if __name__ == "__main__":
    raise SystemExit(main())
