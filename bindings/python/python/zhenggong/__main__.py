"""``python -m zhenggong``: a month run, one payslip explained, the lint of packs, the catalogue."""

from ._cli import main

if __name__ == "__main__":
    raise SystemExit(main())
