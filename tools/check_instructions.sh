#!/bin/sh
# Looks for Swift functions of a program that hold AVX instructions and belong to no kernel module made
# for them. The linker keeps one copy of a function that several modules specialise: were it the copy of
# an AVX module, the portable path would stop on an older processor.
#
#     tools/check_instructions.sh PROGRAM [MODULES]
#
# MODULES is the beginning of the names of the modules that may hold them. Libraries in C choose by the
# processor themselves and are left out. Prints what it finds; exits with 1 if there is any.
set -eu
program=$1
modules=${2:-CPUKernelsAVX}

found=$(
  objdump --disassemble --no-show-raw-insn "$program" |
    # AVX instructions are those that begin with a v, but for two that are older.
    awk '/^[0-9a-f]+ <.*>:$/ { name = substr($2, 2, length($2) - 3) }
         /^ +[0-9a-f]+:\tv/ && !/\tver[rw]/ && name ~ /^\$s/ { seen[name] = 1 }
         END { for (name in seen) print name }' |
    swift demangle | { grep -v "$modules" || true; } | sort
)
[ -z "$found" ] && exit 0
echo "$found"
exit 1
