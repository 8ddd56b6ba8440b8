#!/bin/sh
# Makes the environment in which submissions are graded. The host runs it once, when it builds its image.
set -eu
# Student code has a user of its own, which must reach Python.
umask 022
cd "$(dirname "$0")"

find_python() {
  for name in python@python@ python3 python3.14 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null &&
      "$name" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

python=$(find_python)
if [ -z "$python" ] && command -v apt-get >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends python3 python3-venv >/dev/null
  python=$(find_python)
fi
if [ -z "$python" ]; then
  echo "autograder needs Python 3.11 or newer with venv. Choose a base image that has it, such as Ubuntu 24.04." >&2
  exit 1
fi

"$python" -m venv environment
if [ -d wheels ]; then
  source="--no-index --find-links wheels"
else
  source=""
fi
# shellcheck disable=SC2086 # two options, or none
environment/bin/python -m pip --disable-pip-version-check --quiet install $source -r requirements.txt

# Beside the libraries, where the sandbox hides it from student code.
cp -R package/autograder "$(environment/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
rm -rf package wheels
