#!/bin/sh
# Looks for calls in the innermost functions of the kernels, at every level that a program has: where the compiler inlines
# less than it did, a call stands between vectors, and only a processor of that level would show how slow that is.
#
#     tools/check_calls.sh PROGRAM FUNCTION...
#
# Prints the functions of AVX modules with one of the names that call something, or a name that no function has; exits with
# 1 if there is any.
set -eu
program=$1
shift

found=$(
  objdump --disassemble --no-show-raw-insn "$program" |
    awk -v names="$*" '
      BEGIN { count = split(names, wanted, " ") }
      /^[0-9a-f]+ <.*>:$/ {
        name = substr($2, 2, length($2) - 3)
        inside = 0
        for (i = 1; i <= count; i++)
          if (name ~ "^[$]s[0-9]+CPUKernelsAVX.*[0-9]" wanted[i] "_") { inside = 1; known[wanted[i]] = 1 }
      }
      inside && /\tcall/ { seen[name] = 1 }
      END {
        for (name in seen) print name
        for (i = 1; i <= count; i++) if (!(wanted[i] in known)) print "no function is called " wanted[i]
      }' | swift demangle | sort
)
[ -z "$found" ] && exit 0
echo "$found"
exit 1
