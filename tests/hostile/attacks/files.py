"""Reading and writing what is not the student's."""

from __future__ import annotations

from attacks.loot import does, tells

_EVERYTHING = "return ' '.join(open(path, errors='replace').read() for path in {} if os.path.isfile(path))"

ATTACKS = {
    "read the hidden tests beside the notebook": tells(_EVERYTHING.format("glob.glob('*')")),
    "read the source notebook": tells("return open('@ROOT@/source/hw/hw.ipynb').read()"),
    "read the notebook beside the helpers": tells(
        "import hw_helpers\nfolder = os.path.dirname(hw_helpers.__file__)\n"
        + _EVERYTHING.format("glob.glob(folder + '/*')")
    ),
    "read the reference": tells("return open('@ROOT@/reference/hw.py').read()"),
    "import the reference": tells("sys.path.insert(0, '@ROOT@')\nfrom reference import hw\nreturn hw.__doc__"),
    "answer with the reference": "import sys\nsys.path.insert(0, '@ROOT@')\n\n\ndef double(x):\n"
    "    from reference import hw\n    return hw.double(x)",
    "read the gradebook": tells(
        "import sqlite3\nreturn sqlite3.connect('@ROOT@/gradebook.db').execute('select * from student').fetchall()"
    ),
    "read the bytes of the gradebook": tells("return open('@ROOT@/gradebook.db', 'rb').read()"),
    "raise the marks in the gradebook": does(
        "import sqlite3\nbook = sqlite3.connect('@ROOT@/gradebook.db')\n"
        "book.execute('update grade set auto_score = 3, manual_score = 3')\nbook.commit()"
    ),
    "read a neighbour's work": tells("return open('@ROOT@/submitted/neighbour/hw/hw.ipynb').read()"),
    "read every student's work": tells(_EVERYTHING.format("glob.glob('@ROOT@/submitted/*/hw/*')")),
    "read a file outside": tells("return open('@OUTSIDE@/secret').read()"),
    "read by a symbolic link": tells("os.symlink('@OUTSIDE@/secret', 'link')\nreturn open('link').read()"),
    "read by a hard link": tells("os.link('@OUTSIDE@/secret', 'link')\nreturn open('link').read()"),
    "read by NumPy": tells("import numpy\nreturn numpy.fromfile('@OUTSIDE@/secret', dtype=numpy.uint8).tobytes()"),
    "read the environment": tells("return os.environ"),
    "read the environment of the parents": tells(
        _EVERYTHING.format("[f'/proc/{pid}/environ' for pid in ('self', 1, os.getpid(), os.getppid())]")
    ),
    "read the environment of all": tells(_EVERYTHING.format("glob.glob('/proc/*/environ')")),
    "read the command lines": tells(_EVERYTHING.format("glob.glob('/proc/*/cmdline')")),
    "read the memory of the parent": tells(
        "text = ''\nfor line in open(f'/proc/{os.getppid()}/maps'):\n"
        "    first, last = (int(n, 16) for n in line.split()[0].split('-'))\n"
        "    if 'rw' in line:\n"
        "        with open(f'/proc/{os.getppid()}/mem', 'rb') as memory:\n"
        "            memory.seek(first)\n            text += str(memory.read(min(last - first, 10**7)))\n"
        "return text"
    ),
    "read inherited descriptors": tells(
        "text = ''\nfor number in range(3, 256):\n    try:\n        text += str(os.pread(number, 10**6, 0))\n"
        "    except OSError:\n        pass\nreturn text"
    ),
    "open the folders of inherited descriptors": tells(
        "text = ''\nfor number in range(0, 256):\n    try:\n"
        "        text += str(os.listdir(number)) + open(os.open('secret', 0, dir_fd=number)).read()\n"
        "    except OSError:\n        pass\nreturn text"
    ),
    "climb out of the root": tells(
        "os.chroot('.')\nos.chdir('../' * 40)\nreturn open('.' + '@OUTSIDE@/secret').read()"
    ),
    "write a file outside": does("open('@OUTSIDE@/written', 'w').close()"),
    "change a file outside": does("open('@OUTSIDE@/secret', 'a').write('changed')"),
    "remove a file outside": does("os.remove('@OUTSIDE@/secret')"),
    "open a file outside to all": does("os.chmod('@OUTSIDE@/secret', 0o777)"),
    "change the source notebook": does("open('@ROOT@/source/hw/hw.ipynb', 'w').write('{}')"),
    "change the reference": does("open('@ROOT@/reference/hw.py', 'a').write('def double(x): return x - 7')"),
    "change the helpers": does("import hw_helpers\nopen(hw_helpers.__file__, 'a').write('raise SystemExit')"),
    "plant a module for the judge": does("open('@ROOT@/reference/__init__.py', 'w').write('raise SystemExit')"),
    "plant a module in NumPy": does("import numpy\nopen(numpy.__file__, 'a').write('x = 1')"),
    "make a fifo": does("os.mkfifo('fifo')\nopen('fifo').read()"),
    "make a device": does("os.mknod('memory', 0o20666, os.makedev(1, 1))\nopen('memory', 'rb').read(1)"),
}
