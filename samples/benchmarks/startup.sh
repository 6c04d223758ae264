#!/usr/bin/env bash
# Measures the start of members beside bare Hazelcast's: samples/benchmarks/startup.sh [plain|secured] [rounds]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mvn -q -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -pl samples/benchmarks -am package
exec java -Dslf4j.internal.verbosity=ERROR -cp samples/benchmarks/target/benchmarks.jar \
  io.flotilla.benchmarks.members.StartBenchmark "${1:-secured}" "${2:-20}"
