# Leaves of what `swift build` and `swift test` print: failures and warnings, how many tests were skipped
# and why, and last the closing line of the run. What a line begins with says what it is.
# Texts among the arguments of a test may bring line breaks along: a line about a test that begins or has
# passed ends with a full stop.
isOpen && !/^(◇|↳|✔|✘|➜)/ { isOpen = !/ (started|seconds)\.$/; next }
{ isOpen = /^(◇|✔) Test case/ && !/\.$/ }
/^\[[0-9]+\/[0-9]+\] / || /^(◇|↳ Testing Library|↳ Target Platform)/ || /^Build complete!/ { next }
/^(✔|✘) Test run with / { closing = $0; next }
/^✔ / { next }
/^➜ / { sub(/^.* skipped(: )?/, ""); skipped[$0]++; next }
{ print; fflush() }
END {
  for (reason in skipped) printf "%d skipped: %s\n", skipped[reason], reason
  if (closing) print closing
}
