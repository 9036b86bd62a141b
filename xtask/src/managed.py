"""Takes the AWS managed policies out of the moto wheel: managed.py WHEEL SHA256 OUTPUT

The wheel is only read, never installed or run.
"""

import ast
import hashlib
import json
import pathlib
import sys
import zipfile

wheel, sha256, output = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])

found = hashlib.sha256(wheel.read_bytes()).hexdigest()
if found != sha256:
    sys.exit(f"{wheel} is not the file that was expected: its SHA-256 is {found}, not {sha256}. Delete it and try again.")

source = zipfile.ZipFile(wheel).read("moto/iam/aws_managed_policies.py").decode()
# One assignment of one string literal, which holds a JSON object by policy name.
[assignment] = [node for node in ast.parse(source).body if isinstance(node, ast.Assign)]
policies = json.loads(ast.literal_eval(assignment.value))

output.parent.mkdir(parents=True, exist_ok=True)
unfinished = output.with_suffix(".part")
with unfinished.open("w") as lines:
    for name, policy in policies.items():
        document = json.dumps(policy["Document"], indent=4)
        lines.write(json.dumps({"name": name, "document": document}) + "\n")
unfinished.rename(output)
print(f"{len(policies)} documents in {output}")
