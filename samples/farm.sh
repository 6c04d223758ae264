#!/usr/bin/env bash
# Builds what is missing and starts a farm on this machine; see --help.
set -euo pipefail

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
webapp="$root/samples/webapp/target/webapp.jar"
farm="$root/samples/farm/target/farm.jar"

fail() {
  echo "$1" >&2
  exit 1
}

java_version() {
  java -version 2>&1 | sed -n 's/.*version "\(1\.\)\{0,1\}\([0-9]*\).*/\2/p' | head -n 1
}

command -v java > /dev/null || fail "farm.sh needs a JDK 17 or later: there is no java on the PATH"
version="$(java_version)"
[ "${version:-0}" -ge 17 ] || fail "farm.sh needs a JDK 17 or later: java on the PATH is version ${version:-unknown}"

# Missing, or older than a source file.
stale() {
  [ ! -f "$1" ] && return 0
  [ -n "$(find "$root/pom.xml" "$root"/sdk-*/pom.xml "$root"/sdk-*/src/main "$root"/samples/webapp/pom.xml \
    "$root"/samples/webapp/src/main "$root"/samples/farm/pom.xml "$root"/samples/farm/src/main \
    -newer "$1" -type f -print -quit)" ]
}

if stale "$webapp" || stale "$farm"; then
  command -v mvn > /dev/null || fail "farm.sh needs Maven 3.8.7 or later to build: there is no mvn on the PATH"
  command -v javac > /dev/null || fail "farm.sh needs a JDK 17 or later to build: there is no javac on the PATH"
  echo "Building the samples..."
  (cd "$root" && mvn -q -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -pl samples/webapp,samples/farm -am package)
  touch "$webapp" "$farm" # Maven leaves a jar alone if nothing in it has changed
fi

options=()
if [ "$version" -ge 24 ]; then
  options+=(--sun-misc-unsafe-memory-access=allow) # a library of the built-in balancer uses it
fi
exec java ${options[@]+"${options[@]}"} -jar "$farm" "$@"
