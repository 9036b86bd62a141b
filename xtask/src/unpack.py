"""Unpacks a package of npm or PyPI: unpack.py PACKAGE SHA FOLDER

SHA is written as in a package-lock.json: `sha512-` and base64. What is in the package is never run.
"""

import base64
import hashlib
import pathlib
import shutil
import sys
import tarfile
import zipfile

package, expected, folder = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])

algorithm, _, _ = expected.partition("-")
digest = hashlib.new(algorithm, package.read_bytes()).digest()
found = f"{algorithm}-{base64.b64encode(digest).decode()}"
if found != expected:
    sys.exit(f"{package} is not the file that was expected: it is {found}, not {expected}. Delete it and try again.")

unfinished = folder.with_name(folder.name + ".part")
shutil.rmtree(unfinished, ignore_errors=True)
if package.suffix == ".whl":
    zipfile.ZipFile(package).extractall(unfinished)
else:
    # Every path in a package of npm begins with one folder.
    with tarfile.open(package) as files:
        for member in files:
            path = (unfinished / pathlib.PurePosixPath(*pathlib.PurePosixPath(member.name).parts[1:])).resolve()
            if member.isfile() and path.is_relative_to(unfinished.resolve()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(files.extractfile(member).read())
shutil.rmtree(folder, ignore_errors=True)
unfinished.rename(folder)
