"""Takes the tables of moto's policy validator tests out of its source archive: moto_tables.py ARCHIVE SHA256 OUTPUT

The archive is only read. OUTPUT gets a line of JSON for every case: the table, its number in it, the document's text.
"""

import ast
import hashlib
import json
import pathlib
import sys
import tarfile

archive, sha256, output = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])

found = hashlib.sha256(archive.read_bytes()).hexdigest()
if found != sha256:
    sys.exit(f"{archive} is not the file that was expected: its SHA-256 is {found}, not {sha256}. Delete it and try again.")

name = archive.name.removesuffix(".tar.gz") + "/tests/test_iam/test_iam_policies.py"
with tarfile.open(archive) as files:
    source = files.extractfile(name).read().decode()
lists = {
    node.targets[0].id: ast.literal_eval(node.value)
    for node in ast.parse(source).body
    if isinstance(node, ast.Assign)
}
tables = {
    "invalid": [case["document"] for case in lists["invalid_policy_document_test_cases"]],
    "valid": lists["valid_policy_documents"],
}

output.parent.mkdir(parents=True, exist_ok=True)
unfinished = output.with_suffix(".part")
with unfinished.open("w") as lines:
    for table, documents in tables.items():
        for number, document in enumerate(documents, 1):
            lines.write(json.dumps({"case": f"{table} {number}", "document": json.dumps(document)}) + "\n")
unfinished.rename(output)
print(f"{sum(map(len, tables.values()))} cases in {output}")
