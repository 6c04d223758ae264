#!/usr/bin/env bash
# Measures what the protection of messages between members costs: samples/benchmarks/messages.sh [rounds]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mvn -q -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -pl samples/benchmarks -am package
exec java -Dslf4j.internal.verbosity=ERROR -cp samples/benchmarks/target/benchmarks.jar \
  io.flotilla.benchmarks.members.MessageBenchmark "${1:-30}"
