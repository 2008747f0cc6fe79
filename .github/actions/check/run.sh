#!/usr/bin/env bash
# Runs `aigate check` inside a job of GitHub Actions and leaves with its exit code. Inputs are variables:
#   AIGATE_DIR AIGATE_POLICY AIGATE_STAGE AIGATE_ARGS AIGATE_VERSION
set -uo pipefail

# GitHub drops a whole summary of more than 1 MiB.
SUMMARY_LIMIT_BYTES=900000

work=$(mktemp -d "${RUNNER_TEMP:?}/aigate.XXXXXX") || exit 70

case $AIGATE_VERSION in
  '') aigate=(npx --no-install aigate) ;;
  -*) echo "version must not start with a dash: $AIGATE_VERSION" && exit 2 ;;
  [0-9]*) aigate=(npx --yes "--package=aigate@$AIGATE_VERSION" -- aigate) ;;
  *) aigate=(npx --yes "--package=$AIGATE_VERSION" -- aigate) ;;
esac

arguments=(check --stage "$AIGATE_STAGE" --out "$work/evidence")
for format in terminal github markdown json; do
  arguments+=(--format "$format=$work/$format")
done
[ -z "$AIGATE_POLICY" ] || arguments+=(--policy "$AIGATE_POLICY")
read -r -a further <<<"$AIGATE_ARGS"
arguments+=(${further[@]+"${further[@]}"} -- "$AIGATE_DIR")

# Text of models and tools may look like a command to the runner: while it is printed, commands are off.
token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
echo "::stop-commands::$token"
"${aigate[@]}" "${arguments[@]}" 2>&1 | tee "$work/talk"
code=${PIPESTATUS[0]}
[ ! -f "$work/terminal" ] || cat "$work/terminal"
echo
echo "::$token::"

# The runner shows ten annotations of a step.
[ ! -f "$work/github" ] || head -n 10 "$work/github"

if [ ! -f "$work/markdown" ]; then
  # Indented, so that nothing in it is markup.
  { printf '## aigate: nothing was judged\n\n' && head -c 60000 "$work/talk" | sed 's/^/    /'; } >>"$GITHUB_STEP_SUMMARY"
elif [ "$(wc -c <"$work/markdown")" -le "$SUMMARY_LIMIT_BYTES" ]; then
  cat "$work/markdown" >>"$GITHUB_STEP_SUMMARY"
else
  printf 'Cut to %s bytes: the evidence bundle holds the whole report.\n\n' "$SUMMARY_LIMIT_BYTES" >>"$GITHUB_STEP_SUMMARY"
  head -c "$SUMMARY_LIMIT_BYTES" "$work/markdown" | sed '$d' >>"$GITHUB_STEP_SUMMARY"
fi

# Empty outputs mean that nothing was judged. Values are checked, so that none can write another output.
node - "$work" >>"$GITHUB_OUTPUT" <<'NODE' || { [ "$code" -ne 0 ] || code=70; }
const { existsSync, readFileSync } = require('node:fs');
const work = process.argv[2];
const { decision, releasable, runId } = JSON.parse(readFileSync(`${work}/json`, 'utf8'));
const bundle = `${work}/evidence/${runId}`;
const isKnown = ['pass', 'fail', 'inconclusive'].includes(decision) && typeof releasable === 'boolean';
if (!isKnown || !/^[0-9a-f-]{36}$/.test(runId) || !existsSync(bundle)) throw new Error('no readable result');
console.log(`decision=${decision}\nreleasable=${releasable}\nbundle=${bundle}`);
NODE

exit "$code"
