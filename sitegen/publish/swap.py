"""Two folders change places in one step, and what a step that was cut off left is put right."""

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from sitegen.files import raise_errno

_FILE_SYSTEM_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP}


def exchange(site: Path, spare: Path, aside: Path) -> None:
    """Swap the folders; where the system cannot do that in one step, by three renames that `recover` can finish."""
    try:
        rename_exchange(site, spare)
    except OSError as error:
        if error.errno not in _FILE_SYSTEM_CANNOT:
            raise
        site.rename(aside)
        spare.rename(site)
        aside.rename(spare)


def rename_exchange(one: Path, other: Path) -> None:
    """Swap two folders in one step (https://man7.org/linux/man-pages/man2/renameat2.2.html, RENAME_EXCHANGE).

    Raises OSError with ENOSYS or EINVAL where the system or the file system cannot.
    """
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    if libc is None or not hasattr(libc, "renameat2"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one))
    at_cwd, exchange = -100, 2
    if libc.renameat2(at_cwd, os.fsencode(one), at_cwd, os.fsencode(other), exchange) != 0:
        raise_errno(one)


def recover(site: Path, spare: Path, aside: Path) -> None:
    """Finish, or take back, an exchange by renames that was cut off: `aside` is the old site, or is of no use."""
    if not aside.is_dir():
        return
    if not site.exists():
        aside.rename(site)
    elif not spare.exists():
        aside.rename(spare)
    else:
        shutil.rmtree(aside)
